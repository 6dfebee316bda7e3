import type { NestExpressApplication } from '@nestjs/platform-express';
import { SwaggerModule } from '@nestjs/swagger';
import type { Express, NextFunction, Request, Response } from 'express';
import helmet from 'helmet';
import { createHash } from 'node:crypto';
import { createServiceDescription } from './service-description';

const DOCS = 'docs';
const ONE_HOUR_S = 3_600;

/**
 * Serves the API description at `/openapi.json` and a browser for it at `/docs`: open to everybody, since both say only
 * what the product's documentation says. The pages load nothing from elsewhere.
 */
export function serveApiDocs(app: NestExpressApplication): void {
  let built: ReturnType<typeof createServiceDescription> | undefined;
  // Put together when somebody asks: most processes are never asked.
  const document = (): ReturnType<typeof createServiceDescription> => (built ??= createServiceDescription(app));
  let answer: { body: string; tag: string } | undefined;

  const express: Express = app.getHttpAdapter().getInstance();
  express.get('/openapi.json', (request, response) => {
    answer ??= taggedJson(document());
    response.set({ 'Cache-Control': `public, max-age=${ONE_HOUR_S}`, ETag: answer.tag });
    // Whoever reads it from another origin reads nothing that is secret.
    response.set({ 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' });
    response.type('json');
    if (request.fresh) response.status(304).end();
    else response.send(answer.body);
  });
  app.use(`/${DOCS}`, allowPlainHttp);
  SwaggerModule.setup(DOCS, app, document, {
    raw: false,
    customSiteTitle: 'Webhooks Module API',
    swaggerOptions: { persistAuthorization: false, displayRequestDuration: true, docExpansion: 'none' },
  });
}

/** helmet's policy, without the order to load everything over https: that breaks the page where there is none. */
const allowPlainHttp: (request: Request, response: Response, next: NextFunction) => void = helmet.contentSecurityPolicy(
  { directives: { upgradeInsecureRequests: null } },
);

function taggedJson(document: object): { body: string; tag: string } {
  const body = JSON.stringify(document);
  return { body, tag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"` };
}
