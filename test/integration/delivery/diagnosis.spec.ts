import { DiagnosisService } from '../../../src/webhooks/delivery/diagnosis.service';
import { startService, type TestCustomer, type TestService } from '../../support/test-service';

jest.setTimeout(30_000);

let service: TestService;
let customer: TestCustomer;

beforeAll(async () => {
  service = await startService({ role: 'api' });
  customer = await service.customer();
});
afterAll(() => service.stop());

/** What was found, by what was looked at. */
async function found(): Promise<Record<string, string>> {
  const findings = await service.app.get(DiagnosisService).examine();
  return Object.fromEntries(findings.map(({ check, found: text }) => [check, text]));
}

it('says of one thing and of many, in words, what was found', async () => {
  expect(await found()).toEqual({
    reconciler: '0 deliveries wait, 0 without a job; the reconciler is 0 s behind',
    queue: '0 jobs for 0 deliveries that should have one',
    endpoints: '0 endpoints are disabled, 0 have failed for over an hour',
    'background work': '0 replays and 0 erasures have not moved for ten minutes',
  });
  const { id } = await customer.endpoint('http://127.0.0.1:9/hook');
  await customer.request('patch', `/webhook-endpoints/${id}`, { isActive: false }).expect(200);
  await customer.emit();
  expect(await found()).toMatchObject({
    reconciler: expect.stringMatching(/^1 delivery waits, /),
    held: expect.stringMatching(/^1 delivery of 1 endpoint \(paused\) is held: endpoint paused; /),
  });
  await customer.emit();
  await service.sql(`UPDATE webhooks."WebhookEndpoint" SET "failingSince" = now() - interval '2 hours'`);
  expect(await found()).toMatchObject({
    reconciler: expect.stringMatching(/^2 deliveries wait, /),
    held: expect.stringMatching(/^2 deliveries of 1 endpoint \(paused\) are held: /),
    endpoints: '0 endpoints are disabled, 1 has failed for over an hour',
  });
  await service.sql(`UPDATE webhooks."WebhookEndpoint" SET state = 'disabled'`);
  expect(await found()).toMatchObject({ endpoints: '1 endpoint is disabled, 0 have failed for over an hour' });
});
