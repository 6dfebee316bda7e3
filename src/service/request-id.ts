import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { parseTraceparent } from '../tracing/traceparent';

const WELL_FORMED = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/;
/** It would be in the log: nobody's key or secret, sent here by mistake, may stay. */
const CREDENTIAL = /(?:^|[^a-z])(?:skc?|whsk|whsec)_/i;

/** The request's own id where it has a well-formed one, else its trace's, else a new one. */
export function requestIdOf(headers: IncomingHttpHeaders): string {
  const given = headers['x-request-id'];
  if (typeof given === 'string' && WELL_FORMED.test(given) && !CREDENTIAL.test(given)) return given;
  const traceparent = headers['traceparent'];
  const position = typeof traceparent === 'string' ? parseTraceparent(traceparent) : undefined;
  return position?.traceId ?? randomUUID();
}
