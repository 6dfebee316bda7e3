import fc from 'fast-check';
import { parseDatabaseUrl, redactUrl } from './database-url';

describe('redactUrl', () => {
  it.each([
    ['postgresql://bob:secret@db.example:5432/app', 'postgresql://bob:***@db.example:5432/app'],
    ['postgresql://bob@db.example/app', 'postgresql://bob@db.example/app'],
    ['postgresql://db.example/app', 'postgresql://db.example/app'],
    ['postgresql://bob:s%40e@db/app?sslmode=require', 'postgresql://bob:***@db/app?sslmode=require'],
    ['postgresql://db/app?user=bob&password=secret&ssl=1', 'postgresql://db/app?user=bob&password=***&ssl=1'],
    ['postgresql://bob:se/c#r@e?t@db/app', 'postgresql://bob:***@db/app'],
    ['bob:secret@db/app', 'bob:***@db/app'],
    ['host=db password=secret dbname=app', 'host=db password=*** dbname=app'],
    ['', ''],
  ])('%s', (url, expected) => {
    expect(redactUrl(url)).toBe(expected);
  });

  it('never shows a password, escaped or not', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 6 }), fc.boolean(), (text, isEscaped) => {
        const password = `Z${isEscaped ? encodeURIComponent(text) : text}Z`;
        expect(redactUrl(`postgresql://bob:${password}@db/app`)).not.toContain(password);
      }),
    );
  });
});

describe('parseDatabaseUrl', () => {
  it('reads what messages need', () => {
    expect(parseDatabaseUrl('postgres://b%20b:x@db.example:6000/a%2Fp')).toEqual({
      host: 'db.example',
      port: '6000',
      user: 'b b',
      database: 'a/p',
    });
  });

  it('knows the defaults, and sockets', () => {
    expect(parseDatabaseUrl('postgresql://bob@/?host=/run/pg')).toMatchObject({ host: '/run/pg', database: 'bob' });
    expect(parseDatabaseUrl('postgresql://db')).toMatchObject({ host: 'db', port: '5432' });
  });

  it.each(['', 'mysql://db/app', 'db/app', 'prisma+postgres://db'])('refuses "%s"', (url) => {
    expect(parseDatabaseUrl(url)).toBeNull();
  });
});
