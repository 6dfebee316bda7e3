import { describeEachBackend } from '../../support/backends';
import { closeReceivers } from '../../support/receivers';
import { recordingReceiver } from '../../support/recording-receiver';
import { startService, type TestService } from '../../support/test-service';

afterEach(closeReceivers);

describeEachBackend('ordered delivery', (backend) => {
  let one: TestService;
  let two: TestService;
  beforeAll(async () => {
    one = await startService({ redisUrl: backend.redisUrl });
    two = await startService({ redisUrl: backend.redisUrl, database: one.database });
  });
  afterAll(async () => {
    await two.close();
    await one.stop();
  });

  const message = (
    messageId: string,
  ): { conversationId: string; messageId: string; content: string; timestamp: Date } => ({
    conversationId: 'c',
    messageId,
    content: 'x',
    timestamp: new Date(0),
  });
  const bodyOf = (body: Buffer): { data: { messageId: string } } =>
    JSON.parse(body.toString()) as { data: { messageId: string } };

  it('events with one key arrive one after another, in the order of the emits, over failures and workers', async () => {
    // Every third request fails once: what follows with the same key has to wait for its retry.
    const failed = new Set<string>();
    const receiver = await recordingReceiver(({ body, headers }) => {
      const { messageId } = bodyOf(body).data;
      const id = String(headers['x-webhook-id']);
      if (!messageId.endsWith('3') || failed.has(id)) return 200;
      failed.add(id);
      return 500;
    });
    const customer = await one.customer();
    await customer.endpoint(receiver.url, {
      ordered: true,
      retryPolicy: { attempts: 3, schedule: { type: 'list', delaysMs: [200] } },
    });
    for (let n = 0; n < 8; n += 1) {
      for (const orderingKey of ['a', 'b']) {
        await (n % 2 === 0 ? one : two).webhooks.triggerWebhook(
          customer.id,
          'message.sent',
          message(`${orderingKey}${n}`),
          { orderingKey },
        );
      }
    }
    await receiver.arrivals(18, 20_000);
    const arrived = receiver.requests.map(({ body }) => bodyOf(body).data.messageId);
    for (const key of ['a', 'b']) {
      expect(arrived.filter((id) => id.startsWith(key))).toEqual([0, 1, 2, 3, 3, 4, 5, 6, 7].map((n) => `${key}${n}`));
    }
  });

  it('a FAILED one lets the next go, and events without a key do not wait', async () => {
    const receiver = await recordingReceiver(({ body }) => (bodyOf(body).data.messageId === 'first' ? 500 : 200));
    const customer = await one.customer();
    await customer.endpoint(receiver.url, {
      ordered: true,
      retryPolicy: { attempts: 2, schedule: { type: 'list', delaysMs: [300] } },
    });
    await one.webhooks.triggerWebhook(customer.id, 'message.sent', message('first'), { orderingKey: 'k' });
    await one.webhooks.triggerWebhook(customer.id, 'message.sent', message('second'), { orderingKey: 'k' });
    await one.webhooks.triggerWebhook(customer.id, 'message.sent', message('free'));
    await receiver.arrivals(4, 10_000);
    const arrived = receiver.requests.map(({ body }) => bodyOf(body).data.messageId);
    expect(arrived.filter((id) => id !== 'free')).toEqual(['first', 'first', 'second']);
    expect(arrived.indexOf('free')).toBeLessThan(2);
  });
});
