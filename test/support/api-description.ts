import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';

/** JSON Schema, as far as the description uses it. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  additionalProperties?: boolean | Schema;
  propertyNames?: Schema;
  items?: Schema;
  anyOf?: readonly Schema[];
  oneOf?: readonly Schema[];
  enum?: readonly unknown[];
  const?: unknown;
  examples?: readonly unknown[];
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  minProperties?: number;
}

/** Something, or where it is described. */
type OrReference<Value> = Value | { $ref: string };

export interface MediaType {
  schema: Schema;
  example?: unknown;
  examples?: Readonly<Record<string, OrReference<{ value: unknown }>>>;
}

interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  schema: Schema;
}

interface OperationObject {
  operationId: string;
  description?: string;
  security?: readonly Readonly<Record<string, readonly string[]>>[];
  'x-required-permissions'?: readonly string[];
  parameters?: readonly OrReference<Parameter>[];
  requestBody?: { required: boolean; content: Readonly<Record<string, MediaType>> };
  responses: Readonly<Record<string, OrReference<ResponseObject>>>;
}

interface ResponseObject {
  content?: Readonly<Record<string, MediaType>>;
  headers?: object;
}

/** An OpenAPI 3.1 document, as far as tests read it. */
export interface OpenApi {
  paths: Readonly<Record<string, Readonly<Record<string, OperationObject>>>>;
  webhooks: Readonly<Record<string, { post: OperationObject }>>;
  components: {
    examples: Readonly<Record<string, { value: { code: string } }>>;
    responses: object;
    securitySchemes: object;
  };
}

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
  readonly parameters: readonly Parameter[];
  /** With its references followed one step. */
  readonly body: { schema: Schema; example: unknown; required: boolean } | undefined;
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
/** HTTP’s own, of every answer of every server. Whatever else an answer has must be described. */
const TRANSPORT = ['connection', 'content-length', 'content-type', 'date', 'keep-alive', 'transfer-encoding'];
/** helmet’s: browsers read them, clients do not. Named each, so that another `x-…` is missed. */
const FOR_BROWSERS = [
  'content-security-policy',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'origin-agent-cluster',
  'referrer-policy',
  'strict-transport-security',
  'x-content-type-options',
  'x-dns-prefetch-control',
  'x-download-options',
  'x-frame-options',
  'x-permitted-cross-domain-policies',
  'x-xss-protection',
];
const UNDESCRIBED_HEADERS = new Set([...TRANSPORT, ...FOR_BROWSERS]);

/** An API description that answers are held against. */
export class ApiDescription {
  private readonly ajv = addFormats(new Ajv2020({ strict: false, validateSchema: false, allErrors: true }));

  readonly document: OpenApi;

  constructor(document: object) {
    this.document = document as OpenApi;
    this.ajv.addSchema(closed(document) as object, 'api');
  }

  operations(): DescribedOperation[] {
    return Object.entries(this.document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => this.toOperation(method, path, operation)),
    );
  }

  /** What a reference leads to; undefined when that is nowhere. */
  resolve<Value extends object>(value: OrReference<Value>): Value {
    if (!('$ref' in value) || typeof value.$ref !== 'string') return value as Value;
    const parts = value.$ref.slice(2).split('/').map(unescaped);
    return parts.reduce<unknown>((inner, part) => (inner as Record<string, unknown>)[part], this.document) as Value;
  }

  /** How the answer differs from what is described; none = it does not. */
  problemsOf(operation: DescribedOperation, { status, headers, body, text }: Answer): string[] {
    const pointer = ['paths', operation.path, operation.method, 'responses', String(status)];
    const response = this.document.paths[operation.path]?.[operation.method]?.responses[String(status)];
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
    const extra = Object.keys(headers).filter((name) => !UNDESCRIBED_HEADERS.has(name) && !names.includes(name));
    problems.push(...extra.map((name) => `${name} is not described`));
    const required = REQUIRED_HEADERS[status];
    if (required !== undefined && headers[required] === undefined) problems.push(`${status} has no ${required}`);
    return problems;
  }

  /** How a request's body differs from what is described; none = it does not. */
  bodyMisfits({ path, method }: DescribedOperation, body: unknown): string[] {
    const pointer = ['paths', path, method, 'requestBody', 'content', 'application/json', 'schema'];
    return this.misfits(`#/${pointer.map(escaped).join('/')}`, body);
  }

  /** How a value differs from a schema of the description. @param pointer `#/…` */
  misfits(pointer: string, value: unknown): string[] {
    const validate = this.validator(pointer);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath || '/'} ${message ?? ''} ${JSON.stringify(params)}`,
    );
  }

  private schemaAt(pointer: readonly string[], response: OrReference<ResponseObject>, mediaType: string): string {
    const base = '$ref' in response ? response.$ref : `#/${pointer.map(escaped).join('/')}`;
    return `${base}/content/${escaped(mediaType)}/schema`;
  }

  private validator(pointer: string): ValidateFunction {
    const ref = `api${pointer}`;
    return this.ajv.getSchema(ref) ?? this.ajv.compile({ $ref: ref });
  }

  private toOperation(method: string, path: string, operation: OperationObject): DescribedOperation {
    const { operationId, security = [], parameters = [], requestBody, responses } = operation;
    const content = requestBody?.content['application/json'];
    return {
      name: `${method.toUpperCase()} ${path}`,
      method: method as DescribedOperation['method'],
      path,
      operationId,
      permissions: operation['x-required-permissions'] ?? [],
      security: security.flatMap((one) => Object.keys(one)),
      parameters: parameters.map((parameter) => this.resolve(parameter)),
      body:
        requestBody === undefined || content === undefined
          ? undefined
          : { schema: this.resolve(content.schema), example: content.example, required: requestBody.required },
      success: Number(Object.keys(responses).find((status) => status.startsWith('2'))),
    };
  }
}

const escaped = (part: string): string => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
const unescaped = (part: string): string => part.replaceAll('~1', '/').replaceAll('~0', '~');

/** A copy in which an object has no fields but those that are described: clients take more, this test does not. */
function closed(value: unknown, isPart = false): unknown {
  if (Array.isArray(value)) return value.map((entry) => closed(entry, isPart));
  if (typeof value !== 'object' || value === null) return value;
  const copy = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, closed(inner, key === 'allOf')]));
  const { type, properties, additionalProperties } = copy as Schema;
  const isOpenShape = type === 'object' && properties !== undefined && additionalProperties === undefined;
  return isOpenShape && !isPart ? { ...copy, additionalProperties: false } : copy;
}
