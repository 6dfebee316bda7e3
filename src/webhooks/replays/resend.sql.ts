/**
 * The one way in which a delivery that is over becomes PENDING again, as the SET part of an UPDATE of the delivery `e`
 * with its endpoint `p`: a new round with a fresh budget, its attempts numbered on. It waits for its turn like any other
 * that is not admitted yet, or with the reason why its endpoint takes none now. `lastError` stays: it says why the
 * delivery had to be sent again.
 */
export const RESEND = `
  status = 'PENDING', round = e.round + 1, "roundStart" = e.attempts, "processedAt" = NULL, "reservedUntil" = NULL,
  "heldReason" = CASE WHEN p.state = 'active' THEN 'waiting for its turn' ELSE 'endpoint ' || p.state::text END,
  "nextAttemptAt" = NULL, "enqueueAfter" = NULL`;

/** Which deliveries `e`, with their endpoints `p`, can be sent again. */
export const RESENDABLE = `e.status <> 'PENDING' AND e."payloadErasedAt" IS NULL AND p."deletedAt" IS NULL`;
