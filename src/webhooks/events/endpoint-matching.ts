import { matchesFilter, type PayloadFilter } from './payload-filter';

/** What became of a message at one endpoint. */
export type Outcome =
  | { endpointId: string; outcome: 'created'; eventId: string }
  | { endpointId: string; outcome: 'filtered'; by: 'events' | 'payload' }
  | { endpointId: string; outcome: 'disabled' };

/** Whether an endpoint receives an event, and if not, why. */
export type Match =
  | { matches: true }
  | { matches: false; outcome: 'disabled' }
  | { matches: false; outcome: 'filtered'; by: 'events' | 'payload' };

/**
 * Decides {@link Match}. Pure. `data` is asked for only where a filter needs it. An endpoint that names no events
 * receives all but the operational ones: those go to whoever asks for them, by name or wildcard.
 */
export function matchEndpoint(
  event: { event: string; isOperational: boolean },
  data: () => unknown,
  endpoint: { events: readonly string[]; state: string; filter: PayloadFilter | null },
): Match {
  if (endpoint.state === 'disabled') return { matches: false, outcome: 'disabled' };
  const { events, filter } = endpoint;
  const wants = events.length === 0 ? !event.isOperational : events.some((name) => matchesEvent(name, event.event));
  if (!wants) return { matches: false, outcome: 'filtered', by: 'events' };
  if (filter !== null && !matchesFilter(filter, data())) return { matches: false, outcome: 'filtered', by: 'payload' };
  return { matches: true };
}

/** Whether a pattern of an event filter includes an event: `*`, `message.*` (all that begin with `message.`) or a name. */
export function matchesEvent(pattern: string, event: string): boolean {
  if (pattern === '*' || pattern === event) return true;
  return pattern.endsWith('.*') && event.startsWith(pattern.slice(0, -1));
}
