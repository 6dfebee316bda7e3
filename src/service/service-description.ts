import type { INestApplication } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import { createOpenApiDocument } from '../webhooks/openapi/openapi-document';

const NAME = 'X-Request-Id';
const SCHEMA = { type: 'string', examples: ['0198c0de-0000-7000-8000-000000000000'] };

const PARAMETER = {
  name: NAME,
  in: 'header',
  required: false,
  description:
    'An id of your own for the request: the answer and the service’s log lines for it have the same. What is not well-formed, or looks like a key, is ignored.',
  // Not the pattern that request-id.ts asks for: what does not fit is not refused.
  schema: SCHEMA,
};
const HEADER = {
  description:
    'The request’s id, by which its log lines are found: its own `X-Request-Id`, else the id of its trace, else a new one.',
  schema: SCHEMA,
};

/** An answer, or where it is described. */
interface Answer {
  $ref?: string;
  headers?: Record<string, object>;
}

/** What is added to; the module put it there. */
interface Document {
  paths: Record<string, Record<string, { parameters: object[]; responses: Record<string, Answer> }>>;
  components: {
    responses: Record<string, Answer>;
    headers: Record<string, object>;
    parameters: Record<string, object>;
  };
}

/** The module's description, and what is true of every request to the service: request-log.ts gives each an id. */
export function createServiceDescription(app: INestApplication): OpenAPIObject {
  // Parts of the module's are shared with other descriptions.
  const document = structuredClone(createOpenApiDocument(app));
  const { paths, components } = document as unknown as Document;
  components.parameters[NAME] = PARAMETER;
  components.headers[NAME] = HEADER;
  const operations = Object.values(paths).flatMap((item) => Object.values(item));
  for (const { parameters } of operations) parameters.push({ $ref: `#/components/parameters/${NAME}` });
  const answers = [components, ...operations].flatMap(({ responses }) => Object.values(responses));
  for (const answer of answers.filter(({ $ref }) => $ref === undefined)) {
    answer.headers = { ...answer.headers, [NAME]: { $ref: `#/components/headers/${NAME}` } };
  }
  return document;
}
