import { digestOf } from '../api-keys/api-key';

/**
 * A text that a request presents to prove who it is. Its digest is worked out once, when it is asked for; neither shows
 * itself in a log or in JSON.
 */
export class PresentedToken {
  readonly #text: string;
  #digest: string | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  get text(): string {
    return this.#text;
  }

  /** What a key with this text is stored as. */
  get digest(): string {
    return (this.#digest ??= digestOf(this.#text));
  }
}
