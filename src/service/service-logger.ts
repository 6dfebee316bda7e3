import { ConsoleLogger, type LogLevel } from '@nestjs/common';
import { isatty } from 'node:tty';
import type { LogConfig } from '../config/config.types';
import { currentRequestId } from './request-context';

/** Nest's own start-up chatter: of use only to somebody who debugs the composition. */
const CHATTY_CONTEXTS = new Set(['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer']);

const LEVELS: Record<LogConfig['level'], LogLevel> = {
  fatal: 'fatal',
  error: 'error',
  warn: 'warn',
  info: 'log',
  debug: 'debug',
  trace: 'verbose',
};
const BY_SEVERITY: LogLevel[] = ['fatal', 'error', 'warn', 'log', 'debug', 'verbose'];

/** The service's log: readable lines on a terminal, one JSON object per line in production. */
export class ServiceLogger extends ConsoleLogger {
  private readonly isQuiet: boolean;

  constructor({ level, format }: LogConfig) {
    super({
      json: format === 'json',
      colors: format === 'pretty' && isatty(process.stdout.fd),
      logLevels: BY_SEVERITY.slice(0, BY_SEVERITY.indexOf(LEVELS[level]) + 1),
      structuredParams: true,
      flattenParams: true,
    });
    this.isQuiet = level !== 'debug' && level !== 'trace';
  }

  override log(message: unknown, ...rest: unknown[]): void {
    const context = rest.at(-1);
    if (this.isQuiet && typeof context === 'string' && CHATTY_CONTEXTS.has(context)) return;
    super.log(message, ...rest);
  }

  /** Every line that is written for a request says for which. */
  protected override printMessages(...[messages, context, level, stream, stack, params]: Printed): void {
    const requestId = currentRequestId();
    const fields = requestId === undefined ? params : { requestId, ...params };
    super.printMessages(messages, context, level, stream, stack, fields);
  }
}

type Printed = Parameters<ConsoleLogger['printMessages']>;
