import { applyDecorators } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsInt, IsObject, Max, Min, ValidateIf, ValidateNested } from 'class-validator';
import { OptionalBody } from '../http/optional-body.decorator';
import { IsPlainText, MayBeAbsent } from '../http/validators';
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
  /** Until the bodies of finished deliveries are emptied. */
  @IsRetentionDays('payloadDays')
  payloadDays?: number | null;

  /** Until deliveries and their messages are deleted. */
  @IsRetentionDays('eventDays')
  eventDays?: number | null;
}

/** Body of `PUT /customers/:id`. */
export class PutCustomerDto {
  /** The platform's id of the user whom the customer belongs to. */
  @IsPlainText(MAX_CUSTOMER_TEXT)
  userId!: string;

  @IsPlainText(MAX_CUSTOMER_TEXT)
  name!: string;

  @MayBeAbsent('retention')
  @IsObject({ message: 'must be an object' })
  @ValidateNested()
  @Type(() => RetentionDto)
  retention?: RetentionDto;
}

/** Body of `POST /customers/:id/suspend`. */
@OptionalBody()
export class SuspendCustomerDto {
  /** Shown to whoever is refused. */
  @MayBeAbsent('reason')
  @IsPlainText(MAX_CUSTOMER_TEXT)
  reason?: string;
}
