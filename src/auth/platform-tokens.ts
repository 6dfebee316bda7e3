import { createRemoteJWKSet, errors, jwtVerify, SignJWT, type JWTPayload, type JWTVerifyGetKey } from 'jose';

/** How the platform signs its users' JSON Web Tokens (RFC 7519). Give `secret` or `jwksUrl`. */
export interface PlatformTokenOptions {
  /** HS256 secret, at least 32 bytes. */
  secret?: string | undefined;
  /** A JSON Web Key Set (RFC 7517). */
  jwksUrl?: string | undefined;
  /** Algorithms accepted with `jwksUrl`; default RS256, ES256, EdDSA. Never taken from the token. */
  algorithms?: readonly string[] | undefined;
  /** Checked when set. */
  issuer?: string | undefined;
  /** Checked when set. */
  audience?: string | undefined;
}

/** Who a token speaks for: `sub` and `customerId`. */
export interface PlatformIdentity {
  userId: string;
  customerId: string;
}

/** The token is malformed, forged, expired or lacks a claim. The message says which, and never quotes the token. */
export class InvalidTokenError extends Error {
  override readonly name = 'InvalidTokenError';
}

/** The key set could not be fetched: nothing can be said about the token. */
export class TokenKeysUnavailableError extends Error {
  override readonly name = 'TokenKeysUnavailableError';
}

const DEFAULT_ALGORITHMS = ['RS256', 'ES256', 'EdDSA'];
const CLOCK_TOLERANCE_SECONDS = 5;

/** Verifies, and for HS256 also issues, the platform's tokens. */
export class PlatformTokens {
  private readonly secret: Uint8Array | undefined;
  private readonly keySet: JWTVerifyGetKey | undefined;

  constructor(private readonly options: PlatformTokenOptions) {
    this.secret = options.secret === undefined ? undefined : new TextEncoder().encode(options.secret);
    this.keySet = options.jwksUrl === undefined ? undefined : createRemoteJWKSet(new URL(options.jwksUrl));
  }

  /**
   * @throws InvalidTokenError
   * @throws TokenKeysUnavailableError
   */
  async verify(token: string): Promise<PlatformIdentity> {
    try {
      const { payload } = await this.check(token);
      return identityOf(payload);
    } catch (error) {
      throw explain(error);
    }
  }

  /** A token for one customer, valid for `lifetimeSeconds`. Only where the platform uses an HS256 secret. */
  async issue(identity: PlatformIdentity, lifetimeSeconds: number): Promise<string> {
    if (this.secret === undefined) {
      throw new Error('Tokens can only be issued with AUTH_JWT_SECRET; with AUTH_JWKS_URL the platform issues them.');
    }
    const { issuer, audience } = this.options;
    const token = new SignJWT({ customerId: identity.customerId })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(identity.userId)
      .setIssuedAt()
      .setExpirationTime(`${lifetimeSeconds}s`);
    if (issuer !== undefined) token.setIssuer(issuer);
    if (audience !== undefined) token.setAudience(audience);
    return token.sign(this.secret);
  }

  private check(token: string): Promise<{ payload: JWTPayload }> {
    const { issuer, audience, algorithms } = this.options;
    const claims = {
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      ...(issuer === undefined ? {} : { issuer }),
      ...(audience === undefined ? {} : { audience }),
    };
    if (this.secret !== undefined) return jwtVerify(token, this.secret, { ...claims, algorithms: ['HS256'] });
    if (this.keySet !== undefined) {
      return jwtVerify(token, this.keySet, { ...claims, algorithms: [...(algorithms ?? DEFAULT_ALGORITHMS)] });
    }
    throw new InvalidTokenError('This service accepts API keys only: it has no secret or key set for tokens.');
  }
}

function identityOf(payload: JWTPayload): PlatformIdentity {
  const { sub: userId, customerId } = payload;
  if (typeof userId !== 'string' || userId === '') throw new InvalidTokenError('The token has no "sub" claim.');
  if (typeof customerId !== 'string' || customerId === '') {
    throw new InvalidTokenError('The token has no "customerId" claim.');
  }
  return { userId, customerId };
}

function explain(error: unknown): Error {
  if (error instanceof InvalidTokenError) return error;
  if (error instanceof errors.JWTExpired) return new InvalidTokenError('The token has expired.');
  if (error instanceof errors.JWTClaimValidationFailed) {
    return new InvalidTokenError(`The token's "${error.claim}" claim is not accepted.`);
  }
  if (error instanceof errors.JWKSTimeout || isFetchFailure(error)) {
    return new TokenKeysUnavailableError('The key set for tokens cannot be fetched.');
  }
  if (error instanceof errors.JOSEError)
    return new InvalidTokenError('The token is malformed or its signature is wrong.');
  return error instanceof Error ? error : new Error(String(error));
}

/** jose reports an unreachable or broken key set as a plain TypeError or its generic error. */
function isFetchFailure(error: unknown): boolean {
  if (error instanceof TypeError) return true;
  return error instanceof errors.JOSEError && error.code === 'ERR_JOSE_GENERIC';
}
