import fc from 'fast-check';
import { filterProblem, matchesFilter, type PayloadFilter } from './payload-filter';

const data = {
  content: 'Hello',
  amount: 15,
  urgent: true,
  reply: null,
  tags: ['a', 'b'],
  conversation: { id: 'c-1', members: [{ role: 'bot' }, { role: 'human' }] },
};

describe('matchesFilter', () => {
  it.each<[string, PayloadFilter, boolean]>([
    ['an equal string', { content: ['Hello'] }, true],
    ['another string', { content: ['Bye'] }, false],
    ['one of several alternatives', { content: ['Bye', { prefix: 'He' }] }, true],
    ['a prefix', { content: [{ prefix: 'lo' }] }, false],
    ['a suffix', { content: [{ suffix: 'lo' }] }, true],
    ['a suffix of a number', { amount: [{ suffix: '5' }] }, false],
    ['a number is not its text', { amount: ['15'] }, false],
    ['null', { reply: [null] }, true],
    ['a boolean', { urgent: [false] }, false],
    ['within bounds', { amount: [{ numeric: ['>=', 15, '<', 16] }] }, true],
    ['outside bounds', { amount: [{ numeric: ['>', 15] }] }, false],
    ['at most', { amount: [{ numeric: ['<=', 15] }] }, true],
    ['exactly', { amount: [{ numeric: ['=', 15] }] }, true],
    ['bounds of a text', { content: [{ numeric: ['>', 1] }] }, false],
    ['anything but one', { content: [{ 'anything-but': 'Bye' }] }, true],
    ['anything but several', { content: [{ 'anything-but': ['Hello', 'Bye'] }] }, false],
    ['anything but, where nothing is', { missing: [{ 'anything-but': 'x' }] }, false],
    ['there', { reply: [{ exists: true }] }, true],
    ['not there', { missing: [{ exists: false }] }, true],
    ['not there, but it is', { tags: [{ exists: false }] }, false],
    ['an element of a list', { tags: ['b'] }, true],
    ['no element of a list', { tags: ['c'] }, false],
    ['nested', { conversation: { id: ['c-1'] } }, true],
    ['nested in a list', { conversation: { members: { role: ['human'] } } }, true],
    ['nested where nothing is', { content: { id: ['c-1'] } }, false],
    ['all fields have to match', { content: ['Hello'], amount: [1] }, false],
    ['nothing inherited', { toString: [{ exists: false }] }, true],
  ])('%s', (_, filter, expected) => {
    expect(filterProblem(filter)).toBeNull();
    expect(matchesFilter(filter, data)).toBe(expected);
  });
});

describe('filterProblem', () => {
  const deep = (levels: number): unknown => (levels === 0 ? ['x'] : { a: deep(levels - 1) });

  it.each<[string, unknown, string]>([
    ['no object', 'x', 'must be an object'],
    ['a list at the top', ['x'], 'must be an object'],
    ['nothing', {}, 'asks for nothing at its top'],
    ['a bare value', { a: 'x' }, 'an object or a list of alternatives at "a"'],
    ['no alternatives', { a: { b: [] } }, 'no alternatives at "a"."b"'],
    ['an unknown operator', { a: [{ regex: '.*' }] }, 'alternative at "a"'],
    ['two operators', { a: [{ prefix: 'x', suffix: 'y' }] }, 'alternative at "a"'],
    ['no operator', { a: [{}] }, 'alternative at "a"'],
    ['an empty prefix', { a: [{ prefix: '' }] }, 'alternative at "a"'],
    ['a list as an alternative', { a: [['x']] }, 'alternative at "a"'],
    ['broken bounds', { a: [{ numeric: ['>'] }] }, 'alternative at "a"'],
    ['unknown comparison', { a: [{ numeric: ['!', 1] }] }, 'alternative at "a"'],
    ['a bound that is no number', { a: [{ numeric: ['>', '1'] }] }, 'alternative at "a"'],
    ['exists of a text', { a: [{ exists: 'yes' }] }, 'alternative at "a"'],
    ['anything but objects', { a: [{ 'anything-but': [{}] }] }, 'alternative at "a"'],
    ['a long text', { a: ['x'.repeat(256)] }, 'alternative at "a"'],
    ['U+0000 in a text', { a: ['x\0'] }, 'alternative at "a"'],
    ['a lone surrogate in a prefix', { a: [{ prefix: '\ud800' }] }, 'alternative at "a"'],
    ['U+0000 in a field', { 'a\0': ['x'] }, 'name cannot be kept'],
    ['a lone surrogate in a field', { a: { '\ud800': ['x'] } }, 'name cannot be kept'],
    ['a field that assigning loses', JSON.parse('{"__proto__":["x"]}'), 'name cannot be kept'],
    ['too deep', deep(9), 'more than 8 levels'],
    ['too many alternatives', { a: Array.from({ length: 101 }, (__, n) => n) }, 'more than 100 alternatives'],
  ])('%s', (_, filter, problem) => {
    expect(filterProblem(filter)).toContain(problem);
  });

  it('property: what is accepted can be evaluated against anything, and nothing throws', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (filter, value) => {
        if (filterProblem(filter) === null)
          expect(typeof matchesFilter(filter as PayloadFilter, value)).toBe('boolean');
      }),
    );
  });
});
