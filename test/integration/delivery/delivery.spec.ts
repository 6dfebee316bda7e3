import { Webhook } from 'standardwebhooks';
import { describeEachBackend } from '../../support/backends';
import { closeReceivers } from '../../support/receivers';
import { recordingReceiver } from '../../support/recording-receiver';
import { startService, type TestCustomer, type TestService } from '../../support/test-service';

jest.setTimeout(30_000);

describeEachBackend('a delivery', (backend) => {
  let service: TestService;
  let customer: TestCustomer;

  beforeAll(async () => {
    service = await startService({ redisUrl: backend.redisUrl });
    customer = await service.customer();
  });
  afterEach(closeReceivers);
  afterAll(() => service.stop());

  it('arrives', async () => {
    const receiver = await recordingReceiver();
    const { secret } = await customer.endpoint(receiver.url);
    const { eventIds } = await customer.emit();
    const [request] = await receiver.arrivals(1);
    expect(request?.headers['x-webhook-id']).toBe(eventIds[0]);
    new Webhook(secret).verify(request!.body.toString(), request!.headers as Record<string, string>);
    expect(await service.settled(eventIds[0]!)).toMatchObject({ status: 'SENT', attempts: 1 });
  });
});
