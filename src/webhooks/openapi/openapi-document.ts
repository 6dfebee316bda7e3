import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { EventTypesService } from '../event-types/event-types.service';
import { packageVersion } from '../package-version';
import { SECURITY_SCHEMES } from './access';
import { ANSWER_HEADERS } from './answer-headers';
import { operationObject } from './operation-object';
import { describedRoute } from './operation.decorator';
import { problemAnswers } from './problem-answers';
import { exampleProblem, PROBLEM_NAMES } from './problem-codes';
import { components } from './schema';
import { TAGS } from './tags';
import { webhookParameters, webhooksSection } from './webhooks-section';

/** What a host application may choose of its description. */
export interface OpenApiOptions {
  title?: string;
  description?: string;
  version?: string;
  /** Where the API is; default: where the description is. */
  servers?: readonly { url: string; description?: string }[];
}

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;

const DESCRIPTION = `API keys and reliable webhook delivery for a multi-tenant platform.

Errors are \`application/problem+json\` (RFC 9457) with a stable \`code\`. Lists that grow are pages: pass \`nextCursor\` as
\`cursor\` until it is null. Times are ISO 8601, UTC. Unknown fields are refused. What another customer has looks exactly
like what does not exist.`;

/**
 * The OpenAPI 3.1 description of an application: this module's routes and webhooks, and the host's own routes as
 * `@nestjs/swagger` describes them. Call it once the application was created; it need not have started.
 *
 * @example
 * ```ts
 * const app = await NestFactory.create(AppModule);
 * SwaggerModule.setup('docs', app, () => createOpenApiDocument(app, { title: 'Acme' }));
 * ```
 */
export function createOpenApiDocument(app: INestApplication, options: OpenApiOptions = {}): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle(options.title ?? 'Webhooks Module')
    .setDescription(options.description ?? DESCRIPTION)
    .setVersion(options.version ?? packageVersion())
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .setOpenAPIVersion('3.1.0')
    .build();
  const scanned = SwaggerModule.createDocument(app, config, { autoTagControllers: false });
  const own = describeOwnRoutes(scanned.paths);
  const tags = Object.entries(TAGS).filter(([name]) => own.has(name) || name === 'webhooks');
  return {
    ...scanned,
    servers: [...(options.servers ?? [{ url: '/' }])],
    tags: tags.map(([name, description]) => ({ name, description })),
    paths: sorted(scanned.paths),
    webhooks: webhooksSection(app.get(EventTypesService, { strict: false }).list()),
    components: ownComponents(scanned.components?.schemas ?? {}),
  };
}

type PathItem = Partial<Record<(typeof METHODS)[number], { operationId?: string }>>;

/** Puts what this module knows of its routes in the place of what was scanned. @returns the tags that are used */
function describeOwnRoutes(paths: Record<string, PathItem>): Set<string> {
  const tags = new Set<string>();
  for (const item of Object.values(paths)) {
    for (const method of METHODS) {
      const id = item[method]?.operationId;
      const route = describedRoute(id);
      if (id === undefined || route === undefined) continue;
      const operation = operationObject(id, route);
      item[method] = operation;
      for (const tag of operation['tags'] as string[]) tags.add(tag);
    }
  }
  return tags;
}

function ownComponents(scanned: Readonly<Record<string, unknown>>): object {
  const own = components();
  // The scan finds our DTO classes too, but knows nothing of their properties.
  const others = Object.entries(scanned).filter(([name]) => !Object.hasOwn(own, name.replace(/Dto$/, '')));
  return {
    schemas: sorted({ ...Object.fromEntries(others), ...own }),
    responses: sorted(problemAnswers()),
    headers: ANSWER_HEADERS,
    parameters: webhookParameters(),
    examples: Object.fromEntries(PROBLEM_NAMES.map((name) => [name, { value: exampleProblem(name) }])),
    securitySchemes: SECURITY_SCHEMES,
  };
}

const sorted = <Value>(record: Readonly<Record<string, Value>>): Record<string, Value> =>
  Object.fromEntries(Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1)));
