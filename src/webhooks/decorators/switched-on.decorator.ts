import { SetMetadata, type CustomDecorator } from '@nestjs/common';
import type { ResolvedOptions } from '../webhooks.options';

/** Metadata key of what switches a controller's routes on. */
export const SWITCH = 'webhooks:switch';

/** Whether the options switch a route on. */
export type Switch = (options: ResolvedOptions) => boolean;

/**
 * Says that a controller's routes are there only where the options switch them on, so that an explanation does not show
 * them elsewhere. The routes' own guard has to answer 404 then.
 */
export const SwitchedOn = (isOn: Switch): CustomDecorator => SetMetadata(SWITCH, isOn);
