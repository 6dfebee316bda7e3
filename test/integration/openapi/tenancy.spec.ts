import { randomUUID } from 'node:crypto';
import description from '../../../openapi.json';
import { ApiDescription, type DescribedOperation } from '../../support/api-description';
import { dumpAllTables } from '../../support/dump';
import { kindOf, ownedThings } from '../../support/owned-things';
import { closeReceivers } from '../../support/receivers';
import { recordingReceiver, type RecordingReceiver } from '../../support/recording-receiver';
import { startService, type TestCustomer, type TestService } from '../../support/test-service';

// Generated from the description, so that no route can be forgotten: whatever takes the id of something that a customer
// owns answers another customer as if it were not there. test/integration/tenancy.spec.ts does the same for the routes
// that the router has, and much more besides; that both are the same routes, routes.spec.ts makes sure.
const TOLD_TO_CUSTOMERS = 'platformToken';
const operations = new ApiDescription(description)
  .operations()
  .filter(({ path, security }) => path.includes('{id}') && security.includes(TOLD_TO_CUSTOMERS));

jest.setTimeout(60_000);

let service: TestService;
let receiver: RecordingReceiver;
let stranger: TestCustomer;

beforeAll(async () => {
  service = await startService({ role: 'api' });
  receiver = await recordingReceiver();
  stranger = await service.customer();
});
afterAll(async () => {
  await closeReceivers();
  await service.stop();
});

const call = (customer: TestCustomer, { method, path, body }: DescribedOperation, id: string) =>
  customer.request(method, path.replace('{id}', id), body?.example as object | undefined);

/** Every row, but for what is written behind of the callers' own keys (each is named "first"): when they were used. */
const isOfItsUse = (line: string): boolean =>
  line.startsWith('webhooks."APIKeyUsage"') || (line.startsWith('webhooks."APIKey"') && line.includes(',first,'));
const everything = async (): Promise<string[]> =>
  (await dumpAllTables(service)).filter((line) => line.startsWith('webhooks.') && !isOfItsUse(line)).sort();

it('there are such routes', () => {
  expect(operations.length).toBeGreaterThan(20);
});

it.each(operations.map((operation) => [operation.name, operation] as const))(
  '[webhook 33] %s: the owner succeeds, another customer gets what a missing id gets, and nothing changes',
  async (name, operation) => {
    // One of its own for each: what it has from earlier cases could still be on its way.
    const owner = await service.customer();
    const make = ownedThings(service, owner, receiver.url)[kindOf(name)];
    await call(owner, operation, await make()).expect(operation.success);

    const target = await make();
    const [before, arrived] = [await everything(), receiver.requests.length];
    const foreign = await call(stranger, operation, target).expect(404);
    const missing = await call(stranger, operation, randomUUID()).expect(404);
    expect([foreign.text, foreign.headers['content-type']]).toEqual([missing.text, missing.headers['content-type']]);
    expect(await everything()).toEqual(before);
    expect(receiver.requests).toHaveLength(arrived);

    // It was there all the time.
    await call(owner, operation, target).expect(operation.success);
  },
);
