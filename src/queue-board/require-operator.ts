import type { RequestHandler } from 'express';
import { createHash, timingSafeEqual } from 'node:crypto';

const BASIC = /^basic +([A-Za-z0-9+/]+=*)$/i;

/**
 * Lets whoever has the operator's token pass. A browser cannot send it as a bearer token: it asks for a user name, which
 * may be any, and a password, which is the token (RFC 7617). No cookie is set.
 */
export function requireOperator(operatorToken: string): RequestHandler {
  const expected = digest(operatorToken);
  return (request, response, next) => {
    if (timingSafeEqual(digest(passwordOf(request.headers.authorization)), expected)) {
      next();
      return;
    }
    response.status(401).set('WWW-Authenticate', 'Basic realm="queue board", charset="UTF-8"');
    response.type('text/plain').send('Any user name, and the OPERATOR_TOKEN as the password.\n');
  };
}

function passwordOf(authorization: string | undefined): string {
  const [, encoded = ''] = BASIC.exec(authorization ?? '') ?? [];
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  return text.slice(text.indexOf(':') + 1);
}

/** Equal lengths for the comparison, whatever was presented. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
