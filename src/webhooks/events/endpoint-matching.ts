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

/** Decides {@link Match}. Pure. `data` is asked for only where a filter needs it. */
export function matchEndpoint(
  event: string,
  data: () => unknown,
  endpoint: { events: readonly string[]; state: string; filter: PayloadFilter | null },
): Match {
  if (endpoint.state === 'disabled') return { matches: false, outcome: 'disabled' };
  const { events, filter } = endpoint;
  if (events.length > 0 && !events.some((pattern) => matchesEvent(pattern, event))) {
    return { matches: false, outcome: 'filtered', by: 'events' };
  }
  if (filter !== null && !matchesFilter(filter, data())) return { matches: false, outcome: 'filtered', by: 'payload' };
  return { matches: true };
}

/** Whether a pattern of an event filter includes an event: `*`, `message.*` (all that begin with `message.`) or a name. */
export function matchesEvent(pattern: string, event: string): boolean {
  if (pattern === '*' || pattern === event) return true;
  return pattern.endsWith('.*') && event.startsWith(pattern.slice(0, -1));
}

/** Whether the text is a wildcard of an event filter. Whether it includes any event is another question. */
export const isEventWildcard = (pattern: string): boolean =>
  pattern === '*' || /^[a-z0-9_]+(?:\.[a-z0-9_]+)*\.\*$/.test(pattern);
