import { SchemaCompiler, type SchemaCheck } from './event-schema';

/** An event type, as a host application registers it. */
export interface EventTypeDefinition {
  /** Parts of `[a-z0-9_]`, joined by dots, at least two, at most 100 characters: `invoice.paid`. */
  name: string;
  /** A sentence for the customer's developer. */
  description: string;
  /** JSON Schema 2020-12 of `data`. Without one, any object is accepted. */
  schema?: object | undefined;
  /** `data` of such an event, as JSON. It must fit the schema. */
  example?: object | undefined;
  /** What it is listed under; default: the first part of its name. */
  group?: string | undefined;
  /** It still works, but should not be used any more. */
  deprecated?: { /** The event type to use instead. */ replacement?: string | undefined } | undefined;
}

/** An event type, as the API shows it. */
export interface EventType {
  name: string;
  description: string;
  group: string;
  /** Emitted by the system only. */
  operational: boolean;
  deprecated: boolean;
  /** What to use instead of a deprecated one. */
  replacement: string | null;
  /** JSON Schema of `data`; null = any object. */
  schema: object | null;
  example: object | null;
}

/** An event type and its check. */
export interface CatalogueEntry {
  type: EventType;
  /** Undefined = any object fits. */
  check: SchemaCheck | undefined;
}

/** The event types that were registered contain mistakes. The message names every one of them, a line each. */
export class EventCatalogueError extends Error {
  override readonly name = 'EventCatalogueError';
  readonly code = 'event_catalogue_invalid';
}

const NAME = /^[a-z0-9_]+(\.[a-z0-9_]+)+$/;
const MAX_NAME = 100;

/**
 * Puts the catalogue together and compiles every schema, once.
 * @throws EventCatalogueError for names that are none or there twice, schemas that do not compile, examples that do not
 * fit them, replacements that do not exist
 */
export function buildCatalogue(
  definitions: readonly EventTypeDefinition[],
  operational: readonly EventTypeDefinition[],
): ReadonlyMap<string, CatalogueEntry> {
  const compiler = new SchemaCompiler();
  const entries = new Map<string, CatalogueEntry>();
  const problems: string[] = [];
  const add = (definition: EventTypeDefinition, isOperational: boolean): void => {
    const { name } = definition;
    try {
      if (entries.has(name)) throw new Error('is registered twice');
      entries.set(name, toEntry(compiler, definition, isOperational));
    } catch (error) {
      problems.push(`${quoted(name)}: ${(error as Error).message}`);
    }
  };
  for (const definition of operational) add(definition, true);
  for (const definition of definitions) add(definition, false);
  for (const { type } of entries.values()) {
    const { name, replacement } = type;
    if (replacement !== null && !entries.has(replacement)) {
      problems.push(`${quoted(name)}: its replacement ${quoted(replacement)} is not registered`);
    }
  }
  if (problems.length > 0) throw new EventCatalogueError(`Event types cannot be used:\n  ${problems.join('\n  ')}`);
  return entries;
}

const quoted = (name: unknown): string => `"${String(name).slice(0, MAX_NAME)}"`;

function toEntry(compiler: SchemaCompiler, definition: EventTypeDefinition, operational: boolean): CatalogueEntry {
  const { name, description, group, deprecated } = definition;
  if (!NAME.test(name) || name.length > MAX_NAME) {
    throw new Error(
      `the name must have at least two parts of [a-z0-9_], joined by dots, and at most ${MAX_NAME} characters`,
    );
  }
  if (typeof description !== 'string' || description.trim() === '') throw new Error('the description is missing');
  const schema = copyOf(definition.schema, 'schema');
  const example = copyOf(definition.example, 'example');
  const check = schema === null ? undefined : compile(compiler, schema);
  const misfits = example === null ? [] : (check?.(example) ?? []);
  if (misfits.length > 0) {
    const list = misfits.map(({ field, message }) => `${field} ${message}`).join(', ');
    throw new Error(`the example does not fit the schema: ${list}`);
  }
  const type: EventType = {
    name,
    description,
    group: group ?? name.slice(0, name.indexOf('.')),
    operational,
    deprecated: deprecated !== undefined,
    replacement: deprecated?.replacement ?? null,
    schema,
    example,
  };
  return { type, check };
}

function compile(compiler: SchemaCompiler, schema: object): SchemaCheck {
  try {
    return compiler.compile(schema);
  } catch (error) {
    throw new Error(`the schema cannot be used: ${(error as Error).message}`, { cause: error });
  }
}

/** A copy that nobody can change later, and that is JSON: no code gets in with a schema. */
function copyOf(value: object | undefined, what: string): object | null {
  if (value === undefined) return null;
  let copy: unknown;
  try {
    copy = JSON.parse(JSON.stringify(value));
  } catch {
    throw new Error(`the ${what} cannot be written as JSON`);
  }
  if (typeof copy !== 'object' || copy === null || Array.isArray(copy))
    throw new Error(`the ${what} must be an object`);
  return copy;
}
