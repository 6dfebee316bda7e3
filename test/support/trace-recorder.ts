import { context, ROOT_CONTEXT, trace, type Context, type ContextManager } from '@opentelemetry/api';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  type ReadableSpan,
} from '@opentelemetry/sdk-trace-base';
import { AsyncLocalStorage } from 'node:async_hooks';

/** Carries the active span through asynchronous code, as the SDK for Node does. */
class AsyncContexts implements ContextManager {
  private readonly storage = new AsyncLocalStorage<Context>();

  active(): Context {
    return this.storage.getStore() ?? ROOT_CONTEXT;
  }

  with<Args extends unknown[], Run extends (...args: Args) => ReturnType<Run>>(
    active: Context,
    run: Run,
    thisArg?: ThisParameterType<Run>,
    ...args: Args
  ): ReturnType<Run> {
    return this.storage.run(active, () => run.call(thisArg as never, ...args));
  }

  bind<Target>(_active: Context, target: Target): Target {
    return target;
  }

  enable(): this {
    return this;
  }

  disable(): this {
    this.storage.disable();
    return this;
  }
}

let exporter: InMemorySpanExporter | undefined;

/**
 * Sets up OpenTelemetry's SDK in this process, for good: a tracer stays with the first one that it meets.
 * @returns every span that ended since
 */
export function recordTraces(): () => ReadableSpan[] {
  if (exporter === undefined) {
    exporter = new InMemorySpanExporter();
    context.setGlobalContextManager(new AsyncContexts());
    trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
  }
  exporter.reset();
  const recorded = exporter;
  return () => recorded.getFinishedSpans();
}
