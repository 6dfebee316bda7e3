import { getMetadataStorage, ValidationTypes } from 'class-validator';
import { fieldsOf } from './api-field.decorator';
import { component, orNull, type Schema } from './schema';

type Dto = abstract new () => object;
type Rule = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];

/** One property of a body or a query. */
export interface DtoField {
  name: string;
  schema: Schema;
  required: boolean;
}

const nonBlank = (max: unknown): Schema => ({ type: 'string', minLength: 1, maxLength: max, pattern: '\\S' });
const MAX_PERMISSION = 100;

/** What each validator says, in JSON Schema; `constraints` are what it was given. */
const RULES: Readonly<Record<string, (constraints: readonly unknown[]) => Schema>> = {
  isString: () => ({ type: 'string' }),
  isBoolean: () => ({ type: 'boolean' }),
  isInt: () => ({ type: 'integer' }),
  isArray: () => ({ type: 'array' }),
  isObject: () => ({ type: 'object' }),
  isDefined: () => ({}),
  isIn: ([values]) => ({ type: 'string', enum: values }),
  min: ([minimum]) => ({ minimum }),
  max: ([maximum]) => ({ maximum }),
  maxLength: ([maxLength]) => ({ maxLength }),
  arrayMinSize: ([minItems]) => ({ minItems }),
  arrayMaxSize: ([maxItems]) => ({ maxItems }),
  arrayUnique: () => ({ uniqueItems: true }),
  matches: ([pattern]) => ({ type: 'string', pattern: sourceOf(pattern as RegExp) }),
  isUuid: () => ({ type: 'string', format: 'uuid' }),
  isIp: () => ({ type: 'string', anyOf: [{ format: 'ipv4' }, { format: 'ipv6' }] }),
  isTime: () => ({ type: 'string', anyOf: [{ format: 'date-time' }, { format: 'date' }] }),
  isPlainText: ([max]) => nonBlank(max),
  isPermission: () => ({
    type: 'string',
    maxLength: MAX_PERMISSION,
    pattern: '^(?:\\*|[a-z0-9_-]+:(?:\\*|[a-z0-9_-]+))$',
  }),
  isCidr: () => ({ type: 'string', description: 'A CIDR range of IPv4 or IPv6.' }),
  isLabels: ([maxProperties, maxLength]) => ({
    type: 'object',
    maxProperties,
    propertyNames: { pattern: '^[a-z0-9_.-]{1,63}$' },
    additionalProperties: nonBlank(maxLength),
  }),
};

/** JSON Schema knows no flags: letters in any case are spelled out. */
function sourceOf({ source, flags }: RegExp): string {
  return flags.includes('i') ? source.replaceAll('a-z', 'a-zA-Z') : source;
}

/** The component that describes a DTO, `CreateApiKey` for `CreateApiKeyDto`. Fields that it does not have are refused. */
export function dtoSchema(dto: Dto): Schema {
  const fields = dtoFields(dto);
  const required = fields.filter((field) => field.required).map(({ name }) => name);
  return component(dto.name.replace(/Dto$/, ''), {
    type: 'object',
    properties: Object.fromEntries(fields.map(({ name, schema }) => [name, schema])),
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
  });
}

/**
 * The properties of a DTO, as its validators and `@ApiField` describe them.
 * @throws Error for a validator that this file does not know, and a property that nobody has described
 */
export function dtoFields(dto: Dto): DtoField[] {
  const rules = getMetadataStorage().getTargetValidationMetadatas(dto, '', false, false);
  const names = [...new Set(rules.map(({ propertyName }) => propertyName))];
  const defaults = new (dto as new () => Record<string, unknown>)();
  return names.map((name) =>
    describe(
      dto,
      name,
      rules.filter((rule) => rule.propertyName === name),
      defaults[name],
    ),
  );
}

function describe(dto: Dto, name: string, rules: readonly Rule[], preset: unknown): DtoField {
  const field = fieldsOf(dto)[name];
  if (field === undefined) throw new Error(`${dto.name}.${name} has no @ApiField.`);
  const { description, example, schema = {}, nested } = field;
  const own = nested === undefined ? {} : dtoSchema(nested);
  const whole = rules.filter(({ each }) => !each).map(keywords(dto));
  const items = rules.filter(({ each }) => each).map(keywords(dto));
  const merged: Schema = {
    // A reference says that it is an object.
    ...(nested === undefined ? (Object.assign({}, ...whole) as Schema) : own),
    ...(items.length === 0 ? {} : { items: Object.assign({}, ...items) as Schema }),
    ...schema,
  };
  const takesNull = rules.some((rule) => skips(rule, { [name]: null }));
  const documented = {
    ...(takesNull ? orNull(merged) : merged),
    description,
    ...(example === undefined ? {} : { examples: [example] }),
    ...(preset === undefined ? {} : { default: preset }),
  };
  const isChecked = rules.some(({ type }) => type !== ValidationTypes.WHITELIST);
  const required = isChecked && preset === undefined && !rules.some((rule) => skips(rule, {}));
  return { name, schema: documented, required };
}

const keywords =
  (dto: Dto) =>
  ({ type, name = type, constraints, propertyName }: Rule): Schema => {
    const isAboutWhetherToCheck = type !== ValidationTypes.CUSTOM_VALIDATION;
    if (isAboutWhetherToCheck) return {};
    const toSchema = RULES[name];
    if (toSchema === undefined) throw new Error(`${dto.name}.${propertyName}: nothing describes the rule ${name}.`);
    // Not there, whatever the types say, for a rule that was given nothing.
    return toSchema((constraints as unknown[] | undefined) ?? []);
  };

/** Whether a `@ValidateIf` leaves the property of this object unchecked: it may be as it is there. */
const skips = ({ type, constraints }: Rule, value: object): boolean =>
  type === ValidationTypes.CONDITIONAL_VALIDATION &&
  !(constraints as ((dto: object, value: unknown) => boolean)[])[0]?.(value, undefined);
