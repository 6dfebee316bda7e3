// Control characters have no place in a name or a URL, and PostgreSQL cannot store U+0000 in text.
// eslint-disable-next-line no-control-regex
const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f]/;
const ALL_CONTROL_CHARACTERS = new RegExp(CONTROL_CHARACTERS, 'g');

/** Whether the text has 1 to `max` characters, is not blank, and holds no control character or lone surrogate. */
export function isPlainText(value: unknown, max: number): boolean {
  if (typeof value !== 'string' || value.trim() === '') return false;
  return value.length <= max && !CONTROL_CHARACTERS.test(value) && value.isWellFormed();
}

/** What is left of a text that came from anywhere, a header say, so that PostgreSQL can hold it. */
export const storable = (text: string | null, max: number): string | null =>
  text === null ? null : text.slice(0, max).toWellFormed().replaceAll(ALL_CONTROL_CHARACTERS, '');
