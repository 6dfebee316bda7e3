import { Injectable, type PipeTransform } from '@nestjs/common';
import { isUUID } from 'class-validator';
import { invalidField } from '../webhooks.errors';
import { ProblemException } from './problem.exception';

/** An id in a path. Anything but a UUID is a 400. */
@Injectable()
export class UuidPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    if (!isUUID(value)) throw new ProblemException(invalidField('invalid_id', 'id', 'must be a UUID'));
    return value.toLowerCase();
  }
}
