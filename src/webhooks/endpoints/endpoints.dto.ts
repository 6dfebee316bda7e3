import { applyDecorators } from '@nestjs/common';
import { ArrayMaxSize, ArrayUnique, IsArray, IsBoolean, IsIn, IsString, MaxLength, ValidateIf } from 'class-validator';
import type { SignatureScheme } from '../delivery/signature';
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

/** Body of `POST /webhook-endpoints`. */
export class CreateEndpointDto {
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
export class UpdateEndpointDto {
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
