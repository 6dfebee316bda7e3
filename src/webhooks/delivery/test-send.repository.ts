import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../database/prisma.service';
import type { TestDelivery } from './delivery.types';
import type { SendResult } from './http-sender';
import { PROCESS_NAME } from './process-name';

/** `lastError` while a test is under way; it stays when the process dies meanwhile. */
const UNFINISHED = 'the test is under way, or was cut off by the end of the process that made it';

/**
 * Test sends in the log. They are never PENDING: neither the queue nor a sweep ever sees them, and what dies with its
 * process is not sent again.
 */
@Injectable()
export class TestSendRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** Before anything is sent: no request leaves that the log does not know of. */
  async begin({ customerId, eventId, messageId, endpoint, event, createdAt, body }: TestDelivery): Promise<void> {
    const { WebhookMessage, WebhookEvent } = this.prisma.tables;
    await this.prisma.$executeRawUnsafe(
      `WITH message AS (
         INSERT INTO ${WebhookMessage} (id, "customerId", event, "createdAt", outcomes)
         VALUES ($1::uuid, $2, $3, $4::timestamptz, $5::jsonb)
       )
       INSERT INTO ${WebhookEvent} (id, "customerId", "endpointId", "messageId", url, event, payload, status, "lastError",
                                    "createdAt", "processedAt", "isTest")
       VALUES ($6::uuid, $2, $7::uuid, $1::uuid, $8, $3, $9::json, 'FAILED', $10, $4::timestamptz, clock_timestamp(), true)`,
      messageId,
      customerId,
      event,
      createdAt.toISOString(),
      JSON.stringify([{ endpointId: endpoint.id, outcome: 'test', eventId }]),
      eventId,
      endpoint.id,
      endpoint.url,
      body,
      UNFINISHED,
    );
  }

  /** The attempt and how the delivery ended. Changes nothing when the delivery was resent meanwhile. */
  async finish({ customerId, eventId }: TestDelivery, url: string, result: SendResult): Promise<void> {
    const { WebhookEvent, WebhookAttempt } = this.prisma.tables;
    await this.prisma.$executeRawUnsafe(
      `WITH finished AS (
         UPDATE ${WebhookEvent}
            SET status = CASE WHEN $3::text IS NULL THEN 'SENT' ELSE 'FAILED' END::"${this.prisma.schema}"."WebhookStatus",
                attempts = 1, "lastError" = $3::text, "processedAt" = clock_timestamp()
          WHERE id = $1::uuid AND "customerId" = $2 AND status = 'FAILED' AND attempts = 0
         RETURNING id
       )
       -- Without an endpointId: statistics are about real deliveries.
       INSERT INTO ${WebhookAttempt} ("eventId", attempt, "customerId", url, "startedAt", "durationMs", "statusCode",
                                      error, "errorCode", "responseBody", "responseHeaders", worker)
       SELECT id, 1, $2, $4, $5::timestamptz, $6::int, $7::int, $3::text, $8, $9, $10::jsonb, $11 FROM finished`,
      eventId,
      customerId,
      result.error,
      url,
      result.startedAt.toISOString(),
      result.durationMs,
      result.statusCode,
      result.errorCode,
      result.responseBody,
      result.responseHeaders && JSON.stringify(result.responseHeaders),
      PROCESS_NAME,
    );
  }
}
