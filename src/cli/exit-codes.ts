/** How a command ended, for scripts; docs/cli.md lists them. */
export const EXIT = {
  ok: 0,
  /** The service refused, or something went wrong: the message says what. */
  failed: 1,
  /** The command line itself is not right. */
  usage: 2,
  /** `doctor` could look, and something is stuck. */
  problem: 3,
  /** The database is not there now: the same command may work later. */
  unavailable: 4,
} as const;
