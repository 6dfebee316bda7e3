import type { SettingNotes } from './setting';
import { settings } from './settings';

/** One setting as documentation shows it. */
export interface SettingDescription {
  readonly name: string;
  /** Markdown. */
  readonly description: string;
  /** What holds when it is not set, in words. */
  readonly default: string;
  readonly example: string;
  readonly secret: boolean;
}

type Described = SettingNotes & { readonly default?: unknown; readonly devDefault?: unknown };

/** All settings in the order in which documentation lists them. */
export function describeSettings(): SettingDescription[] {
  return Object.entries(settings).map(([name, setting]) => ({
    name,
    description: setting.desc,
    default: describeDefault(setting),
    example: setting.example,
    secret: setting.secret ?? false,
  }));
}

function describeDefault(setting: Described): string {
  if (setting.whenUnset !== undefined) return setting.whenUnset;
  const inProduction = asText(setting.default);
  return setting.devDefault === undefined
    ? inProduction
    : `${asText(setting.devDefault)}; in production ${inProduction}`;
}

function asText(value: unknown): string {
  const text = String(value);
  return text === '' ? 'none' : text;
}
