import { answers, bySpecificity, pathMatcher, pathnameOf } from './route-path';

const express = { caseSensitive: false, ignoreTrailingSlash: true };
const strict = { caseSensitive: true, ignoreTrailingSlash: false, maxParamLength: 5 };

it.each([
  ['/messages', '/messages', true, true],
  ['/messages', '/MESSAGES', true, false],
  ['/messages', '/messages/', true, false],
  ['/messages', '/messagesx', false, false],
  ['/messages/:id', '/messages/1', true, true],
  ['/messages/:id', '/messages/123456', true, false],
  ['/messages/:id', '/messages/a%2Fb', true, true],
  ['/messages/:id', '/messages/%ZZ', false, false],
  ['/messages/:id', '/messages/1/2', false, false],
  ['/files/*path', '/files/a/b/cdefgh', true, true],
  ['/files/*path', '/files', false, false],
  ['/files{/*path}', '/files', true, true],
  ['/broken(', '/broken(', false, false],
])('%s takes %s: %s on Express, %s where the rules are strict', (pattern, path, loosely, strictly) => {
  expect(pathMatcher(pattern, express)(path)).toBe(loosely);
  expect(pathMatcher(pattern, strict)(path)).toBe(strictly);
});

it('what follows the path does not matter', () => {
  expect(pathnameOf('/a/b?c=/d#e')).toBe('/a/b');
  expect(pathnameOf('/a')).toBe('/a');
});

it.each([
  ['GET', 'GET', true],
  ['GET', 'HEAD', true],
  ['HEAD', 'GET', false],
  ['POST', 'GET', false],
  ['ALL', 'DELETE', true],
])('a route for %s answers %s: %s', (declared, method, expected) => {
  expect(answers(declared, method)).toBe(expected);
});

it('literal segments come before parameters, those before wildcards, whatever the order of declaration', () => {
  const ordered = ['/a/b', '/a/v:id', '/a/:id', '/a/*path', '/:id/b', '/*path'];
  expect([...ordered].reverse().sort(bySpecificity)).toEqual(ordered);
  expect(bySpecificity('/a/:x', '/a/:y')).toBe(0);
});
