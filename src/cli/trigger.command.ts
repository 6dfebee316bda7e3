import { EventsService } from '../webhooks/events/events.service';
import { json as parseJson } from './arguments';
import { customerCommandOf, type CustomerOptions, type CommandMaker } from './common-options';
import { withContext } from './connect';
import { eventOption, PLATFORM_EVENTS } from './event-option';
import { print } from './output';

interface TriggerOptions extends CustomerOptions {
  event: string;
  data: unknown;
  idempotencyKey?: string;
  orderingKey?: string;
}

/** `trigger`: emits an event, as the platform would. */
export const triggerCommand: CommandMaker = (name, description) =>
  customerCommandOf(name, description)
    .addOption(eventOption('the event', PLATFORM_EVENTS).default('message.received'))
    .option('--data <json>', 'its data, a JSON object (default: a sample)', parseJson)
    .option('--idempotency-key <text>', 'emitting again with it sends nothing twice')
    .option('--ordering-key <text>', 'one after another with others of this key, where endpoints keep the order')
    .action(async ({ customer, event, data = sample(), idempotencyKey, orderingKey, json = false }: TriggerOptions) => {
      await withContext(async ({ app }) => {
        const result = await app.get(EventsService).emit(customer, event, data, { idempotencyKey, orderingKey });
        const { messageId, eventIds } = result;
        const deliveries =
          eventIds.length === 0 ? ['no endpoint receives it'] : eventIds.map((id) => `  delivery ${id}`);
        print(result, [`message ${messageId}`, ...deliveries], { json });
      });
    });

function sample(): object {
  return { conversationId: 'c-1', messageId: 'm-1', content: 'Hello!', timestamp: new Date().toISOString() };
}
