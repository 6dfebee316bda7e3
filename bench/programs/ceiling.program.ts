import axios from 'axios';
import { Agent } from 'node:http';
import { answerCommands } from '../support/children';
import { DATA, EVENT } from '../support/body';
import { ratePerSecond } from '../support/keep-busy';

const body = { event: EVENT, timestamp: '2026-01-01T00:00:00.000Z', data: DATA };

const commands = {
  /** The ceiling: `axios.post` in a loop, with kept connections, 50 at once. */
  run: async ({ url, milliseconds }: { url: string; milliseconds: number }) => {
    const client = axios.create({ httpAgent: new Agent({ keepAlive: true, maxSockets: 50 }) });
    const post = (): Promise<unknown> => client.post(url, body);
    await ratePerSecond(milliseconds / 4, 50, post);
    const { user, system } = process.cpuUsage();
    const start = performance.now();
    const perSecond = await ratePerSecond(milliseconds, 50, post);
    const requests = (perSecond * (performance.now() - start)) / 1_000;
    const spent = process.cpuUsage();
    // Beside the rate, the processor time of each request: a figure that a busy machine disturbs less.
    return { perSecond, microseconds: (spent.user + spent.system - user - system) / requests };
  },
};

export type CeilingCommands = typeof commands;

answerCommands(commands);
