import { HttpStatus, RequestMethod } from '@nestjs/common';
import {
  GUARDS_METADATA,
  HEADERS_METADATA,
  HTTP_CODE_METADATA,
  METHOD_METADATA,
  PATH_METADATA,
  ROUTE_ARGS_METADATA,
} from '@nestjs/common/constants';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum';
import { REQUIRED_PERMISSIONS } from '../decorators/require-permissions.decorator';
import { isOptionalBody } from '../http/optional-body.decorator';
import { titleOf } from '../http/problem';
import { UuidPipe } from '../http/uuid.pipe';
import { ACCESS } from './access';
import { headersOf, type AnswerTraits } from './answer-headers';
import { dtoFields, dtoSchema } from './dto-schema';
import type { DescribedRoute } from './operation.decorator';
import { problemAnswer } from './problem-answers';
import { statusOf, type ProblemName } from './problem-codes';
import { exampleOf, uuid, type Schema } from './schema';

type Dto = abstract new () => object;

/** A parameter of a handler, as Nest's decorators describe it. */
interface Argument {
  /** One of `RouteParamtypes`. */
  kind: number;
  /** The name of a path parameter. */
  data: unknown;
  pipes: readonly unknown[];
  type: unknown;
}

/** What a route's decorators say of it. */
interface Facts extends DescribedRoute {
  path: string;
  guards: readonly string[];
  permissions: readonly string[];
  status: number;
  isSecret: boolean;
  changes: boolean;
  pathParameters: readonly Argument[];
  query: Dto | undefined;
  body: Dto | undefined;
}

const { PARAM, QUERY, BODY }: Record<'PARAM' | 'QUERY' | 'BODY', number> = RouteParamtypes;
const JSON_MEDIA_TYPE = 'application/json';
const QUERY_OF_A_PAGE = 'cursor';

/** The description of one route, put together from its decorators, its DTOs and its guard. */
export function operationObject(id: string, route: DescribedRoute): Record<string, unknown> {
  const facts = factsOf(route);
  const { details, permissions } = facts;
  const access = accessOf(facts);
  const needs = permissions.length === 0 ? [] : [`Requires the permission \`${permissions.join('`, `')}\`.`];
  const description = [...(details.description === undefined ? [] : [details.description]), ...needs].join('\n\n');
  return {
    operationId: id,
    tags: [facts.path],
    summary: details.summary,
    ...(description === '' ? {} : { description }),
    parameters: parametersOf(facts),
    ...requestBodyOf(facts),
    responses: { ...answersOf(facts), ...problemsOf(facts) },
    // A list of permissions is what OpenAPI 3.1 calls the roles of a requirement.
    security: access.flatMap(({ schemes }) => schemes.map((scheme) => ({ [scheme]: [...permissions] }))),
    ...(permissions.length === 0 ? {} : { 'x-required-permissions': permissions }),
  };
}

function factsOf(route: DescribedRoute): Facts {
  const { controller, handler } = route;
  const both = <Item>(key: string): Item[] =>
    [controller, handler].flatMap((target) => (read(key, target) as Item[] | undefined) ?? []);
  const method = (read(METHOD_METADATA, handler) as RequestMethod | undefined) ?? RequestMethod.GET;
  const successOf = method === RequestMethod.POST ? HttpStatus.CREATED : HttpStatus.OK;
  const headers = (read(HEADERS_METADATA, handler) as { name: string; value: string }[] | undefined) ?? [];
  const args = argumentsOf(route);
  return {
    ...route,
    path: String(read(PATH_METADATA, controller)),
    guards: both<{ name: string }>(GUARDS_METADATA).map(({ name }) => name),
    permissions: [...new Set(both<string>(REQUIRED_PERMISSIONS))],
    status: (read(HTTP_CODE_METADATA, handler) as number | undefined) ?? successOf,
    isSecret: headers.some(({ name, value }) => name === 'Cache-Control' && value === 'no-store'),
    changes: method !== RequestMethod.GET,
    pathParameters: args.filter(({ kind, data }) => kind === PARAM && typeof data === 'string'),
    query: dtoOf(args, QUERY),
    body: dtoOf(args, BODY),
  };
}

function argumentsOf({ controller, name }: DescribedRoute): Argument[] {
  type Stored = Readonly<Record<string, { index: number; data?: unknown; pipes?: unknown[] }>>;
  const stored = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, name) ?? {}) as Stored;
  const prototype = (controller as { prototype: object }).prototype;
  const types = (Reflect.getMetadata('design:paramtypes', prototype, name) ?? []) as unknown[];
  // The keys are `<kind>:<index>`.
  return Object.entries(stored).map(([key, { index, data, pipes = [] }]) => {
    return { kind: Number(key.split(':')[0]), data, pipes, type: types[index] };
  });
}

const dtoOf = (args: readonly Argument[], kind: number): Dto | undefined =>
  args.find((argument) => argument.kind === kind)?.type as Dto | undefined;

const accessOf = ({ guards }: Facts) =>
  guards.flatMap((name) => {
    const access = ACCESS[name];
    return access === undefined ? [] : [access];
  });

function parametersOf(facts: Facts): object[] {
  const { details, pathParameters, query } = facts;
  const inPath = pathParameters.map(({ data }) => {
    const name = data as string;
    return parameter('path', name, details.parameters?.[name] ?? uuid('Which one.'), true);
  });
  const inQuery = (query === undefined ? [] : dtoFields(query)).map(({ name, schema, required }) =>
    parameter('query', name, schema, required),
  );
  const headers = [details.headers ?? {}, ...accessOf(facts).map((access) => access.headers ?? {})];
  const inHeaders = headers.flatMap((some) =>
    Object.entries(some).map(([name, schema]) => parameter('header', name, schema, false)),
  );
  return [...inPath, ...inQuery, ...inHeaders];
}

function parameter(place: string, name: string, { description, ...schema }: Schema, required: boolean): object {
  return { name, in: place, required, ...(description === undefined ? {} : { description }), schema };
}

function requestBodyOf({ details, body }: Facts): object {
  const schema = details.body ?? (body === undefined ? undefined : dtoSchema(body));
  if (schema === undefined) return {};
  const required = body === undefined || !isOptionalBody(body);
  return { requestBody: { required, content: { [JSON_MEDIA_TYPE]: { schema, example: exampleOf(schema) } } } };
}

function answersOf(facts: Facts): Record<string, object> {
  const { details, status } = facts;
  const headers = headersOf(traitsOf(facts));
  const description = details.answerDescription ?? titleOf(status);
  const others = Object.entries(details.otherAnswers ?? {}).map(([code, { description: words, schema }]) => [
    code,
    { description: words, headers, content: { [JSON_MEDIA_TYPE]: { schema, example: exampleOf(schema) } } },
  ]);
  const { answer } = details;
  const content =
    answer === undefined ? {} : { content: { [JSON_MEDIA_TYPE]: { schema: answer, example: exampleOf(answer) } } };
  return { [status]: { description, headers, ...content }, ...(Object.fromEntries(others) as object) };
}

/** The errors of a route: an answer for each status, which names the codes. */
function problemsOf(facts: Facts): Record<string, object> {
  const byStatus = new Map<number, ProblemName[]>();
  for (const name of new Set(problemNames(facts))) {
    byStatus.set(statusOf(name), [...(byStatus.get(statusOf(name)) ?? []), name]);
  }
  const statuses = [...byStatus].sort(([one], [other]) => one - other);
  return Object.fromEntries(statuses.map(([status, names]) => [status, problemAnswer(status, names, traitsOf(facts))]));
}

function problemNames(facts: Facts): ProblemName[] {
  const { details, guards, permissions, pathParameters, query, changes } = facts;
  if (guards.length === 0) return [...(details.problems ?? [])];
  const hasBody = facts.body !== undefined || details.body !== undefined;
  const isPaged = query !== undefined && dtoFields(query).some(({ name }) => name === QUERY_OF_A_PAGE);
  const names: (ProblemName | false)[] = [
    (hasBody || query !== undefined || pathParameters.length > 0) && 'invalid_request',
    ...(hasBody ? (['invalid_body', 'nested_too_deeply', 'payload_too_large', 'unsupported_media_type'] as const) : []),
    pathParameters.some(({ pipes }) => pipes.includes(UuidPipe)) && 'invalid_id',
    isPaged && 'invalid_cursor',
    ...(details.problems ?? []),
    ...accessOf(facts).flatMap(({ problems }) => problems),
    permissions.length > 0 && 'permission_missing',
    pathParameters.length > 0 && 'not_found',
    'internal_error',
    'database_unavailable',
    changes && 'database_conflict',
  ];
  return names.filter((name) => name !== false);
}

const traitsOf = (facts: Facts): AnswerTraits => ({
  isRateLimited: accessOf(facts).some((access) => access.isRateLimited),
  isSecret: facts.isSecret,
});

const read = (key: string, target: object): unknown => Reflect.getMetadata(key, target);
