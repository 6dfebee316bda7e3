import { baselines } from '../baselines';
import type { Case } from '../support/case';
import { endToEnd } from './end-to-end';
import { latency } from './latency';
import { list } from './list';
import { memory } from './memory';
import { pieces } from './pieces';
import { guardedRoute, publish } from './routes';
import { scale } from './scale';
import { tarpit } from './tarpit';

/** In the order in which they run. */
export const CASES: readonly Case[] = [
  ...endToEnd,
  pieces,
  ...baselines,
  ...latency,
  scale,
  guardedRoute,
  publish,
  list,
  memory,
  ...tarpit,
];
