import type { ExactValidator, OptionalValidatorSpec, RequiredValidatorSpec } from 'envalid';

/** What people are told about a setting. */
export interface SettingNotes {
  /** What it is for, in Markdown. */
  readonly desc: string;
  readonly example: string;
  /** Its value may hold a credential and is never printed. */
  readonly secret?: true;
  /** What happens when it is not set, where no default says so. */
  readonly whenUnset?: string;
  /** How to get a right value, where the example does not say so. */
  readonly remedy?: string;
}

/** A setting that may be missing. */
export function optional<T>(
  validator: ExactValidator<T>,
  notes: SettingNotes & { readonly whenUnset: string },
): OptionalValidatorSpec<T> & SettingNotes {
  return { ...validator(), ...notes, default: undefined };
}

/** A setting with a default; `devDefault` is used instead of it outside production. */
export function withDefault<T>(
  validator: ExactValidator<T>,
  notes: SettingNotes & { readonly default: NonNullable<T>; readonly devDefault?: NonNullable<T> },
): RequiredValidatorSpec<T> & SettingNotes {
  return { ...validator(), ...notes };
}
