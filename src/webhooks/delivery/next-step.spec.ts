import type { DueDelivery } from './delivery.types';
import { nextStep } from './next-step';
import { DEFAULT_RETRY_POLICY } from './retry-policy';

const due = (changes: Partial<DueDelivery> = {}, endpoint: Partial<DueDelivery['endpoint']> = {}): DueDelivery => ({
  id: 'e',
  customerId: 'c',
  event: 'message.sent',
  body: '{}',
  status: 'PENDING',
  attempts: 0,
  round: 2,
  roundStart: 0,
  signsWithPrevious: false,
  failingForMs: null,
  dueInMs: -3,
  endpoint: {
    id: 'p',
    url: 'https://x',
    state: 'active',
    deleted: false,
    deliversPending: false,
    retryPolicy: DEFAULT_RETRY_POLICY,
    timeoutMs: null,
    ratePerSecond: null,
    concurrency: null,
    headers: null,
    secret: { keyId: 'k', ciphertext: 's' },
    previousSecret: null,
    tls: { clientCertificate: null, clientKey: null, clientKeyKeyId: null, caCertificate: null },
    ...endpoint,
  },
  ...changes,
});

describe('nextStep', () => {
  it.each([
    ['a due row is attempted', due(), { do: 'attempt' }],
    ['a little early is on time', due({ dueInMs: 50 }), { do: 'attempt' }],
    ['early waits', due({ dueInMs: 50.5 }), { do: 'wait', delayMs: 51 }],
    ['a row that is gone is dropped', undefined, { do: 'drop' }],
    ['a row that is done is dropped', due({ status: 'SENT' }), { do: 'drop' }],
    ['a row of another round is dropped', due({ round: 3 }), { do: 'drop' }],
    ['a held row is dropped', due({ dueInMs: null }), { do: 'drop' }],
    ['a paused endpoint holds', due({}, { state: 'paused' }), { do: 'hold', reason: 'endpoint paused' }],
    ['a disabled endpoint holds', due({}, { state: 'disabled' }), { do: 'hold', reason: 'endpoint disabled' }],
    [
      'a deleted endpoint fails',
      due({}, { deleted: true, state: 'paused' }),
      { do: 'fail', reason: 'endpoint deleted' },
    ],
  ])('%s', (_, delivery, expected) => {
    expect(nextStep(delivery, 2)).toEqual(expected);
  });
});
