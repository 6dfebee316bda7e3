import { applyDecorators, Controller, UseFilters, UseGuards, UsePipes } from '@nestjs/common';
import { JsonBodyGuard } from './json-body.guard';
import { ProblemFilter } from './problem.filter';
import { RequestValidationPipe } from './request-validation.pipe';

/**
 * A controller of this module's API. It brings its own error answers and input checks along, so that it behaves the
 * same in the stand-alone service and in any host application, and changes nothing for the host's own routes.
 */
export function RestController(path: string): ClassDecorator {
  return applyDecorators(
    Controller(path),
    UseFilters(ProblemFilter),
    UseGuards(JsonBodyGuard),
    UsePipes(RequestValidationPipe),
  );
}
