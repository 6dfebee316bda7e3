import { setTimeout as sleep } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import { verifySignature } from '../../src/webhooks';
import { closeReceivers } from '../support/receivers';
import { recordingReceiver, type RecordedRequest, type RecordingReceiver } from '../support/recording-receiver';
import { startService, type TestCustomer, type TestService } from '../support/test-service';
import { isSignedV1a } from '../support/verify-v1a';

jest.setTimeout(30_000);

let service: TestService;
let customer: TestCustomer;
let receiver: RecordingReceiver;

beforeAll(async () => {
  service = await startService();
});
beforeEach(async () => {
  customer = await service.customer();
  receiver = await recordingReceiver();
});
afterEach(closeReceivers);
afterAll(() => service.stop());

const rotate = (id: string, body?: object) => customer.request('post', `/webhook-endpoints/${id}/rotate-secret`, body);

const rotated = async (id: string, body?: object) => {
  const { body: answer } = await rotate(id, body).expect(200);
  return answer as { secret: string; previousSecretExpiresAt: string | null };
};

async function deliver(): Promise<RecordedRequest> {
  const before = receiver.requests.length;
  await customer.emit();
  return (await receiver.arrivals(before + 1))[before]!;
}

/** Which of the secrets the independent verifier accepts, one signature at a time, in the order of the header. */
function signers({ headers, body }: RecordedRequest, secrets: readonly string[]): number[] {
  return String(headers['webhook-signature'])
    .split(' ')
    .map((signature) =>
      secrets.findIndex((secret) => {
        try {
          new Webhook(secret).verify(body, { ...(headers as Record<string, string>), 'webhook-signature': signature });
          return true;
        } catch {
          return false;
        }
      }),
    );
}

it('[webhook 5] sends both signatures, the current one first, and only the new one when the overlap has ended', async () => {
  const { id, secret: old } = await customer.endpoint(receiver.url);
  expect(signers(await deliver(), [old])).toEqual([0]);
  const { body: answer, headers } = await rotate(id, { overlapSeconds: 2 }).expect(200);
  const fresh = String(answer.secret);
  expect(headers['cache-control']).toBe('no-store');
  expect(fresh).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  const during = await deliver();
  expect(signers(during, [fresh, old])).toEqual([0, 1]);
  for (const secret of [fresh, old]) {
    expect(verifySignature({ headers: during.headers, body: during.body, secrets: [secret] }).ok).toBe(true);
  }
  const { body: shown } = await customer.request('get', `/webhook-endpoints/${id}`).expect(200);
  const { secret: _, ...readable } = answer;
  expect(shown).toEqual(readable);
  const left = new Date(shown.previousSecretExpiresAt).getTime() - Date.now();
  expect(left).toBeLessThanOrEqual(2_000);
  await sleep(left + 50);
  expect(signers(await deliver(), [fresh, old])).toEqual([0]);
  const { body: after } = await customer.request('get', `/webhook-endpoints/${id}`).expect(200);
  expect(after.previousSecretExpiresAt).toBeNull();
});

it('[webhook 5] signs a retry with both when the secret was rotated after the first attempt', async () => {
  receiver.answerWith([500, 200]);
  const { id, secret: old } = await customer.endpoint(receiver.url);
  await customer.emit();
  await receiver.arrivals(1);
  const { secret: fresh } = await rotated(id);
  const [first, second] = await receiver.arrivals(2);
  expect(signers(first!, [fresh, old])).toEqual([1]);
  expect(signers(second!, [fresh, old])).toEqual([0, 1]);
});

it('ends the old secret at once with an overlap of 0, and lasts a day unless told', async () => {
  const { id, secret: old } = await customer.endpoint(receiver.url);
  const { secret: fresh, previousSecretExpiresAt } = await rotated(id, { overlapSeconds: 0 });
  expect(previousSecretExpiresAt).toBeNull();
  expect(signers(await deliver(), [fresh, old])).toEqual([0]);
  const day = await rotated(id);
  expect(new Date(day.previousSecretExpiresAt!).getTime() / 1_000).toBeCloseTo(Date.now() / 1_000 + 86_400, -2);
  expect(await rotated(id, {})).not.toMatchObject({ secret: day.secret });
});

it('drops the oldest secret when it is rotated again during the overlap', async () => {
  const { id, secret: first } = await customer.endpoint(receiver.url);
  const { secret: second } = await rotated(id);
  const { secret: third } = await rotated(id);
  expect(signers(await deliver(), [first, second, third])).toEqual([2, 1]);
});

it('rotates the key pair of a v1a endpoint, whose public keys can both be read', async () => {
  const created = await customer.request('post', '/webhook-endpoints', { url: receiver.url, signatureScheme: 'v1a' });
  const { id, publicKey: old } = created.body as { id: string; publicKey: string };
  const { body: answer } = await rotate(id).expect(200);
  expect(answer).not.toHaveProperty('secret');
  expect(answer).toMatchObject({ signatureScheme: 'v1a', previousPublicKey: old });
  expect(answer.publicKey).not.toBe(old);
  const { headers, body } = await deliver();
  expect(headers['webhook-signature']).toMatch(/^v1a,\S{88} v1a,\S{88}$/);
  for (const key of [answer.publicKey, old]) {
    expect(isSignedV1a(key, headers, body)).toBe(true);
    expect(verifySignature({ headers, body, secrets: [key] }).ok).toBe(true);
  }
  const { body: ended } = await rotate(id, { overlapSeconds: 0 }).expect(200);
  expect(ended).toMatchObject({ previousPublicKey: null, previousSecretExpiresAt: null });
  const last = await deliver();
  expect(isSignedV1a(ended.publicKey, last.headers, last.body)).toBe(true);
  expect(isSignedV1a(answer.publicKey, last.headers, last.body)).toBe(false);
});

it('does rotations of the same moment one after another', async () => {
  const { id, secret: original } = await customer.endpoint(receiver.url);
  const answers = await Promise.all(Array.from({ length: 10 }, () => rotated(id)));
  const secrets = answers.map(({ secret }) => secret);
  expect(new Set(secrets).size).toBe(10);
  const used = signers(await deliver(), [...secrets, original]);
  expect(used).toHaveLength(2);
  expect(new Set(used).size).toBe(2);
  for (const index of used) expect(index).toBeGreaterThanOrEqual(0);
  expect(used).not.toContain(10);
});

it.each([-1, 604_801, 1.5, '60', null, true])('refuses the overlap %j', async (overlapSeconds) => {
  const { id, secret } = await customer.endpoint(receiver.url);
  const { body } = await rotate(id, { overlapSeconds }).expect(400);
  expect(body).toMatchObject({ code: 'invalid_request', errors: [{ field: 'overlapSeconds' }] });
  expect(signers(await deliver(), [secret])).toEqual([0]);
});

it('takes the longest overlap, and refuses unknown fields and a body that is no object', async () => {
  const { id } = await customer.endpoint(receiver.url);
  await rotate(id, { overlapSeconds: 604_800 }).expect(200);
  await rotate(id, { overlap: 1 }).expect(400);
  await rotate(id, []).expect(400);
});

it('[webhook 33] is for the owner: another customer gets what a missing endpoint gets', async () => {
  const { id, secret } = await customer.endpoint(receiver.url);
  const other = await service.customer();
  const foreign = await other.request('post', `/webhook-endpoints/${id}/rotate-secret`).expect(404);
  const missing = await rotate('018f0000-0000-7000-8000-000000000000').expect(404);
  expect(foreign.body).toEqual(missing.body);
  await rotate('no-uuid').expect(400);
  const reader = await service.customer(['webhook-endpoints:read']);
  await reader.request('post', `/webhook-endpoints/${id}/rotate-secret`).expect(403);
  await service.request('post', `/webhook-endpoints/${id}/rotate-secret`).expect(401);
  expect(signers(await deliver(), [secret])).toEqual([0]);
  await customer.request('delete', `/webhook-endpoints/${id}`).expect(204);
  await rotate(id).expect(404);
});
