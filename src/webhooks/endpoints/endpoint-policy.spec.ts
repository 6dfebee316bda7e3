import { policyProblems, type EndpointPolicy } from './endpoint-policy';

const list = (delaysMs: unknown): EndpointPolicy => ({
  retryPolicy: { attempts: 3, schedule: { type: 'list', delaysMs: delaysMs as number[] } },
});
const exponential = (changes: object): EndpointPolicy => ({
  retryPolicy: {
    attempts: 3,
    schedule: { type: 'exponential', baseMs: 1, factor: 2, maxMs: 10, jitter: 0.5, ...changes },
  },
});

describe('policyProblems', () => {
  it.each<[string, EndpointPolicy]>([
    ['nothing', {}],
    [
      'defaults',
      { retryPolicy: null, timeoutMs: null, ratePerSecond: null, concurrency: null, headers: null, filter: null },
    ],
    ['a list', list([0, 1_000])],
    ['an exponential schedule', exponential({})],
    ['bounds', { timeoutMs: 30_000, ratePerSecond: 0.01, concurrency: 100 }],
  ])('accepts %s', (_, policy) => {
    expect(policyProblems(policy)).toEqual([]);
  });

  it.each<[string, unknown, string]>([
    ['a text', { retryPolicy: 'x' }, 'must be { attempts, schedule }'],
    ['more than asked for', { retryPolicy: { attempts: 1, schedule: {}, more: 1 } }, 'must be { attempts, schedule }'],
    ['no attempts', { retryPolicy: { attempts: 0, schedule: {} } }, 'attempts must be a whole number from 1 to 20'],
    ['an unknown schedule', { retryPolicy: { attempts: 1, schedule: { type: 'x' } } }, 'schedule must be'],
    ['no delays', list([]), 'schedule.delaysMs must be'],
    ['delays that are none', list('x'), 'schedule.delaysMs must be'],
    ['a negative delay', list([-1]), 'schedule.delaysMs must be'],
    ['twenty delays', list(Array.from({ length: 20 }, () => 1)), 'schedule.delaysMs must be'],
    ['a factor below one', exponential({ factor: 0.5 }), 'schedule.factor must be a number from 1 to 100'],
    ['a jitter above one', exponential({ jitter: 2 }), 'schedule.jitter must be a number from 0 to 1'],
    ['a base that is no number', exponential({ baseMs: '1' }), 'schedule.baseMs must be a whole number'],
    ['NaN', { ratePerSecond: Number.NaN }, 'must be a number from 0.01 to 1000'],
  ])('refuses %s', (_, policy, message) => {
    const [problem] = policyProblems(policy as EndpointPolicy);
    expect(problem?.message).toContain(message);
  });

  it('names every field that is wrong', () => {
    const fields = policyProblems({ timeoutMs: 1, concurrency: 0, headers: { Host: 'x' }, filter: {} }).map(
      ({ field }) => field,
    );
    expect(fields).toEqual(['timeoutMs', 'concurrency', 'headers', 'filter']);
  });
});
