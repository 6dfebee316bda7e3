import { Inject, Injectable } from '@nestjs/common';
import type { SqlClient } from '../../database/sql-client';
import type { DeliveryService } from '../delivery/delivery.service';
import type { EndpointsService, MatchableEndpoint } from '../endpoints/endpoints.service';
import { EventTypesService } from '../event-types/event-types.service';
import type { WebhookEventName } from '../events/event-types';
import type { EarlierMessage, EventsRepository, NewMessage, WrittenDelivery } from '../events/events.repository';
import { EventsService, type EmitOptions, type EmitResult } from '../events/events.service';
import { WEBHOOKS_OPTIONS, type ResolvedOptions } from '../webhooks.options';
import { CapturedEvents, type CapturedEvent } from './captured-events';
import { TestingData } from './testing.data';
import { TESTING_OPTIONS, type AnswerSql, type WebhooksTestingOptions } from './testing.options';

/** Code under test ran SQL where there is no database. */
export class NoDatabaseError extends Error {
  override readonly name = 'NoDatabaseError';
  readonly code = 'no_database';
}

/** The real one, whose checks a test shall meet; what it writes is captured instead. */
@Injectable()
export class TestingEventsService extends EventsService {
  /** No transaction: the real service writes with others of the same moment then, which takes a timer. */
  private readonly alone = sqlClient(undefined);

  constructor(
    captured: CapturedEvents,
    data: TestingData,
    eventTypes: EventTypesService,
    @Inject(TESTING_OPTIONS) { sql }: WebhooksTestingOptions,
    @Inject(WEBHOOKS_OPTIONS) options: ResolvedOptions,
  ) {
    const repository = new MessagesInMemory(captured, sql) as Pick<EventsRepository, keyof MessagesInMemory>;
    super(
      repository as EventsRepository,
      new EndpointsOfNobody(data) as Pick<EndpointsService, keyof EndpointsOfNobody> as EndpointsService,
      eventTypes,
      new NoDelivery() as Pick<DeliveryService, keyof NoDelivery> as DeliveryService,
      options,
    );
  }

  override async emit(
    customerId: string,
    event: string,
    data: unknown,
    options: EmitOptions = {},
  ): Promise<EmitResult> {
    return super.emit(customerId, event, data, { ...options, tx: options.tx ?? this.alone });
  }
}

/** Keeps messages as captured events. */
class MessagesInMemory {
  constructor(
    private readonly captured: CapturedEvents,
    private readonly sql: AnswerSql | undefined,
  ) {}

  async transaction<Result>(work: (tx: SqlClient) => Promise<Result>): Promise<Result> {
    return this.captured.run(sqlClient(this.sql), work);
  }

  insert(messages: readonly NewMessage[], tx?: SqlClient): Promise<Map<string, WrittenDelivery[]>> {
    const written = new Map<string, WrittenDelivery[]>();
    for (const message of messages) {
      const { id, customerId, idempotencyKey, bodyHash } = message;
      if (idempotencyKey !== null && this.captured.findByKey(customerId, idempotencyKey, tx) !== undefined) continue;
      this.captured.add(toCaptured(message), bodyHash, tx);
      written.set(id, []);
    }
    return Promise.resolve(written);
  }

  findByIdempotencyKey(customerId: string, key: string, tx?: SqlClient): Promise<EarlierMessage | undefined> {
    const found = this.captured.findByKey(customerId, key, tx);
    return Promise.resolve(found && { ...found, eventIds: [] });
  }
}

/** Nothing is delivered, so nobody has endpoints. */
class EndpointsOfNobody {
  constructor(private readonly data: TestingData) {}

  findMatchable(customerIds: readonly string[]): Promise<Map<string, MatchableEndpoint[]>> {
    const customers = customerIds.filter((id) => this.data.takesEvents(id));
    return Promise.resolve(new Map(customers.map((id) => [id, []])));
  }
}

class NoDelivery {
  onEndpointDisabled(): void {
    // No endpoint is there to be disabled.
  }
}

function toCaptured({ id, customerId, event, body, idempotencyKey, orderingKey }: NewMessage): CapturedEvent {
  const { data } = JSON.parse(body) as Pick<CapturedEvent, 'data'>;
  // It was checked against the catalogue, which holds what the types do.
  const name = event as WebhookEventName;
  // The test's clock: ids never go back in time, a clock of a test may.
  return { messageId: id, customerId, event: name, timestamp: new Date(), data, idempotencyKey, orderingKey };
}

function sqlClient(answer: AnswerSql | undefined): SqlClient {
  const run = async <Result>(sql: string, values: readonly unknown[]): Promise<Result> => {
    if (answer !== undefined) return (await answer(sql, values)) as Result;
    const detail =
      'SQL was run in WebhooksService.transaction, and WebhooksTestingModule has no database: say what it answers';
    throw new NoDatabaseError(`${detail} with forRoot({ sql: (sql, values) => … }).`);
  };
  return {
    $queryRawUnsafe: async <Result>(sql: string, ...values: unknown[]) => run<Result>(sql, values),
    $executeRawUnsafe: async (sql, ...values) => run<number>(sql, values),
  };
}
