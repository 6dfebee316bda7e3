import { parsePostmasterPid } from './orphan';

describe('parsePostmasterPid', () => {
  it('reads pid and port', () => {
    expect(parsePostmasterPid('4711\n/data\n1795528800\n5433\n\n127.0.0.1\n  123 4\nready   \n')).toEqual({
      pid: 4711,
      port: 5433,
    });
  });

  it('takes a file that is not written to its end', () => {
    expect(parsePostmasterPid('4711\n/data\n')).toEqual({ pid: 4711, port: 0 });
  });

  it.each(['', '\n', 'garbage\n', '-5\n', '0\n'])('refuses %j', (content) => {
    expect(parsePostmasterPid(content)).toBeNull();
  });
});
