import type { Type } from '@nestjs/common';
import { ProblemException } from '../webhooks/http/problem.exception';
import { RequestValidationPipe } from '../webhooks/http/request-validation.pipe';

const pipe = new RequestValidationPipe();

/**
 * What was typed, checked by the rules of the REST API's body of the same kind; what is undefined was not given.
 * @throws WebhooksError `invalid_request`
 */
export async function validated<Body extends object>(metatype: Type<Body>, body: Partial<Body>): Promise<Body> {
  const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
  try {
    return (await pipe.transform(given, { type: 'body', metatype })) as Body;
  } catch (error) {
    throw error instanceof ProblemException ? error.error : error;
  }
}
