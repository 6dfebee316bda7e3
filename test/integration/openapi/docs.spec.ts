import { startService, type TestService } from '../../support/test-service';

jest.setTimeout(60_000);

let service: TestService;

beforeAll(async () => {
  service = await startService({
    role: 'api',
    eventTypes: [
      {
        name: 'invoice.paid',
        description: 'An invoice was paid.',
        schema: { type: 'object', $defs: { id: { type: 'string' } }, properties: { id: { $ref: '#/$defs/id' } } },
        example: { id: 'inv_1' },
        deprecated: { replacement: 'message.sent' },
      },
    ],
  });
});
afterAll(() => service.stop());

it('serves the description to everybody, and says when it has not changed', async () => {
  const { body, headers } = await service.request('get', '/openapi.json').expect(200);
  expect(headers).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'public, max-age=3600',
    'access-control-allow-origin': '*',
  });
  expect(body).toMatchObject({ openapi: '3.1.0', info: { title: 'Webhooks Module' } });
  const again = await service.request('get', '/openapi.json').set('If-None-Match', headers['etag']!).expect(304);
  expect(again.text).toBe('');
});

it('describes the events that the application has registered', async () => {
  const { body } = await service.request('get', '/openapi.json').expect(200);
  const { post } = body.webhooks['invoice.paid'];
  expect(post).toMatchObject({
    deprecated: true,
    requestBody: {
      content: {
        'application/json': {
          // By this name, its reference leads into itself and not into the document around it.
          schema: {
            properties: {
              data: { $id: 'urn:webhooks:event:invoice.paid', properties: { id: { $ref: '#/$defs/id' } } },
            },
          },
          example: { event: 'invoice.paid', data: { id: 'inv_1' } },
        },
      },
    },
  });
  expect(post.description).toMatch(/Use `message\.sent` instead\.$/);
});

it('has pages to read it, which load nothing from elsewhere and work without https', async () => {
  const { text: page, headers } = await service.request('get', '/docs').expect(200);
  const policy = headers['content-security-policy']!;
  expect(policy).toContain("script-src 'self';");
  expect(policy).not.toContain('upgrade-insecure-requests');
  const links = [...page.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, link]) => link!);
  expect(links.length).toBeGreaterThan(3);
  for (const link of links) {
    expect(link).toMatch(/^\.\/docs\//);
    await service.request('get', link.slice(1)).expect(200);
  }
  // The policy forbids scripts in the page itself.
  expect(page).not.toMatch(/<script(?![^>]*src=)/);
  const { text: start } = await service.request('get', '/docs/swagger-ui-init.js').expect(200);
  expect(start).toContain('"/webhook-events/batch"');
});
