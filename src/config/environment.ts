import { existsSync } from 'node:fs';

/** The environment, completed with what the file `.env` in the working directory says; the environment wins. */
export function readEnvironment(file = '.env'): NodeJS.ProcessEnv {
  if (existsSync(file)) process.loadEnvFile(file);
  return process.env;
}
