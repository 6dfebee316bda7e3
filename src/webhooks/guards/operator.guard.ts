import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { createHash, timingSafeEqual } from 'node:crypto';
import { WEBHOOKS_OPTIONS, type ResolvedOptions } from '../webhooks.options';
import { AccessControl } from './access-control';

/** Lets the platform itself pass: `Authorization: Bearer <OPERATOR_TOKEN>`. */
@Injectable()
export class OperatorGuard implements CanActivate {
  constructor(
    private readonly access: AccessControl,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedOptions,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const expected = this.options.operatorToken;
    if (expected === undefined) {
      const detail = 'This route is closed: the service runs without an OPERATOR_TOKEN.';
      return this.access.refuse(context, 'operator_access_off', detail);
    }
    const presented = this.access.presentedToken(context);
    if (timingSafeEqual(digest(presented.text), digest(expected))) return true;
    return this.access.refuse(context, 'operator_token_invalid', 'This is not the operator token.');
  }
}

/** Equal lengths for the comparison, whatever was presented. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
