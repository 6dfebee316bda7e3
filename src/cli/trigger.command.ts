import { Command } from 'commander';
import { EventsService } from '../webhooks/events/events.service';
import { json as parseJson } from './arguments';
import { withContext } from './connect';
import { print } from './output';

interface TriggerOptions {
  customer: string;
  event: string;
  data: unknown;
  json?: boolean;
}

/** `trigger`: emits an event, as the platform would. */
export const triggerCommand = (): Command =>
  new Command('trigger')
    .description("emit an event to a customer's endpoints; a running service delivers it")
    .requiredOption('--customer <id>', 'the customer')
    .option('--event <name>', 'the event', 'message.received')
    .option('--data <json>', 'its data, a JSON object', parseJson, sample())
    .option('--json', 'print one JSON document')
    .action(async ({ customer, event, data, json }: TriggerOptions) => {
      await withContext(async ({ app }) => {
        const result = await app.get(EventsService).emit(customer, event, data);
        const { messageId, eventIds } = result;
        const deliveries =
          eventIds.length === 0 ? ['no endpoint receives it'] : eventIds.map((id) => `  delivery ${id}`);
        print(result, [`message ${messageId}`, ...deliveries], { json: json === true });
      });
    });

function sample(): object {
  return { conversationId: 'c-1', messageId: 'm-1', content: 'Hello!', timestamp: new Date().toISOString() };
}
