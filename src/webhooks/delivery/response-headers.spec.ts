import { pickResponseHeaders } from './response-headers';

describe('the headers of an answer that are kept', () => {
  it('are those that explain a failure', () => {
    const headers = { 'content-type': 'text/html', 'retry-after': '30', server: 'nginx', 'x-request-id': 'r-1' };
    expect(pickResponseHeaders(headers)).toEqual(headers);
  });

  it('are none that may be a credential', () => {
    expect(
      pickResponseHeaders({
        'set-cookie': ['session=1'],
        authorization: 'Bearer x',
        'www-authenticate': 'Basic',
        'x-api-key': 'k',
        'x-anything-else': 'v',
      }),
    ).toEqual({});
  });

  it.each([
    ['https://user:secret@example.com/next?token=t#f', 'https://example.com/next'],
    ['//user@example.com/next', '//example.com/next'],
    ['/login?session=s', '/login'],
    ['/a@b', '/a@b'],
    ['https://example.com/a@b', 'https://example.com/a@b'],
  ])('name a redirect to %s without its secrets', (location, kept) => {
    expect(pickResponseHeaders({ location })).toEqual({ location: kept });
  });

  it('are cut at 256 characters, and hold no control character', () => {
    expect(pickResponseHeaders({ server: 'x'.repeat(10_000) })['server']).toHaveLength(256);
    expect(pickResponseHeaders({ server: 'a\u0000b\u0085c' })).toEqual({ server: 'a\uFFFDb\uFFFDc' });
  });
});
