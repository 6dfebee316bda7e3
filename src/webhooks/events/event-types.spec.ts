import { assertEventName, WEBHOOK_EVENT_NAMES } from './event-types';

describe('event types', () => {
  it('are the six of the platform', () => {
    expect(WEBHOOK_EVENT_NAMES).toEqual([
      'message.received',
      'message.sent',
      'conversation.created',
      'conversation.closed',
      'chatbot.created',
      'chatbot.updated',
    ]);
    for (const name of WEBHOOK_EVENT_NAMES) expect(() => assertEventName(name)).not.toThrow();
  });

  it.each(['message.lost', '', 'toString', '__proto__'])('refuses %j and lists the known ones', (name) => {
    expect(() => assertEventName(name)).toThrow(/not a known event type; known are message\.received/);
  });
});
