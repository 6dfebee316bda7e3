import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../database/prisma.service';
import type { StoredOutcome, TimelineAttempt, TimelineDelivery, TimelineRows, TimelineTarget } from './timeline.types';

/** Reads all that is known about one emit. */
@Injectable()
export class TimelineRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** @returns null when the customer has no such message */
  async read(customerId: string, messageId: string): Promise<TimelineRows | null> {
    const message = await this.prisma.webhookMessage.findFirst({
      where: { id: messageId, customerId },
      select: { id: true, event: true, createdAt: true, outcomes: true },
    });
    if (message === null) return null;
    const outcomes = message.outcomes as unknown as readonly StoredOutcome[];
    const [targets, deliveries, attempts] = await Promise.all([
      this.targets(
        customerId,
        outcomes.map(({ endpointId }) => endpointId),
      ),
      this.deliveries(customerId, messageId),
      this.attempts(customerId, messageId),
    ]);
    return { message: { ...message, outcomes }, targets, deliveries, attempts };
  }

  /** @returns null when the customer has no such delivery */
  async messageOf(customerId: string, eventId: string): Promise<string | null> {
    const found = await this.prisma.webhookEvent.findFirst({
      where: { id: eventId, customerId },
      select: { messageId: true },
    });
    return found?.messageId ?? null;
  }

  /** Deleted ones too: the log is about them. */
  private async targets(customerId: string, ids: string[]): Promise<TimelineTarget[]> {
    return this.prisma.webhookEndpoint.findMany({
      where: { id: { in: ids }, customerId },
      select: { id: true, url: true, state: true, disabledReason: true, deletedAt: true },
    });
  }

  private async deliveries(customerId: string, messageId: string): Promise<TimelineDelivery[]> {
    return this.prisma.webhookEvent.findMany({
      where: { messageId, customerId },
      select: {
        id: true,
        status: true,
        attempts: true,
        roundStart: true,
        lastError: true,
        processedAt: true,
        nextAttemptAt: true,
        heldReason: true,
      },
    });
  }

  private async attempts(customerId: string, messageId: string): Promise<TimelineAttempt[]> {
    return this.prisma.webhookAttempt.findMany({
      where: { customerId, event: { messageId, customerId } },
      select: {
        eventId: true,
        attempt: true,
        startedAt: true,
        durationMs: true,
        statusCode: true,
        error: true,
        errorCode: true,
      },
      orderBy: { attempt: 'asc' },
    });
  }
}
