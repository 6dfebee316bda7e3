import { Inject, Injectable, Logger } from '@nestjs/common';
import type { SqlClient } from '../../database/sql-client';
import { EndpointsService } from '../endpoints/endpoints.service';
import { WEBHOOKS_OPTIONS, type ResolvedOptions } from '../webhooks.options';
import type { AttemptRecord, DueDelivery } from './delivery.types';

const GONE = 410;

/** An endpoint that was disabled by the service. */
export interface DisabledEndpoint {
  customerId: string;
  endpointId: string;
  url: string;
  /** `gone`: it answered 410. `failing`: every attempt has failed for a long time. */
  reason: 'gone' | 'failing';
}

/** Takes endpoints out of service that have no hope, and tells who wants to know. */
@Injectable()
export class EndpointWatch {
  private readonly logger = new Logger('Endpoints');
  private listener: (tx: SqlClient, disabled: DisabledEndpoint) => Promise<void> = () => Promise.resolve();

  constructor(
    private readonly endpoints: EndpointsService,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedOptions,
  ) {}

  /** What is done in the same transaction as an endpoint is disabled. */
  onDisabled(listener: (tx: SqlClient, disabled: DisabledEndpoint) => Promise<void>): void {
    this.listener = listener;
  }

  /** Looks at an endpoint after an attempt that failed. */
  async afterFailure(
    { customerId, endpoint, failingForMs }: DueDelivery,
    { statusCode }: AttemptRecord,
  ): Promise<void> {
    const isFailing = failingForMs !== null && failingForMs >= this.options.delivery.disableAfterMs;
    if (statusCode !== GONE && !isFailing) return;
    const reason = statusCode === GONE ? 'gone' : 'failing';
    const disabled = { customerId, endpointId: endpoint.id, url: endpoint.url, reason } as const;
    if (await this.endpoints.disable(endpoint.id, reason, (tx) => this.listener(tx, disabled))) {
      this.logger.warn('endpoint disabled', { customerId, endpointId: endpoint.id, reason });
    }
  }
}
