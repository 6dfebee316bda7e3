import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import request from 'supertest';
import type { SqlClient } from 'webhooks-module';
import { WebhooksTesting, WebhooksTestingModule } from 'webhooks-module/testing';
import { Database } from '../database';
import { DatabaseModule } from '../database.module';
import { EVENT_TYPES } from '../events';
import { Bot } from './bot';
import { MessagesModule } from './messages.module';

let app: INestApplication;
let webhooks: WebhooksTesting;

/** Instead of PostgreSQL: a conversation that is there, and messages that are stored. */
const rows = {
  $queryRawUnsafe: (sql: string, _conversation: unknown, author: unknown, content: unknown) =>
    Promise.resolve(sql.startsWith('INSERT') ? [{ id: '1', author, content }] : [{ isClosed: false }]),
} as unknown as SqlClient;

const database = {
  transaction: async <Result>(work: (tx: SqlClient) => Promise<Result>) => webhooks.runInTransaction(rows, work),
};
const bot = { answer: (content: string) => `Answer to ${content}` };

beforeAll(async () => {
  const keys = [
    { key: 'sender', customerId: 'acme', permissions: ['messages:send'] },
    { key: 'reader', customerId: 'acme', permissions: ['conversations:write'] },
  ];
  const testing = await Test.createTestingModule({
    imports: [WebhooksTestingModule.forRoot({ keys, eventTypes: EVENT_TYPES }), DatabaseModule, MessagesModule],
  })
    .overrideProvider(Database)
    .useValue(database)
    .overrideProvider(Bot)
    .useValue(bot)
    .compile();
  app = testing.createNestApplication({ logger: false });
  await app.init();
  webhooks = app.get(WebhooksTesting);
});
afterEach(() => webhooks.reset());
afterAll(() => app.close());

const send = (key: string): request.Test =>
  request(app.getHttpServer()).post('/conversations/7/messages').set('X-API-Key', key).send({ content: 'Hello!' });

it('tells the customer of the message and of the answer', async () => {
  await send('sender').expect(201, { id: '1', author: 'bot', content: 'Answer to Hello!' });
  expect(webhooks.captured()).toMatchObject([
    { customerId: 'acme', event: 'message.received', orderingKey: '7', data: { content: 'Hello!' } },
    { customerId: 'acme', event: 'message.sent', orderingKey: '7', data: { content: 'Answer to Hello!' } },
  ]);
});

it('tells nothing when the bot fails: the transaction is rolled back', async () => {
  jest.spyOn(bot, 'answer').mockImplementationOnce(() => {
    throw new Error('the bot is out of order');
  });
  await send('sender').expect(500);
  expect(webhooks.captured()).toEqual([]);
});

it('needs a key that may send', async () => {
  await send('reader').expect(403);
  await send('nobody').expect(401);
  expect(webhooks.captured()).toEqual([]);
});
