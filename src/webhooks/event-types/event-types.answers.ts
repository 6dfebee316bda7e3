import { anyObject, flag, list, model, orNull, text } from '../openapi/schema';
import type { EventType } from './catalogue';

export const EVENT_TYPE = model<EventType>('EventType', 'A kind of event.', {
  name: text('Its name.', 'message.received'),
  description: text('What it says.', 'A message was received.'),
  group: text('What it is listed under.', 'message'),
  operational: flag('Emitted by the system only.', false),
  deprecated: flag('It still works, but should not be used any more.', false),
  replacement: orNull(text('What to use instead of a deprecated one.', 'message.sent'), null),
  schema: orNull(anyObject('JSON Schema 2020-12 of `data`; null = any object.', { type: 'object' })),
  example: orNull(anyObject('`data` of such an event.', { messageId: 'msg_456', content: 'Hello!' })),
});

export const EVENT_TYPES = list(EVENT_TYPE, 'By name.');
