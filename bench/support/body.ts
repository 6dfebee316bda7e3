/** Bytes of an event's body in every figure. */
const BODY_BYTES = 500;

const ENVELOPE = '{"event":"message.received","timestamp":"2026-01-01T00:00:00.000Z","data":{"content":""}}'.length;

/** What every figure emits: with it, the body that is sent is 500 bytes long. */
export const DATA = { content: 'x'.repeat(BODY_BYTES - ENVELOPE) };

export const EVENT = 'message.received';

/** Data that says when it was emitted, for latency. */
export const dataAt = (emittedAt: number): { content: string; at: number } => ({
  content: DATA.content.slice(0, -30),
  at: emittedAt,
});
