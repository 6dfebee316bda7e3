import fc from 'fast-check';
import { validateHeaderName, validateHeaderValue } from 'node:http';
import { customHeadersProblem } from './custom-headers';

describe('customHeadersProblem', () => {
  it('accepts ordinary headers, and none', () => {
    expect(customHeadersProblem({ Authorization: 'Bearer x', 'X-Tenant': '' })).toBeNull();
    expect(customHeadersProblem({})).toBeNull();
  });

  it.each<[string, unknown, string]>([
    ['a list', [], 'must be an object'],
    ['null', null, 'must be an object'],
    ['a text', 'x', 'must be an object'],
    ['21 headers', Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`X-${n}`, ''])), 'at most 20'],
    ['a space in a name', { 'X A': '' }, 'not a header name'],
    ['a colon in a name', { 'X:': '' }, 'not a header name'],
    ['an empty name', { '': '' }, 'not a header name'],
    ['a name that assigning loses', JSON.parse('{"__proto__":"x"}'), 'not a header name'],
    ['a name twice', { 'X-A': '', 'x-a': '' }, 'x-a twice'],
    ['a reserved name', { HOST: 'x' }, 'must not set HOST'],
    ['a reserved prefix', { 'Webhook-Signature': 'x' }, 'must not set Webhook-Signature'],
    ['a number', { 'X-A': 1 }, 'value of X-A'],
    ['a line break', { 'X-A': 'a\nb' }, 'value of X-A'],
    ['a long value', { 'X-A': 'a'.repeat(1001) }, 'value of X-A'],
  ])('%s', (_, headers, problem) => {
    expect(customHeadersProblem(headers)).toContain(problem);
  });

  it('property: what is accepted, Node sends', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), (headers) => {
        if (customHeadersProblem(headers) !== null) return;
        for (const [name, value] of Object.entries(headers)) {
          validateHeaderName(name);
          validateHeaderValue(name, value);
        }
      }),
    );
  });
});
