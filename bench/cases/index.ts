import type { Case } from '../support/case';
import { endToEnd } from './end-to-end';

/** In the order in which they run. */
export const CASES: readonly Case[] = [...endToEnd];
