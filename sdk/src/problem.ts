import type { components } from './schema';

type Problem = components['schemas']['Problem'];

/** One wrong field of a request. */
export type FieldError = NonNullable<Problem['errors']>[number];

/** An answer that is an error: RFC 9457. Switch on its {@link code}, which does not change. */
export class WebhooksProblem extends Error {
  override readonly name = 'WebhooksProblem';
  readonly status: number;
  readonly code: string;
  /** The fields that are wrong, if any. */
  readonly fields: readonly FieldError[];
  /** After how many seconds to try again; null when nothing was said about it. */
  readonly retryAfterSeconds: number | null;
  readonly response: Response;

  constructor(response: Response, body: unknown) {
    const { code, detail, errors = [] } = isProblem(body) ? body : unknownProblem(response);
    super(detail);
    this.status = response.status;
    this.code = code;
    this.fields = errors;
    this.retryAfterSeconds = secondsOf(response.headers.get('Retry-After'));
    this.response = response;
  }
}

/** What a call of the client resolves to: what was answered, or an error. */
interface Result<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/**
 * The answer itself; undefined for one without a body.
 * @throws WebhooksProblem for every answer that is an error
 */
export async function unwrap<Data>(call: Promise<Result<Data>>): Promise<Exclude<Data, undefined>> {
  const { data, error, response } = await call;
  if (!response.ok) throw new WebhooksProblem(response, error);
  return data as Exclude<Data, undefined>;
}

const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' &&
  body !== null &&
  typeof (body as Partial<Problem>).code === 'string' &&
  typeof (body as Partial<Problem>).detail === 'string';

/** From a proxy in between, say. */
const unknownProblem = ({ status, statusText }: Response): Pick<Problem, 'code' | 'detail' | 'errors'> => ({
  code: 'unknown',
  detail: `The service answered ${status} ${statusText}, without saying why.`,
});

function secondsOf(header: string | null): number | null {
  const seconds = Number(header ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds : null;
}
