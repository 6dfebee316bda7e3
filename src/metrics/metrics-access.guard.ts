import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { OperatorGuard } from '../webhooks/guards/operator.guard';

/** Who may read the numbers: everybody, or whoever has the operator's token. */
export type MetricsAccess = 'open' | 'operator';

/** Injection token of the {@link MetricsAccess}. */
export const METRICS_ACCESS = Symbol('METRICS_ACCESS');

/** Lets those pass who may read the numbers. */
@Injectable()
export class MetricsAccessGuard implements CanActivate {
  constructor(
    private readonly operator: OperatorGuard,
    @Inject(METRICS_ACCESS) private readonly access: MetricsAccess,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    return this.access === 'open' || this.operator.canActivate(context);
  }
}
