import {
  context,
  createContextKey,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type Span,
} from '@opentelemetry/api';
import { formatTraceparent, parseTraceparent } from './traceparent';

/** Does nothing, and costs next to nothing, unless the process has set up an OpenTelemetry SDK. */
const tracer = trace.getTracer('webhooks-module');

/** What the SDK's instrumentations look for: under it they neither make spans of their own nor send headers. */
const SUPPRESSED = createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING');

/** The `traceparent` of what runs now; null when nothing is traced. */
export const activeTraceparent = (): string | null => formatTraceparent(trace.getActiveSpan()?.spanContext());

/**
 * The span of an emit, beneath what runs now.
 * @param run is given the `traceparent` that deliveries carry to their attempts
 */
export async function traceEmit<Result>(
  attributes: Attributes,
  run: (traceparent: string | null) => Promise<Result>,
): Promise<Result> {
  const span = tracer.startSpan('webhooks emit', { kind: SpanKind.PRODUCER, attributes });
  const traceparent = formatTraceparent(span.spanContext());
  return endWith(span, context.with(trace.setSpan(context.active(), span), run, undefined, traceparent));
}

/** One span for each delivery that is traced, while their jobs are added together. */
export async function traceEnqueue(
  deliveries: readonly { id: string; traceparent?: string | null }[],
  run: () => Promise<void>,
): Promise<void> {
  const spans = deliveries.flatMap(({ id, traceparent }) => {
    const parent = beneath(traceparent);
    return parent === undefined
      ? []
      : [tracer.startSpan('webhooks enqueue', { attributes: { 'webhooks.event.id': id } }, parent)];
  });
  const running = run();
  for (const span of spans) void endWith(span, running).catch(() => undefined);
  return running;
}

/** What an attempt's span tells of its result. */
export interface TracedResult {
  statusCode: number | null;
  errorCode: string | null;
}

/**
 * The span of an attempt, beneath the emit that made the delivery, as OpenTelemetry's conventions describe a request of
 * a client. Neither the path nor the query of the URL is in it: customers put tokens there.
 *
 * What instruments HTTP clients in this process is kept out: it would send its `traceparent` to customers, asked or not.
 *
 * @param run is given the `traceparent` of the attempt
 */
export async function traceAttempt<Result extends TracedResult>(
  traceparent: string | null,
  url: string,
  attributes: Attributes,
  run: (traceparent: string | null) => Promise<Result>,
): Promise<Result> {
  const parent = beneath(traceparent) ?? ROOT_CONTEXT;
  const span = tracer.startSpan('webhooks attempt', { kind: SpanKind.CLIENT }, parent);
  if (span.isRecording()) span.setAttributes({ 'http.request.method': 'POST', ...serverOf(url), ...attributes });
  const isolated = trace.setSpan(parent, span).setValue(SUPPRESSED, true);
  const sent = context.with(isolated, run, undefined, formatTraceparent(span.spanContext()));
  return endWith(span, sent, ({ statusCode, errorCode }) => {
    if (statusCode !== null) span.setAttribute('http.response.status_code', statusCode);
    if (errorCode === null) return;
    span.setAttribute('error.type', errorCode === 'http-status' ? String(statusCode) : errorCode);
    span.setStatus({ code: SpanStatusCode.ERROR });
  });
}

/** The span of a request to this service, unless something else in this process has made one already. */
export function startServerSpan(
  method: string,
  traceparent: string | undefined,
): { span: Span; within: Context } | null {
  if (trace.getActiveSpan() !== undefined) return null;
  const parent = beneath(traceparent) ?? context.active();
  const span = tracer.startSpan(method, { kind: SpanKind.SERVER }, parent);
  return { span, within: trace.setSpan(parent, span) };
}

/** @param route null for a path that leads nowhere */
export function endServerSpan(span: Span, method: string, route: string | null, status: number): void {
  if (span.isRecording()) {
    if (route !== null) span.updateName(`${method} ${route}`);
    span.setAttributes({ 'http.request.method': method, 'http.response.status_code': status });
    if (route !== null) span.setAttribute('http.route', route);
    if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  }
  span.end();
}

function beneath(traceparent: string | null | undefined): Context | undefined {
  const position = parseTraceparent(traceparent);
  return position === undefined ? undefined : trace.setSpanContext(ROOT_CONTEXT, position);
}

function serverOf(url: string): Attributes {
  if (!URL.canParse(url)) return {};
  const { protocol, hostname, port } = new URL(url);
  const scheme = protocol.slice(0, -1);
  const standard = scheme === 'https' ? 443 : 80;
  return { 'url.scheme': scheme, 'server.address': hostname, 'server.port': port === '' ? standard : Number(port) };
}

async function endWith<Result>(
  span: Span,
  work: Promise<Result>,
  describe: (result: Result) => void = () => undefined,
): Promise<Result> {
  try {
    const result = await work;
    describe(result);
    return result;
  } catch (error) {
    // Its message may quote what was sent; the kind of error is enough.
    span.setAttribute('error.type', error instanceof Error ? error.name : 'unknown');
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}
