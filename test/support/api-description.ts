import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';

/** JSON Schema, as the description has it. */
export type Schema = Readonly<Record<string, any>>;

/** A described route. */
export interface DescribedOperation {
  /** `GET /api-keys/{id}` */
  readonly name: string;
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  readonly path: string;
  readonly operationId: string;
  readonly permissions: readonly string[];
  /** Names of the ways to sign in. */
  readonly security: readonly string[];
  readonly parameters: readonly { name: string; in: 'path' | 'query' | 'header'; required: boolean; schema: Schema }[];
  /** With its references followed one step. */
  readonly body: { schema: Schema; example: any; required: boolean } | undefined;
  /** The status of its success. */
  readonly success: number;
}

/** What a request was answered. */
export interface Answer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: unknown;
  text: string;
}

const REQUIRED_HEADERS: Readonly<Record<number, string>> = {
  401: 'www-authenticate',
  429: 'retry-after',
  503: 'retry-after',
};
/** The rest is HTTP’s own, or helmet’s. */
const HEADERS_OF_ERRORS = /^(?:retry-after|www-authenticate)$/;
const HEADERS_OF_ANSWERS = /^(?:ratelimit.*|retry-after|www-authenticate|cache-control)$/;

/** An API description that answers are held against. */
export class ApiDescription {
  private readonly ajv = addFormats(new Ajv2020({ strict: false, validateSchema: false, allErrors: true }));

  constructor(readonly document: Record<string, any>) {
    this.ajv.addSchema(closed(document), 'api');
  }

  operations(): DescribedOperation[] {
    return Object.entries<Record<string, any>>(this.document['paths']).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => this.toOperation(method, path, operation)),
    );
  }

  /** What a reference leads to. */
  resolve(schema: Schema): Schema {
    const { $ref } = schema;
    if (typeof $ref !== 'string') return schema;
    const parts = $ref.slice(2).split('/').map(unescaped);
    return parts.reduce<any>((value, part) => value[part], this.document);
  }

  /** How the answer differs from what is described; none = it does not. */
  problemsOf(operation: DescribedOperation, { status, headers, body, text }: Answer): string[] {
    const pointer = ['paths', operation.path, operation.method, 'responses', String(status)];
    const response = this.at(pointer);
    if (response === undefined) return [`${status} is not described`];
    const mediaType = headers['content-type']?.split(';')[0];
    const problems: string[] = [];
    const { content = {}, headers: described = {} } = this.resolve(response);
    if (text === '') {
      if (Object.keys(content).length > 0) problems.push(`${status} has no body, but one is described`);
    } else if (mediaType === undefined || content[mediaType] === undefined) {
      problems.push(`${status} is ${mediaType ?? 'of no type'}, which is not described`);
    } else {
      problems.push(...this.misfits(this.schemaAt(pointer, response, mediaType), body));
    }
    const names = Object.keys(described).map((name) => name.toLowerCase());
    const checked = status < 400 ? HEADERS_OF_ANSWERS : HEADERS_OF_ERRORS;
    const extra = Object.keys(headers).filter((name) => checked.test(name) && !names.includes(name));
    problems.push(...extra.map((name) => `${name} is not described`));
    const required = REQUIRED_HEADERS[status];
    if (required !== undefined && headers[required] === undefined) problems.push(`${status} has no ${required}`);
    return problems;
  }

  /** How a value differs from a schema of the description. @param pointer `#/…` */
  misfits(pointer: string, value: unknown): string[] {
    const validate = this.validator(pointer);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath || '/'} ${message ?? ''} ${JSON.stringify(params)}`,
    );
  }

  private schemaAt(pointer: readonly string[], response: Schema, mediaType: string): string {
    const base = typeof response['$ref'] === 'string' ? response['$ref'] : `#/${pointer.map(escaped).join('/')}`;
    return `${base}/content/${escaped(mediaType)}/schema`;
  }

  private validator(pointer: string): ValidateFunction {
    const ref = `api${pointer}`;
    return this.ajv.getSchema(ref) ?? this.ajv.compile({ $ref: ref });
  }

  private at(pointer: readonly string[]): Schema | undefined {
    return pointer.reduce<any>((value, part) => value?.[part], this.document);
  }

  private toOperation(method: string, path: string, operation: Record<string, any>): DescribedOperation {
    const content = operation['requestBody']?.content['application/json'];
    return {
      name: `${method.toUpperCase()} ${path}`,
      method: method as DescribedOperation['method'],
      path,
      operationId: operation['operationId'],
      permissions: operation['x-required-permissions'] ?? [],
      security: (operation['security'] ?? []).flatMap((one: object) => Object.keys(one)),
      parameters: operation['parameters'] ?? [],
      body:
        content === undefined
          ? undefined
          : {
              schema: this.resolve(content.schema),
              example: content.example,
              required: operation['requestBody'].required,
            },
      success: Number(Object.keys(operation['responses']).find((status) => status.startsWith('2'))),
    };
  }
}

const escaped = (part: string): string => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
const unescaped = (part: string): string => part.replaceAll('~1', '/').replaceAll('~0', '~');

/** A copy in which an object has no fields but those that are described: clients take more, this test does not. */
function closed(value: any, isPart = false): any {
  if (Array.isArray(value)) return value.map((entry) => closed(entry, isPart));
  if (typeof value !== 'object' || value === null) return value;
  const copy = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, closed(inner, key === 'allOf')]));
  const isOpenShape =
    copy['type'] === 'object' && copy['properties'] !== undefined && !('additionalProperties' in copy);
  return isOpenShape && !isPart ? { ...copy, additionalProperties: false } : copy;
}
