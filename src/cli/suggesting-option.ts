import { Option } from 'commander';

/** An option that takes any value, of which completion knows some. */
export class SuggestingOption extends Option {
  constructor(
    flags: string,
    description: string,
    readonly suggestions: readonly string[],
  ) {
    super(flags, description);
  }
}
