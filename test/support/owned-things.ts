import type { TestCustomer, TestService } from './test-service';

/** Makes one thing of a customer's, and tells its id. */
export type Maker = () => Promise<string>;

/** Makers of everything that a customer can have, each ready to be asked for, changed or ended. */
export interface OwnedThings {
  apiKey: Maker;
  /** One that can be restored. */
  deletedKey: Maker;
  rotatedKey: Maker;
  endpoint: Maker;
  /** An event, as it was accepted. */
  message: Maker;
  /** A delivery that is over. */
  delivery: Maker;
  replay: Maker;
}

/** @param receiverUrl where its endpoints are */
export function ownedThings(service: TestService, owner: TestCustomer, receiverUrl: string): OwnedThings {
  const idOf = (body: unknown): string => (body as { id: string }).id;
  const apiKey: Maker = async () =>
    idOf((await owner.request('post', '/api-keys', { name: 'another' }).expect(201)).body);
  const endpoint: Maker = async () => (await owner.endpoint(receiverUrl)).id;
  return {
    apiKey,
    endpoint,
    deletedKey: async () => {
      const id = await apiKey();
      await owner.request('delete', `/api-keys/${id}`).expect(204);
      return id;
    },
    rotatedKey: async () => {
      const id = await apiKey();
      await owner.request('post', `/api-keys/${id}/rotate`).expect(201);
      return id;
    },
    message: async () => (await owner.emit()).messageId,
    delivery: async () => {
      const id = await endpoint();
      const { eventIds } = await owner.emit();
      await service.sql(
        `UPDATE webhooks."WebhookEvent" SET status = 'FAILED', "enqueueAfter" = NULL, "nextAttemptAt" = NULL,
                "processedAt" = now() WHERE "customerId" = $1`,
        owner.id,
      );
      await owner.request('delete', `/webhook-endpoints/${await endpoint()}`).expect(204);
      const [found] = await service.sql<{ id: string }>(
        'SELECT id FROM webhooks."WebhookEvent" WHERE "endpointId" = $1 AND id = ANY($2)',
        id,
        eventIds,
      );
      return found?.id ?? '';
    },
    replay: async () => {
      // Replays that run are few per customer.
      await service.sql(`UPDATE webhooks."WebhookReplay" SET status = 'CANCELLED' WHERE "customerId" = $1`, owner.id);
      const body = { from: '2020-01-01T00:00:00Z' };
      return idOf((await owner.request('post', '/webhook-replays', body).expect(202)).body);
    },
  };
}

const KINDS: Readonly<Record<string, keyof OwnedThings>> = {
  'POST /api-keys/{id}/restore': 'deletedKey',
  'GET /api-keys/{id}/rotation': 'rotatedKey',
  'api-keys': 'apiKey',
  'webhook-endpoints': 'endpoint',
  'webhook-events': 'delivery',
  'webhook-messages': 'message',
  'webhook-replays': 'replay',
};

/** What the id in a path is the id of. @param route `GET /api-keys/{id}` */
export function kindOf(route: string): keyof OwnedThings {
  const [, collection = ''] = route.split('/');
  const kind = KINDS[route] ?? KINDS[collection];
  if (kind === undefined) throw new Error(`${route}: nobody has said what its id is the id of.`);
  return kind;
}
