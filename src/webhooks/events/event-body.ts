import { MAX_DATA_DEPTH } from '../http/json-depth';
import { WebhooksError } from '../webhooks.errors';

/** The body of an event as it is sent, and the part of it that is `data`. */
export interface EventBody {
  text: string;
  dataText: string;
}

/**
 * Builds the complete body `{ event, timestamp, data }` of an event, once; these exact bytes are stored, signed and
 * sent on every attempt.
 *
 * `data` is sent as `JSON.stringify` writes it: a valid `Date` becomes its ISO string.
 *
 * @param maxBytes of the body, in UTF-8
 * @throws WebhooksError `invalid_event_data` when data is no object or cannot be written as JSON (an invalid Date, a
 * BigInt, a cycle, a toJSON that throws, more than 64 levels), `payload_too_large`
 */
export function buildEventBody(event: string, timestamp: Date, data: unknown, maxBytes: number): EventBody {
  const dataText = serialize(data);
  const text = `{"event":${JSON.stringify(event)},"timestamp":"${timestamp.toISOString()}","data":${dataText}}`;
  const bytes = Buffer.byteLength(text);
  if (bytes > maxBytes) {
    const detail = `The body of the event has ${bytes} bytes; at most ${maxBytes} are accepted.`;
    throw new WebhooksError('too-large', 'payload_too_large', detail);
  }
  return { text, dataText };
}

function serialize(data: unknown): string {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) throw invalid('must be an object');
  let text: unknown;
  try {
    // Undefined when a toJSON at the top returns undefined, whatever the types say.
    text = JSON.stringify(data, checkedReplacer());
  } catch (error) {
    if (error instanceof WebhooksError) throw error;
    // What a toJSON or a getter threw may quote the data: it is not repeated.
    throw invalid('cannot be written as JSON: a toJSON method or a getter in it throws');
  }
  if (typeof text !== 'string' || !text.startsWith('{')) throw invalid('must be an object, also after its toJSON');
  return text;
}

/** Refuses what JSON.stringify would change in silence or report in a way that helps nobody. */
function checkedReplacer(): (this: unknown, key: string, value: unknown) => unknown {
  // The objects and arrays that are open while a value is written: its ancestors, outermost first.
  const open: unknown[] = [];
  return function (this: unknown, key: string, value: unknown): unknown {
    while (open.length > 0 && open.at(-1) !== this) open.pop();
    const original = (this as Record<string, unknown>)[key];
    if (original instanceof Date && Number.isNaN(original.getTime()))
      throw invalid(`has an invalid Date at ${at(key)}`);
    if (typeof value === 'bigint') throw invalid(`has a BigInt at ${at(key)}: send it as a string`);
    if (typeof value === 'object' && value !== null) {
      if (open.includes(value)) throw invalid(`refers to itself at ${at(key)}`);
      // The replacer's first holder is a wrapper around data: with it, data's own level is the length before the push.
      if (open.length === 0) open.push(this);
      if (open.length > MAX_DATA_DEPTH) throw invalid(`is nested more than ${MAX_DATA_DEPTH} levels deep`);
      open.push(value);
    }
    return value;
  };
}

const at = (key: string): string => (key === '' ? 'its top' : `"${key.slice(0, 50)}"`);

function invalid(message: string): WebhooksError {
  return new WebhooksError('invalid', 'invalid_event_data', `data: ${message}`, [{ field: 'data', message }]);
}
