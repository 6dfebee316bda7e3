import { Inject, Injectable } from '@nestjs/common';
import { WebhooksMetrics } from '../../metrics/webhooks-metrics';
import { matchesEvent } from '../events/endpoint-matching';
import { notFound, WebhooksError, type FieldError } from '../webhooks.errors';
import { WEBHOOKS_OPTIONS, type ResolvedOptions } from '../webhooks.options';
import { buildCatalogue, type CatalogueEntry, type EventType } from './catalogue';
import { isPlainJson } from './plain-json';
import { OPERATIONAL_EVENT_TYPES, PLATFORM_EVENT_TYPES } from './platform-event-types';

export type { EventType };

/** The catalogue of event types: the platform's, the host application's, and those that only the system emits. */
@Injectable()
export class EventTypesService {
  private readonly catalogue: ReadonlyMap<string, CatalogueEntry>;

  /** @throws EventCatalogueError when a registered type is wrong: then the application does not start */
  constructor(@Inject(WEBHOOKS_OPTIONS) { eventTypes }: ResolvedOptions, metrics: WebhooksMetrics) {
    this.catalogue = buildCatalogue([...PLATFORM_EVENT_TYPES, ...eventTypes], OPERATIONAL_EVENT_TYPES);
    metrics.nameEvents([...this.catalogue.keys()]);
  }

  /** Every type, by name. */
  list(): EventType[] {
    return [...this.catalogue.values()].map(({ type }) => type).sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** @throws WebhooksError `not_found` */
  get(name: string): EventType {
    const entry = this.catalogue.get(name);
    if (entry === undefined) throw notFound('event type', 'name');
    return entry.type;
  }

  /** The types that an entry of an endpoint's `events` includes, by name: a name, `message.*`, or `*`. */
  matching(pattern: string): EventType[] {
    return this.list().filter(({ name }) => matchesEvent(pattern, name));
  }

  /** @throws WebhooksError `unknown_event_type`, which lists the known ones */
  assertKnown(name: string, field = 'event'): void {
    if (this.catalogue.has(name)) return;
    throw this.unknown(field, 'is not a known event type');
  }

  /**
   * Checks what an endpoint asks for: a name, `message.*`, or `*`.
   * @throws WebhooksError `unknown_event_type` when it includes no known one, which lists them
   */
  assertMatchesKnown(pattern: string, field: string): void {
    if (this.matching(pattern).length > 0) return;
    throw this.unknown(field, pattern.endsWith('.*') ? 'matches no known event type' : 'is not a known event type');
  }

  /** @throws WebhooksError `unknown_event_type`, `event_type_operational` when only the system may emit it */
  assertPublishable(name: string): void {
    this.assertKnown(name);
    if (this.catalogue.get(name)?.type.operational !== true) return;
    throw unprocessable('event_type_operational', 'event', 'is emitted by the system only');
  }

  /**
   * Checks what will be sent against the type's schema: a Date in `data` counts as the string that it becomes.
   *
   * @param body the complete body that was built from `data`; it is read only where `data` is not JSON already
   * @throws WebhooksError `event_data_invalid`, which names the fields
   */
  checkData(name: string, data: unknown, body: string): void {
    const check = this.catalogue.get(name)?.check;
    if (check === undefined) return;
    const sent = isPlainJson(data) ? data : (JSON.parse(body) as { data: unknown }).data;
    const errors: FieldError[] = check(sent);
    if (errors.length === 0) return;
    const list = errors.map(({ field, message }) => `${field} ${message}`).join('; ');
    const detail = `The data does not fit the schema of ${name}, see GET /event-types/${name}: ${list}.`;
    throw new WebhooksError('unprocessable', 'event_data_invalid', detail, errors);
  }

  private unknown(field: string, what: string): WebhooksError {
    const known = this.list().map((type) => type.name);
    return unprocessable('unknown_event_type', field, `${what}; known are ${known.join(', ')}`);
  }
}

function unprocessable(code: string, field: string, message: string): WebhooksError {
  return new WebhooksError('unprocessable', code, `${field}: ${message}`, [{ field, message }]);
}
