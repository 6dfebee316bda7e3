import { hostname } from 'node:os';
import { pid } from 'node:process';

/** Which process this is, for the attempt log: `hostname:pid`. */
export const PROCESS_NAME = `${hostname()}:${pid}`;
