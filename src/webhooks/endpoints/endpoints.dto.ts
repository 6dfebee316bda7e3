import { applyDecorators } from '@nestjs/common';
import {
  Allow,
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsString,
  MaxLength,
  ValidateIf,
} from 'class-validator';
import { OpaqueJson } from '../http/opaque-json.decorator';
import type { RetryPolicy } from '../delivery/retry-policy';
import type { SignatureScheme } from '../delivery/signature';
import type { PayloadFilter } from '../events/payload-filter';
import { IsPlainText, MayBeAbsent } from '../http/validators';
import { ApiField } from '../openapi/api-field.decorator';
import { orNull } from '../openapi/schema';
import { PAYLOAD_FILTER, RETRY_POLICY } from './endpoints.answers';
import { IsTlsSettings, TlsSettingsDto } from './tls-settings.dto';

const MAX_DESCRIPTION = 1_000;
const MAX_EVENTS = 100;
const MAX_EVENT_NAME = 100;

function IsEventFilter(): PropertyDecorator {
  return applyDecorators(
    IsArray({ message: 'must be an array of event names; empty = all events' }),
    ArrayMaxSize(MAX_EVENTS, { message: `must hold at most ${MAX_EVENTS} event names` }),
    ArrayUnique({ message: 'must not repeat an event' }),
    IsString({ each: true, message: 'each must be the name of an event' }),
    MaxLength(MAX_EVENT_NAME, { each: true, message: `each must have at most ${MAX_EVENT_NAME} characters` }),
  );
}

/** May be left out, or null to say that there is none. */
function IsDescription(): PropertyDecorator {
  return applyDecorators(
    ValidateIf((dto: { description?: unknown }) => dto.description !== undefined && dto.description !== null),
    IsPlainText(MAX_DESCRIPTION),
  );
}

/** A field that the service checks itself, for callers over HTTP and in process alike. */
const CheckedByService = (): PropertyDecorator => applyDecorators(OpaqueJson(), Allow());

/** How deliveries are made: see `endpoint-policy.ts`. */
class EndpointPolicyDto {
  @ApiField('When a failed delivery is tried again; null = the default.', { schema: orNull(RETRY_POLICY) })
  @CheckedByService()
  retryPolicy?: RetryPolicy | null;

  @ApiField('Total time for one attempt; null = the service’s default.', {
    schema: orNull({ type: 'integer', minimum: 1_000, maximum: 30_000 }),
    example: 15_000,
  })
  @CheckedByService()
  timeoutMs?: number | null;

  @ApiField('Attempts per second, over all workers; null = no limit.', {
    schema: orNull({ type: 'number', minimum: 0.01, maximum: 1_000 }),
    example: 10,
  })
  @CheckedByService()
  ratePerSecond?: number | null;

  @ApiField('Attempts at once, over all workers; null = no limit.', {
    schema: orNull({ type: 'integer', minimum: 1, maximum: 100 }),
    example: 5,
  })
  @CheckedByService()
  concurrency?: number | null;

  @ApiField('Whether events with the same ordering key are delivered one after another.', { example: false })
  @MayBeAbsent('ordered')
  @IsBoolean({ message: 'must be true or false' })
  ordered?: boolean;

  @ApiField('Headers of your own, sent with every attempt; null = none. Their values are not shown again.', {
    schema: orNull({ type: 'object', maxProperties: 20, additionalProperties: { type: 'string', maxLength: 1_000 } }),
    example: { 'X-Tenant': 'acme' },
  })
  @CheckedByService()
  headers?: Record<string, string> | null;

  @ApiField('Which payloads it receives; null = all.', { schema: orNull(PAYLOAD_FILTER), example: null })
  @CheckedByService()
  filter?: PayloadFilter | null;
}

/** Body of `POST /webhook-endpoints`. */
export class CreateEndpointDto extends EndpointPolicyDto {
  @ApiField('`https:`, or `http:` where the service permits it. It must not lead into a private network.', {
    example: 'https://example.com/webhooks',
  })
  @IsString({ message: 'must be a URL' })
  url!: string;

  @ApiField('Your own words; null = none.', { example: 'CRM' })
  @IsDescription()
  description?: string | null;

  @ApiField('Event names, or wildcards like `message.*`; left out or empty = all events.', {
    example: ['message.*'],
  })
  @MayBeAbsent('events')
  @IsEventFilter()
  events?: string[];

  @ApiField(
    '`v1`: HMAC-SHA256 with a shared secret (the default). `v1a`: Ed25519 with a key pair. It cannot be changed later.',
    { example: 'v1' },
  )
  @MayBeAbsent('signatureScheme')
  @IsIn(['v1', 'v1a'], { message: 'must be v1 or v1a' })
  signatureScheme?: SignatureScheme;

  @ApiField('A client certificate and an authority of its own; null = none.', { nested: TlsSettingsDto, example: null })
  @IsTlsSettings()
  tls?: TlsSettingsDto | null;
}

/** Body of `PATCH /webhook-endpoints/:id`. */
export class UpdateEndpointDto extends EndpointPolicyDto {
  @ApiField('Where events are sent from now on.', { example: 'https://example.com/webhooks' })
  @MayBeAbsent('url')
  @IsString({ message: 'must be a URL' })
  url?: string;

  @ApiField('Your own words; null = none.', { example: 'CRM' })
  @IsDescription()
  description?: string | null;

  @ApiField('Event names, or wildcards like `message.*`; empty = all events.', { example: ['message.*'] })
  @MayBeAbsent('events')
  @IsEventFilter()
  events?: string[];

  @ApiField('False pauses the endpoint: events are held. True delivers again, what was held first.', { example: true })
  @MayBeAbsent('isActive')
  @IsBoolean({ message: 'must be true or false' })
  isActive?: boolean;

  @ApiField('Null removes all; a field that is left out stays as it is.', { nested: TlsSettingsDto, example: null })
  @IsTlsSettings()
  tls?: TlsSettingsDto | null;
}

/** Query of `DELETE /webhook-endpoints/:id`. */
export class DeleteEndpointDto {
  @ApiField('What becomes of deliveries that still wait: `fail` gives them up, `deliver` still makes them.', {
    example: 'fail',
  })
  @IsIn(['fail', 'deliver'], { message: 'must be fail or deliver' })
  pending: 'fail' | 'deliver' = 'fail';
}
