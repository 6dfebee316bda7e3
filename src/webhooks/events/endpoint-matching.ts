/** What became of a message at one endpoint. */
export type Outcome =
  | { endpointId: string; outcome: 'created'; eventId: string }
  | { endpointId: string; outcome: 'filtered'; by: 'events' }
  | { endpointId: string; outcome: 'disabled' };

/** Whether an endpoint receives an event, and if not, why. Pure. */
export function matchEndpoint(
  event: string,
  endpoint: { events: readonly string[]; state: string },
): { matches: true } | { matches: false; outcome: 'disabled' } | { matches: false; outcome: 'filtered'; by: 'events' } {
  if (endpoint.state === 'disabled') return { matches: false, outcome: 'disabled' };
  if (endpoint.events.length > 0 && !endpoint.events.includes(event)) {
    return { matches: false, outcome: 'filtered', by: 'events' };
  }
  return { matches: true };
}
