import { isSpanContextValid, type SpanContext } from '@opentelemetry/api';

/** W3C Trace Context, version 00; what later versions add after it is not read. */
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-|$)/;

/** The position in a trace that a `traceparent` names; undefined for what is none. Pure. */
export function parseTraceparent(text: string | null | undefined): SpanContext | undefined {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(text ?? '') ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  const parsed = { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1, isRemote: true };
  return isSpanContextValid(parsed) ? parsed : undefined;
}

/** Always 55 characters; null for a context that is none: without an SDK nothing is traced. */
export function formatTraceparent(position: SpanContext | undefined): string | null {
  if (position === undefined || !isSpanContextValid(position)) return null;
  return `00-${position.traceId}-${position.spanId}-0${position.traceFlags & 1}`;
}
