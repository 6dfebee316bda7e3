import { SpanKind } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { formatTraceparent } from '../../../src/tracing/traceparent';
import { describeEachBackend } from '../../support/backends';
import { closeReceivers } from '../../support/receivers';
import { recordingReceiver } from '../../support/recording-receiver';
import { startService, type TestCustomer, type TestService } from '../../support/test-service';
import { recordTraces } from '../../support/trace-recorder';
import { waitFor } from '../../support/wait-for';

jest.setTimeout(30_000);

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const CALLER = `00-${TRACE_ID}-b7ad6b7169203331-01`;
const policy = { attempts: 3, schedule: { type: 'list', delaysMs: [30] } };

const EXAMPLE = { chatbotId: 'b', name: 'Bot', timestamp: '2026-01-01T00:00:00.000Z' };

const positionOf = (span: ReadableSpan): string | null => formatTraceparent(span.spanContext());
const parentOf = (span: ReadableSpan): string | undefined => span.parentSpanContext?.spanId;

// First: what is set up later stays.
describe('without an SDK', () => {
  let service: TestService;
  afterEach(async () => {
    await service.stop();
    await closeReceivers();
  });

  it('nothing is traced, stored or sent', async () => {
    service = await startService({ delivery: { forwardTraceparent: true } });
    const customer = await service.customer();
    const receiver = await recordingReceiver();
    await customer.endpoint(receiver.url);
    const { eventIds } = await customer.emit();
    await service.settled(eventIds[0]!);
    expect(receiver.requests[0]!.headers['traceparent']).toBeUndefined();
    expect(await service.sql('SELECT traceparent FROM webhooks."WebhookEvent"')).toEqual([{ traceparent: null }]);
  });
});

describeEachBackend('traces', (backend) => {
  let spans: () => ReadableSpan[];
  let service: TestService;
  let customer: TestCustomer;

  beforeEach(() => {
    spans = recordTraces();
  });
  afterEach(async () => {
    await service.stop();
    await closeReceivers();
  });

  const start = async (delivery: { forwardTraceparent?: boolean } = {}): Promise<void> => {
    service = await startService({ redisUrl: backend.redisUrl, delivery });
    customer = await service.customer();
  };

  const publish = async (): Promise<string> => {
    const { body } = await customer
      .request('post', '/webhook-events', { event: 'message.sent', data: { text: 'payload-marker' } })
      .set('traceparent', CALLER)
      .expect(202);
    return (body as { eventIds: string[] }).eventIds[0]!;
  };

  const spansOf = (name: string): Promise<ReadableSpan[]> =>
    waitFor(`a span ${name} has ended`, () => {
      const found = spans().filter((span) => span.name === name && span.spanContext().traceId === TRACE_ID);
      return Promise.resolve(found.length > 0 && found);
    });

  it('lead from the caller of the API through the queue to the receiver, with a span for each attempt', async () => {
    await start({ forwardTraceparent: true });
    const receiver = await recordingReceiver([500, 503, 200]);
    const { id: endpointId } = await customer.endpoint(`${receiver.url}?token=url-token`, { retryPolicy: policy });
    const eventId = await publish();
    await service.settled(eventId);

    const [server] = await spansOf('POST /webhook-events');
    const [emit] = await spansOf('webhooks emit');
    const [enqueue] = await spansOf('webhooks enqueue');
    const attempts = await spansOf('webhooks attempt');
    expect(parentOf(server!)).toBe('b7ad6b7169203331');
    expect(parentOf(emit!)).toBe(server!.spanContext().spanId);
    expect([server!.kind, emit!.kind]).toEqual([SpanKind.SERVER, SpanKind.PRODUCER]);
    for (const child of [enqueue!, ...attempts]) expect(parentOf(child)).toBe(emit!.spanContext().spanId);

    expect(attempts.map(({ attributes }) => attributes['http.response.status_code'])).toEqual([500, 503, 200]);
    expect(attempts.map(({ attributes }) => attributes['error.type'])).toEqual(['500', '503', undefined]);
    expect(attempts[2]).toMatchObject({
      kind: SpanKind.CLIENT,
      attributes: {
        'http.request.method': 'POST',
        'url.scheme': 'http',
        'server.address': '127.0.0.1',
        'server.port': Number(new URL(receiver.url).port),
        'http.request.resend_count': 2,
        'webhooks.event.id': eventId,
        'webhooks.event.type': 'message.sent',
        'webhooks.customer.id': customer.id,
        'webhooks.endpoint.id': endpointId,
        'webhooks.attempt': 3,
      },
    });
    // What arrives names the span of its own attempt.
    const arrived = receiver.requests.map(({ headers }) => headers['traceparent']);
    expect(arrived).toEqual(attempts.map(positionOf));

    const everything = JSON.stringify(spans().map(({ name, attributes, status }) => [name, attributes, status]));
    for (const secret of ['payload-marker', 'url-token', '/hook', customer.key]) {
      expect(everything).not.toContain(secret);
    }
  });

  it('are not sent to receivers unless that is configured', async () => {
    await start();
    const receiver = await recordingReceiver();
    await customer.endpoint(receiver.url, { headers: { traceparent: CALLER } });
    await service.settled(await publish());
    // The customer's own header is theirs then.
    expect(receiver.requests[0]!.headers['traceparent']).toBe(CALLER);
    expect(await spansOf('webhooks attempt')).toHaveLength(1);
  });

  it('cannot be replaced by a custom header where they are sent', async () => {
    await start();
    const receiver = await recordingReceiver();
    await customer.endpoint(receiver.url, { headers: { TraceParent: CALLER, TraceState: 'a=b' } });
    await service.close();
    const { database } = service;
    const next = await startService({ database, redisUrl: backend.redisUrl, delivery: { forwardTraceparent: true } });
    try {
      const refused = await next
        .request('post', '/webhook-endpoints', { url: receiver.url, headers: { TraceParent: CALLER } })
        .set('X-API-Key', customer.key)
        .expect(400);
      expect(refused.body).toMatchObject({ code: 'invalid_endpoint_policy', errors: [{ field: 'headers' }] });
      const { eventIds } = await next.webhooks.triggerWebhook(customer.id, 'chatbot.created', EXAMPLE);
      await next.settled(eventIds[0]!);
      const { rawHeaders } = receiver.requests[0]!;
      const sent = rawHeaders.filter((text) => /^trace(?:parent|state)$/i.test(text));
      expect(sent).toEqual(['traceparent']);
      expect(rawHeaders).not.toContain(CALLER);
    } finally {
      await next.close();
      service = { ...service, stop: () => database.drop() };
    }
  });

  it('of an emit in a transaction lead to its attempt as well', async () => {
    await start();
    const receiver = await recordingReceiver();
    await customer.endpoint(receiver.url);
    const { eventIds } = await service.webhooks.transaction((_tx, trigger) =>
      trigger(customer.id, 'chatbot.created', EXAMPLE),
    );
    await service.settled(eventIds[0]!);
    const [emit, attempt] = await waitFor('both spans have ended', () => {
      const named = (name: string): ReadableSpan | undefined => spans().find((span) => span.name === name);
      const found = [named('webhooks emit'), named('webhooks attempt')];
      return Promise.resolve(found.every((span) => span !== undefined) && found);
    });
    expect(parentOf(attempt!)).toBe(emit!.spanContext().spanId);
  });
});
