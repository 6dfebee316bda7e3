import {
  Controller,
  Get,
  HttpStatus,
  Res,
  ServiceUnavailableException,
  type BeforeApplicationShutdown,
} from '@nestjs/common';
import { HealthCheckService, HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { HttpAdapterHost } from '@nestjs/core';
import { Operation } from '../webhooks/openapi/operation.decorator';
import { LIVE, NOT_READY, READY } from './health.answers';
import { Readiness, type Finding } from './readiness';

const STOPPING: Finding = { isUp: false, details: { message: 'it is stopping', action: 'Send requests elsewhere.' } };

/** Tells whoever runs the service whether it lives, and whether it can do its work. */
@Controller('health')
export class HealthController implements BeforeApplicationShutdown {
  private isStopping = false;

  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly readiness: Readiness,
    private readonly adapterHost: HttpAdapterHost,
  ) {}

  /** From here on no new work should come, though what is under way is still being finished. */
  beforeApplicationShutdown(): void {
    this.isStopping = true;
  }

  /** The process runs. Restart it when this does not answer. */
  @Get('live')
  @Operation('getLiveness', { summary: 'Tell whether the process runs', answer: LIVE })
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** The service can work. 503 otherwise, with what is wrong and what to do about it under `error`. */
  @Get('ready')
  @Operation('getReadiness', {
    summary: 'Tell whether the service can work',
    description:
      'Its database and its queue answer, its tables are current, its reconciler keeps up, and it is not stopping.',
    answer: READY,
    otherAnswers: { 503: { description: 'It cannot.', schema: NOT_READY } },
  })
  async ready(@Res({ passthrough: true }) response: unknown): Promise<unknown> {
    const result = await this.health
      .check([
        () => this.indicate('service', Promise.resolve(this.isStopping ? STOPPING : { isUp: true })),
        () => this.indicate('database', this.readiness.checkDatabase()),
        () => this.indicate('queue', this.readiness.checkQueue()),
        () => this.indicate('migrations', this.readiness.checkMigrations()),
        () => this.indicate('reconciler', this.readiness.checkReconciler()),
      ])
      .catch((error: unknown) => {
        if (!(error instanceof ServiceUnavailableException)) throw error;
        this.adapterHost.httpAdapter.status(response, HttpStatus.SERVICE_UNAVAILABLE);
        return error.getResponse();
      });
    return result;
  }

  private async indicate(name: string, found: Promise<Finding>): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check(name);
    const { isUp, details = {} } = await found;
    return isUp ? indicator.up(details) : indicator.down(details);
  }
}
