import { IsPlainText } from '../http/validators';
import { MAX_CUSTOMER_TEXT } from './customers.service';

/** Body of `PUT /customers/:id`. */
export class PutCustomerDto {
  /** The platform's id of the user whom the customer belongs to. */
  @IsPlainText(MAX_CUSTOMER_TEXT)
  userId!: string;

  @IsPlainText(MAX_CUSTOMER_TEXT)
  name!: string;
}
