import { isPlainText } from '../http/plain-text';

/** The most labels of one key. */
export const MAX_LABELS = 20;
/** The longest value of a label, in characters. */
export const MAX_LABEL = 255;
const LABEL = /^[a-z0-9_.-]{1,63}$/;

/** What {@link isLabels} asks for; completes a field's name. */
export const LABELS_RULE = `must be an object of at most ${MAX_LABELS} texts of up to ${MAX_LABEL} characters, with names of a-z, 0-9, _, . and -`;

/** Whether the value is `{ name: value }`, both short texts. */
export function isLabels(value: unknown): value is Record<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const labels = Object.entries(value);
  return (
    labels.length <= MAX_LABELS && labels.every(([name, text]) => LABEL.test(name) && isPlainText(text, MAX_LABEL))
  );
}
