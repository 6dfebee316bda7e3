import { AsyncLocalStorage } from 'node:async_hooks';

const requests = new AsyncLocalStorage<string>();

/** The id of the request that this code runs for; undefined outside of one. */
export const currentRequestId = (): string | undefined => requests.getStore();

/** Runs code, and what it begins, for a request. */
export const runForRequest = (requestId: string, run: () => void): void => requests.run(requestId, run);
