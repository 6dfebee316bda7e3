import { matchEndpoint } from './endpoint-matching';

describe('matchEndpoint', () => {
  it.each([
    ['no filter', { events: [], state: 'active' }, { matches: true }],
    ['a filter that names it', { events: ['message.sent'], state: 'active' }, { matches: true }],
    ['a paused endpoint', { events: [], state: 'paused' }, { matches: true }],
    [
      'another filter',
      { events: ['chatbot.created'], state: 'active' },
      { matches: false, outcome: 'filtered', by: 'events' },
    ],
    ['a disabled endpoint', { events: [], state: 'disabled' }, { matches: false, outcome: 'disabled' }],
  ])('%s', (_, endpoint, expected) => {
    expect(matchEndpoint('message.sent', endpoint)).toEqual(expected);
  });
});
