/** What a connection string leads to, as far as messages tell it. */
export interface DatabaseAddress {
  host: string;
  port: string;
  user: string;
  database: string;
}

/**
 * Reads a PostgreSQL connection string. Null when it is not one, or its scheme is neither `postgresql:` nor
 * `postgres:`.
 */
export function parseDatabaseUrl(url: string): DatabaseAddress | null {
  // `user@/database?host=…`, a login without a host, is PostgreSQL's; URLs in general have no such form.
  const regular = url.replace('@/', '@localhost/');
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(regular)) return null;
  const parsed = new URL(regular);
  const user = decode(parsed.username);
  return {
    // `?host=` is how a URL names a directory with a Unix socket.
    host: parsed.searchParams.get('host') ?? (parsed.hostname || 'localhost'),
    port: parsed.searchParams.get('port') ?? (parsed.port || '5432'),
    user,
    database: decode(parsed.pathname.slice(1)) || user,
  };
}

/**
 * The connection string without its passwords, for logs and messages. What cannot be read for certain (a password
 * with an unescaped `@` or `/`) loses more than the password, never less.
 */
export function redactUrl(url: string): string {
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(url)?.[0] ?? '';
  const rest = url.slice(scheme.length);
  // The last @ of the whole string: an unescaped password may hold any of "@/?#".
  const at = rest.lastIndexOf('@');
  const login = at === -1 ? '' : rest.slice(0, at);
  const colon = login.indexOf(':');
  const shown = colon === -1 ? login : `${login.slice(0, colon)}:***`;
  return scheme + (at === -1 ? rest : `${shown}@${rest.slice(at + 1)}`).replace(SECRET_PARAMETER, '$1***');
}

const SECRET_PARAMETER = /((?:^|[?&\s])(?:password|sslpassword|passphrase)=)[^&#\s]*/gi;

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
