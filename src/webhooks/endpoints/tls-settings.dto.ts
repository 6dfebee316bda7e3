import { applyDecorators } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsObject, IsString, MaxLength, ValidateIf, ValidateNested } from 'class-validator';
import { MAX_PEM_LENGTH } from './tls-material';
import { ApiField } from '../openapi/api-field.decorator';

/** PEM text; null says that there is none. */
function IsPem(field: keyof TlsSettingsDto): PropertyDecorator {
  return applyDecorators(
    ValidateIf((dto: TlsSettingsDto) => dto[field] !== undefined && dto[field] !== null),
    IsString({ message: 'must be a text in PEM' }),
    MaxLength(MAX_PEM_LENGTH, { message: `must have at most ${MAX_PEM_LENGTH} characters` }),
  );
}

/** `tls` of an endpoint's body: what the texts say is checked when they are read. */
export class TlsSettingsDto {
  @ApiField('PEM. Shown to the receiver: the certificate first, then its intermediates.', { example: null })
  @IsPem('clientCertificate')
  clientCertificate?: string | null;

  @ApiField('PEM. The private key of the client certificate, without a passphrase. It is never shown again.', {
    example: null,
  })
  @IsPem('clientKey')
  clientKey?: string | null;

  @ApiField('PEM. Trusted instead of the public authorities.', { example: null })
  @IsPem('caCertificate')
  caCertificate?: string | null;
}

/** May be left out, or null to say that there are none. */
export function IsTlsSettings(): PropertyDecorator {
  return applyDecorators(
    ValidateIf((dto: { tls?: unknown }) => dto.tls !== undefined && dto.tls !== null),
    IsObject({ message: 'must be an object or null' }),
    ValidateNested({ message: 'must be an object or null' }),
    Type(() => TlsSettingsDto),
  );
}
