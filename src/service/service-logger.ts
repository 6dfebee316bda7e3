import { NativeLogger, nativeLoggerOptions, PinoLogger } from 'nestjs-pino';
import { isatty } from 'node:tty';
import { pino, type LoggerOptions } from 'pino';
import pretty from 'pino-pretty';
import type { LogConfig } from '../config/config.types';
import { currentRequestId } from './request-context';

/** Nest's own start-up chatter: of use only to somebody who debugs the composition. */
const CHATTY_CONTEXTS = new Set(['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer']);

/** The service's log: readable lines on a terminal, one JSON object per line in production. */
export class ServiceLogger extends NativeLogger {
  private readonly isQuiet: boolean;

  constructor({ level, format }: LogConfig) {
    const options: LoggerOptions = { level, mixin: ofTheRequest };
    const logger =
      format === 'json' ? pino({ ...nativeLoggerOptions, ...options }, process.stdout) : pino(options, forPeople());
    const params = { pinoHttp: { logger }, nativeLogger: { flattenParams: true } };
    super(new PinoLogger(params), params);
    this.isQuiet = level !== 'debug' && level !== 'trace';
  }

  override log(message: unknown, ...rest: unknown[]): void {
    const context = rest.at(-1);
    if (this.isQuiet && typeof context === 'string' && CHATTY_CONTEXTS.has(context)) return;
    super.log(message, ...rest);
  }
}

/** Every line that is written for a request says for which. */
function ofTheRequest(): { requestId?: string } {
  const requestId = currentRequestId();
  return requestId === undefined ? {} : { requestId };
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
