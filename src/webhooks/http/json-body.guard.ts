import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { IncomingHttpHeaders } from 'node:http';
import { WebhooksError } from '../webhooks.errors';
import { ProblemException } from './problem.exception';

const JSON_MEDIA_TYPE = /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i;

/** Refuses a body that is not JSON (415), which the body parser would otherwise pass over in silence. */
@Injectable()
export class JsonBodyGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<{ headers: IncomingHttpHeaders }>();
    const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
    if (hasBody && !JSON_MEDIA_TYPE.test(headers['content-type'] ?? '')) {
      throw new ProblemException(
        new WebhooksError(
          'unsupported-media-type',
          'unsupported_media_type',
          'Send the body as Content-Type: application/json.',
        ),
      );
    }
    return true;
  }
}
