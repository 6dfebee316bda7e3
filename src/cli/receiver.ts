import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { verifySignature, type VerificationFailure } from '../webhooks/delivery/signature';

/** How long the developer's own server may take: as long as an attempt may. */
const FORWARD_MS = 15_000;
/** What belongs to one connection only, or is made anew for the next one (RFC 9110, 7.6.1). */
const NOT_FORWARDED = ['connection', 'content-length', 'expect', 'host', 'keep-alive', 'transfer-encoding', 'upgrade'];

/** One webhook that arrived. */
export interface Received {
  id: string | null;
  event: string | null;
  attempt: number | null;
  signature: 'valid' | 'unchecked' | VerificationFailure;
  /** What it was answered with. */
  status: number;
  /** What the developer's server did; null when it was not asked. */
  forwarded: { status: number; durationMs: number; error: string | null } | null;
  body: string;
}

/** Takes webhooks, verifies them, and passes them on to the developer's own server. */
export class Receiver {
  constructor(
    private readonly options: {
      /** The answer when nothing is forwarded. */
      status: number;
      /** Empty = signatures are not looked at. */
      secrets: readonly string[];
      forwardTo?: URL | undefined;
    },
  ) {}

  /** Answers a request. Fails when the sender hangs up before its end. */
  async receive(request: IncomingMessage, response: ServerResponse): Promise<Received> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const { headers } = request;
    const signature = this.verify(headers, body);
    const isTrusted = signature === 'valid' || signature === 'unchecked';
    const { forwardTo } = this.options;
    const forwarded = forwardTo !== undefined && isTrusted ? await forward(forwardTo, headers, body) : null;
    const status = forwarded?.status ?? (forwardTo === undefined ? this.options.status : 401);
    response.writeHead(status).end();
    return {
      id: single(headers['x-webhook-id']),
      event: single(headers['x-webhook-event']),
      attempt: Number(single(headers['x-webhook-attempt'])) || null,
      signature,
      status,
      forwarded,
      body: body.toString(),
    };
  }

  private verify(headers: IncomingHttpHeaders, body: Buffer): Received['signature'] {
    const { secrets } = this.options;
    if (secrets.length === 0) return 'unchecked';
    const result = verifySignature({ headers, body, secrets });
    return result.ok ? 'valid' : result.code;
  }
}

const single = (header: string | string[] | undefined): string | null => (typeof header === 'string' ? header : null);

/** The bytes as they came, so that the developer's own verification is what it will be. */
async function forward(
  url: URL,
  given: IncomingHttpHeaders,
  body: Buffer,
): Promise<{ status: number; durationMs: number; error: string | null }> {
  const startedAt = performance.now();
  const durationMs = (): number => Math.round(performance.now() - startedAt);
  const headers = Object.entries(given).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' && !NOT_FORWARDED.includes(name) ? [[name, value]] : [],
  );
  const signal = AbortSignal.timeout(FORWARD_MS);
  try {
    const answer = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' });
    await answer.body?.cancel();
    return { status: answer.status, durationMs: durationMs(), error: null };
  } catch (error) {
    const { cause } = error as { cause?: { code?: string } };
    const why = signal.aborted ? `no answer within ${FORWARD_MS} ms` : (cause?.code ?? (error as Error).message);
    return { status: 502, durationMs: durationMs(), error: `${url.href} does not answer: ${why}` };
  }
}
