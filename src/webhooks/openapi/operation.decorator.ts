import { ApiOperation } from '@nestjs/swagger';
import type { ProblemName } from './problem-codes';
import type { Schema } from './schema';

/** What is said of a route beside what its other decorators say. */
export interface OperationDetails {
  summary: string;
  description?: string;
  /** What is answered; nothing with 204. */
  answer?: Schema;
  /** When the answer comes, in words. */
  answerDescription?: string;
  /** Other statuses that answer with something else than a problem. */
  otherAnswers?: Readonly<Record<number, { description: string; schema: Schema }>>;
  /** The errors of its own: those of its guard, its body, its query and its id are known. */
  problems?: readonly ProblemName[];
  /** What the parts of its path are, where they are not the id of a thing. */
  parameters?: Readonly<Record<string, Schema>>;
  /** Request headers. */
  headers?: Readonly<Record<string, Schema>>;
  /** Where no DTO class describes the body. */
  body?: Schema;
}

/** A described route, as the document is put together from it. */
export interface DescribedRoute {
  details: OperationDetails;
  controller: object;
  handler: object;
  name: string | symbol;
}

const routes = new Map<string, DescribedRoute>();

/**
 * Describes a route in the API description.
 *
 * @param id its `operationId`: what a generated client may call it
 * @example
 * ```ts
 * @Get(':id')
 * @Operation('getApiKey', { summary: 'Show an API key', answer: API_KEY })
 * ```
 */
export function Operation(id: string, details: OperationDetails): MethodDecorator {
  const known = ApiOperation({ operationId: id, summary: details.summary });
  return (target, name, descriptor) => {
    routes.set(id, { details, controller: target.constructor, handler: descriptor.value as object, name });
    known(target, name, descriptor);
  };
}

/** The route that {@link Operation} described under this id. */
export const describedRoute = (id: string | undefined): DescribedRoute | undefined =>
  id === undefined ? undefined : routes.get(id);
