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
import { DatabaseHealth } from '../database/database-health';
import { Operation } from '../webhooks/openapi/operation.decorator';
import { LIVE, NOT_READY, READY } from './health.answers';
import { DeliveryService } from '../webhooks/delivery/delivery.service';

/** Tells whoever runs the service whether it lives, and whether it can do its work. */
@Controller('health')
export class HealthController implements BeforeApplicationShutdown {
  private isStopping = false;

  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly database: DatabaseHealth,
    private readonly delivery: DeliveryService,
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

  /** The service can work: its database and its queue answer, and it is not stopping. 503 otherwise. */
  @Get('ready')
  @Operation('getReadiness', {
    summary: 'Tell whether the service can work',
    description: 'Its database and its queue answer, and it is not stopping.',
    answer: READY,
    otherAnswers: { 503: { description: 'It cannot.', schema: NOT_READY } },
  })
  async ready(@Res({ passthrough: true }) response: unknown): Promise<unknown> {
    const result = await this.health
      .check([
        () => this.indicate('service', Promise.resolve(!this.isStopping)),
        () => this.indicate('database', this.database.answers()),
        () => this.indicate('queue', this.delivery.queueAnswers()),
      ])
      .catch((error: unknown) => {
        if (!(error instanceof ServiceUnavailableException)) throw error;
        this.adapterHost.httpAdapter.status(response, HttpStatus.SERVICE_UNAVAILABLE);
        return error.getResponse();
      });
    return result;
  }

  private async indicate(name: string, isUp: Promise<boolean>): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check(name);
    return (await isUp) ? indicator.up() : indicator.down();
  }
}
