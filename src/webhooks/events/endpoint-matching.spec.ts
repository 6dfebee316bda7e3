import { matchEndpoint, matchesEvent } from './endpoint-matching';

const open = { events: [], state: 'active', filter: null };
const event = { event: 'message.sent', isOperational: false };
const filtered = (by: string): object => ({ matches: false, outcome: 'filtered', by });

describe('matchEndpoint', () => {
  it.each([
    ['no filter', open, { matches: true }],
    ['a filter that names it', { ...open, events: ['message.sent'] }, { matches: true }],
    ['a wildcard', { ...open, events: ['chatbot.*', 'message.*'] }, { matches: true }],
    ['a paused endpoint', { ...open, state: 'paused' }, { matches: true }],
    ['another filter', { ...open, events: ['chatbot.created'] }, filtered('events')],
    ['a payload that matches', { ...open, filter: { a: [1] } }, { matches: true }],
    ['a payload that does not', { ...open, filter: { a: [2] } }, filtered('payload')],
    ['a disabled endpoint', { ...open, state: 'disabled' }, { matches: false, outcome: 'disabled' }],
  ])('%s', (_, endpoint, expected) => {
    expect(matchEndpoint(event, () => ({ a: 1 }), endpoint)).toEqual(expected);
  });

  it.each([
    [[], filtered('events')],
    [['message.*'], filtered('events')],
    [['api_key.leaked'], { matches: true }],
    [['api_key.*'], { matches: true }],
    [['*'], { matches: true }],
  ])('an operational event goes to who asks for it: %j', (events, expected) => {
    const operational = { event: 'api_key.leaked', isOperational: true };
    expect(matchEndpoint(operational, () => ({}), { ...open, events })).toEqual(expected);
  });

  it('asks for the data only where a filter needs it', () => {
    const data = jest.fn();
    matchEndpoint(event, data, open);
    matchEndpoint(event, data, { ...open, events: ['x.y'], filter: { a: [1] } });
    expect(data).not.toHaveBeenCalled();
  });
});

describe('event patterns', () => {
  it('a wildcard includes whole names only', () => {
    expect(matchesEvent('*', 'message.sent')).toBe(true);
    expect(matchesEvent('message.*', 'message.sent')).toBe(true);
    expect(matchesEvent('message.*', 'messages.sent')).toBe(false);
    expect(matchesEvent('message.*', 'message')).toBe(false);
    expect(matchesEvent('message.sen', 'message.sent')).toBe(false);
  });

  it.each(['mess*', '*.sent', '.*', '**', 'message.*.*', 'Message.*', ''])('%j includes no event', (pattern) => {
    expect(matchesEvent(pattern, 'message.sent')).toBe(false);
  });
});
