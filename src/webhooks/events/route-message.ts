import type { MatchableEndpoint } from '../endpoints/endpoints.service';
import { matchEndpoint, type Outcome } from './endpoint-matching';
import { newId, timeOf } from '../ids';
import type { NewDelivery, NewMessage } from './events.repository';

/** An event that was checked and written as text, on its way to its customer's endpoints. */
export interface Emit {
  id: string;
  customerId: string;
  event: string;
  body: string;
  dataText: string;
  idempotencyKey: string | null;
  bodyHash: string | null;
  orderingKey: string | null;
  /** About deliveries or keys themselves; emitted by the system. */
  isOperational: boolean;
  /** Where in a trace it is; null when it is not traced. */
  traceparent: string | null;
}

/** Routes an event to endpoints: a delivery for each that receives it, and for the others why not. */
export function toMessage(emit: Emit, endpoints: readonly MatchableEndpoint[]): NewMessage {
  const { id, customerId, event, body, idempotencyKey, bodyHash, orderingKey, traceparent } = emit;
  const outcomes: Outcome[] = [];
  const deliveries: NewDelivery[] = [];
  let parsed: { data: unknown } | undefined;
  const data = (): unknown => (parsed ??= { data: JSON.parse(emit.dataText) as unknown }).data;
  for (const endpoint of endpoints) {
    const match = matchEndpoint(emit, data, endpoint);
    if (match.matches) {
      const delivery = toDelivery(endpoint, orderingKey);
      deliveries.push(delivery);
      outcomes.push({ endpointId: endpoint.id, outcome: 'created', eventId: delivery.id });
    } else {
      const { matches: _, ...why } = match;
      outcomes.push({ endpointId: endpoint.id, ...why });
    }
  }
  return {
    id,
    customerId,
    event,
    createdAt: timeOf(id),
    body,
    idempotencyKey,
    bodyHash,
    orderingKey,
    traceparent,
    outcomes,
    deliveries,
  };
}

function toDelivery(
  { id, url, state, ordered, isLimited }: MatchableEndpoint,
  orderingKey: string | null,
): NewDelivery {
  const keepsOrder = ordered && orderingKey !== null;
  const waits = isLimited || keepsOrder;
  return {
    id: newId(),
    endpointId: id,
    url,
    orderingKey: keepsOrder ? orderingKey : null,
    heldReason: state === 'paused' ? 'endpoint paused' : waits ? 'waiting for its turn' : null,
  };
}
