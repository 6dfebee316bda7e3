import { Injectable, type ExecutionContext } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

/** Sets fields of the answer, on Express and on Fastify, also of one that an exception will give. */
@Injectable()
export class ResponseHeaders {
  constructor(private readonly adapterHost: HttpAdapterHost) {}

  set(context: ExecutionContext, headers: Readonly<Record<string, string>>): void {
    const response: unknown = context.switchToHttp().getResponse();
    for (const [name, value] of Object.entries(headers)) this.adapterHost.httpAdapter.setHeader(response, name, value);
  }
}
