import type { DynamicModule } from '@nestjs/common';
import { LoggerModule, NativeLogger, nativeLoggerOptions, PinoLogger, type Params } from 'nestjs-pino';
import { isatty } from 'node:tty';
import { pino, type Logger } from 'pino';
import pretty from 'pino-pretty';
import type { LogConfig } from '../config/config.types';

/** Nest's own start-up chatter: of use only to somebody who debugs the composition. */
const CHATTY_CONTEXTS = new Set(['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer']);

/**
 * Asked all the time, by machines. Their requests have no context: Node 20 slows every promise of a process down from the
 * first use of one on, and a worker that is asked for nothing but its health does without.
 */
const WITHOUT_CONTEXT = ['/health/{*check}', '/metrics'];

/** The service's log: readable lines on a terminal, one JSON object per line in production. */
export class ServiceLogger extends NativeLogger {
  /** What writes the lines. */
  readonly root: Logger;
  private readonly params: Params;
  private readonly isQuiet: boolean;

  constructor({ level, format }: LogConfig) {
    const root =
      format === 'json' ? pino({ ...nativeLoggerOptions, level }, process.stdout) : pino({ level }, forPeople());
    const params: Params = {
      pinoHttp: { logger: root },
      // Requests get their logger before Nest has a part in it, so that those which cannot be read have one too.
      useExisting: true,
      exclude: WITHOUT_CONTEXT,
      nativeLogger: { flattenParams: true },
    };
    super(new PinoLogger(params), params);
    this.root = root;
    this.params = params;
    this.isQuiet = !root.isLevelEnabled('debug');
  }

  /** Gives what is logged for a request the id of the request. */
  module(): DynamicModule {
    return LoggerModule.forRoot(this.params);
  }

  override log(message: unknown, ...rest: unknown[]): void {
    const context = rest.at(-1);
    if (this.isQuiet && typeof context === 'string' && CHATTY_CONTEXTS.has(context)) return;
    super.log(message, ...rest);
  }
}

const forPeople = (): pretty.PrettyStream =>
  pretty({
    colorize: isatty(process.stdout.fd),
    destination: process.stdout,
    ignore: 'pid,hostname,context',
    messageFormat: '{if context}[{context}] {end}{msg}',
    singleLine: true,
    translateTime: 'SYS:HH:MM:ss.l',
  });
