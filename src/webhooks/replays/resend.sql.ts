/**
 * The one way in which a delivery that is over becomes PENDING again, as the SET part of an UPDATE of the delivery `e`
 * with its endpoint `p`: a new round with a fresh budget, its attempts numbered on. What its endpoint cannot take now is
 * held, with the reason. `lastError` stays: it says why the delivery had to be sent again.
 *
 * @param leaseMs placeholder of how long the queue is trusted to have its job; 0 leaves it to the next sweep
 */
export const resendAssignments = (leaseMs: string): string => `
  status = 'PENDING', round = e.round + 1, "roundStart" = e.attempts, "processedAt" = NULL, "reservedUntil" = NULL,
  "heldReason" = CASE WHEN p.state <> 'active' THEN 'endpoint ' || p.state::text END,
  "nextAttemptAt" = CASE WHEN p.state = 'active' THEN clock_timestamp() END,
  "enqueueAfter" = CASE WHEN p.state = 'active' THEN clock_timestamp() + ${leaseMs}::float8 * interval '1 ms' END`;

/** Which deliveries `e`, with their endpoints `p`, can be sent again. */
export const RESENDABLE = `e.status <> 'PENDING' AND e."payloadErasedAt" IS NULL AND p."deletedAt" IS NULL`;
