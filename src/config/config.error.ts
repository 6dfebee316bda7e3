/** One setting that is wrong, in words for the person who set it. Never holds the value of a secret. */
export interface ConfigProblem {
  /** The environment variable. */
  readonly setting: string;
  /** What is wrong with it and what to do about it. */
  readonly message: string;
}

/** Everything that is wrong with the configuration, found in one go. Its message has one line per wrong setting. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly problems: readonly ConfigProblem[]) {
    super(['The configuration cannot be used:', ...problems.map((p) => `  ${p.setting} ${p.message}`)].join('\n'));
  }
}
