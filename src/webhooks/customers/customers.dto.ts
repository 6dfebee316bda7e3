import { applyDecorators } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsInt, IsObject, Max, Min, ValidateIf, ValidateNested } from 'class-validator';
import { OptionalBody } from '../http/optional-body.decorator';
import { IsPlainText, MayBeAbsent } from '../http/validators';
import { ApiField } from '../openapi/api-field.decorator';
import { MAX_CUSTOMER_TEXT, MAX_RETENTION_DAYS } from './customers.service';

/** May be left out = as it is, or null = the service's default. */
function IsRetentionDays(field: string): PropertyDecorator {
  const message = `must be a whole number of days from 1 to ${MAX_RETENTION_DAYS}, or null for the default`;
  return applyDecorators(
    ValidateIf((dto: Record<string, unknown>) => dto[field] !== undefined && dto[field] !== null),
    IsInt({ message }),
    Min(1, { message }),
    Max(MAX_RETENTION_DAYS, { message }),
  );
}

/** How long a customer's events are kept. */
export class RetentionDto {
  @ApiField('Days until the bodies of finished deliveries are emptied; null = the default.', { example: 30 })
  @IsRetentionDays('payloadDays')
  payloadDays?: number | null;

  @ApiField('Days until deliveries and their messages are deleted; null = the default.', { example: 90 })
  @IsRetentionDays('eventDays')
  eventDays?: number | null;
}

/** Body of `PUT /customers/:id`. */
export class PutCustomerDto {
  @ApiField('The platform’s id of the user whom the customer belongs to.', { example: 'user_123' })
  @IsPlainText(MAX_CUSTOMER_TEXT)
  userId!: string;

  @ApiField('Its name.', { example: 'Acme' })
  @IsPlainText(MAX_CUSTOMER_TEXT)
  name!: string;

  @ApiField('How long its events are kept; what is left out stays as it is.', {
    nested: RetentionDto,
    example: { payloadDays: 30, eventDays: null },
  })
  @MayBeAbsent('retention')
  @IsObject({ message: 'must be an object' })
  @ValidateNested()
  @Type(() => RetentionDto)
  retention?: RetentionDto;
}

/** Body of `POST /customers/:id/suspend`. */
@OptionalBody()
export class SuspendCustomerDto {
  @ApiField('Shown to whoever is refused.', { example: 'unpaid invoices' })
  @MayBeAbsent('reason')
  @IsPlainText(MAX_CUSTOMER_TEXT)
  reason?: string;
}
