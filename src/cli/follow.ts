import type { EventDetail, EventSummary } from '../webhooks/events/events.service';

/** What happened since the last look. */
export type Happening =
  | { type: 'event'; at: Date; delivery: EventSummary }
  | { type: 'attempt'; at: Date; delivery: EventSummary; attempt: EventDetail['attemptLog'][number] };

/** Where a customer's deliveries are read. */
export interface DeliverySource {
  /** Newest first, those accepted at `from` or later, from the page after `cursor` on. */
  list: (from: Date, cursor: string | undefined) => Promise<{ data: EventSummary[]; nextCursor: string | null }>;
  get: (id: string) => Promise<EventDetail>;
}

/** Ids sort by time, and rows of the same moment are committed in any order: each look goes back this far. */
const LOOK_BACK_MS = 60_000;
/** Pages of one look. A customer with more is followed with gaps. */
const MAX_PAGES = 20;
/** Older deliveries that wait for a retry, and are looked at in one look. */
const MAX_WAITING = 20;

interface Known {
  attempts: number;
  isWaiting: boolean;
}

/** Follows a customer's deliveries by looking again and again. */
export class Follower {
  private readonly known = new Map<string, Known>();
  private lookedAt: Date;

  /** @param since what was accepted before is not shown */
  constructor(
    private readonly source: DeliverySource,
    private readonly since: Date,
  ) {
    this.lookedAt = since;
  }

  /** What is new, in the order in which it happened. */
  async look(now = new Date()): Promise<Happening[]> {
    const from = new Date(Math.max(this.since.getTime(), this.lookedAt.getTime() - LOOK_BACK_MS));
    const recent = await this.read(from);
    const seen = new Set(recent.map(({ id }) => id));
    const waiting = [...this.known].filter(([id, { isWaiting }]) => isWaiting && !seen.has(id)).slice(0, MAX_WAITING);
    const happenings: Happening[] = [];
    for (const delivery of recent) happenings.push(...(await this.compare(delivery)));
    for (const [id] of waiting) happenings.push(...(await this.lookAgain(id)));
    this.lookedAt = now;
    this.forget(from, seen);
    return happenings.sort((one, other) => one.at.getTime() - other.at.getTime());
  }

  private async read(from: Date): Promise<EventSummary[]> {
    const deliveries: EventSummary[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const { data, nextCursor } = await this.source.list(from, cursor);
      deliveries.push(...data);
      if (nextCursor === null) break;
      cursor = nextCursor;
    }
    return deliveries;
  }

  private async compare(delivery: EventSummary): Promise<Happening[]> {
    const { id, attempts, createdAt: at } = delivery;
    const before = this.known.get(id);
    const news: Happening[] = before === undefined ? [{ type: 'event', at, delivery }] : [];
    const made = before?.attempts ?? 0;
    this.remember(delivery);
    if (attempts === made) return news;
    const { attemptLog } = await this.source.get(id);
    for (const attempt of attemptLog) {
      if (attempt.attempt > made && attempt.attempt <= attempts)
        news.push({ type: 'attempt', at: attempt.startedAt, delivery, attempt });
    }
    return news;
  }

  private async lookAgain(id: string): Promise<Happening[]> {
    // Looked at last, so that the next ones get their turn.
    const before = this.known.get(id);
    this.known.delete(id);
    if (before !== undefined) this.known.set(id, before);
    return this.compare(await this.source.get(id));
  }

  private remember({ id, attempts, status }: EventSummary): void {
    this.known.set(id, { attempts, isWaiting: status === 'PENDING' });
  }

  /** What is over, and will not be read again. */
  private forget(from: Date, seen: ReadonlySet<string>): void {
    for (const [id, { isWaiting }] of this.known) {
      if (!isWaiting && !seen.has(id) && from > this.since) this.known.delete(id);
    }
  }
}
