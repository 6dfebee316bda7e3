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
  @CheckedByService()
  retryPolicy?: RetryPolicy | null;

  @CheckedByService()
  timeoutMs?: number | null;

  @CheckedByService()
  ratePerSecond?: number | null;

  @CheckedByService()
  concurrency?: number | null;

  @MayBeAbsent('ordered')
  @IsBoolean({ message: 'must be true or false' })
  ordered?: boolean;

  @CheckedByService()
  headers?: Record<string, string> | null;

  @CheckedByService()
  filter?: PayloadFilter | null;
}

/** Body of `POST /webhook-endpoints`. */
export class CreateEndpointDto extends EndpointPolicyDto {
  /** `https:`, or `http:` where the service permits it. What else is allowed is decided by the URL policy. */
  @IsString({ message: 'must be a URL' })
  url!: string;

  @IsDescription()
  description?: string | null;

  /** Left out or empty = all events. */
  @MayBeAbsent('events')
  @IsEventFilter()
  events?: string[];

  /** `v1`: HMAC-SHA256 with a shared secret (the default). `v1a`: Ed25519 with a key pair. It cannot be changed later. */
  @MayBeAbsent('signatureScheme')
  @IsIn(['v1', 'v1a'], { message: 'must be v1 or v1a' })
  signatureScheme?: SignatureScheme;

  @IsTlsSettings()
  tls?: TlsSettingsDto | null;
}

/** Body of `PATCH /webhook-endpoints/:id`. */
export class UpdateEndpointDto extends EndpointPolicyDto {
  @MayBeAbsent('url')
  @IsString({ message: 'must be a URL' })
  url?: string;

  @IsDescription()
  description?: string | null;

  @MayBeAbsent('events')
  @IsEventFilter()
  events?: string[];

  /** False pauses the endpoint: events are held. True delivers again, what was held first. */
  @MayBeAbsent('isActive')
  @IsBoolean({ message: 'must be true or false' })
  isActive?: boolean;

  /** Null removes all; a field that is left out stays as it is. */
  @IsTlsSettings()
  tls?: TlsSettingsDto | null;
}

/** Query of `DELETE /webhook-endpoints/:id`. */
export class DeleteEndpointDto {
  /** What becomes of deliveries that still wait: `fail` (the default) or `deliver`. */
  @IsIn(['fail', 'deliver'], { message: 'must be fail or deliver' })
  pending: 'fail' | 'deliver' = 'fail';
}
