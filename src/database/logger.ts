/** What the files in this directory need of a logger; Nest's `Logger` fits. */
export interface Logger {
  log(message: string): void;
  warn(message: string): void;
}
