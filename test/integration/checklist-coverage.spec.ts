import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');

/** Checklists whose lines tests refer to at the start of their titles: `[webhook 4] …`, `[webhook 4, 34] …`. */
const CHECKLISTS = [
  { name: 'webhook', lines: 36 },
  { name: 'key', lines: 26 },
  { name: 'reliability', lines: 14 },
] as const;

const TITLE_START = /['"`]((?:\[\w+ \d+(?:, \d+)*\] )+)/g;
const REFERENCE = /\[(\w+) (\d+(?:, \d+)*)\]/g;

/** The text of every test file but this one. */
const sources = ['src', 'test'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => join(root, folder, path))
    .filter((path) => path.endsWith('.spec.ts') && path !== __filename)
    .map((path) => readFileSync(path, 'utf8')),
);

/** The lines of a checklist that the titles in a file refer to. */
const linesIn = (text: string, checklist: string): number[] =>
  [...text.matchAll(TITLE_START)]
    .flatMap(([, references = '']) => [...references.matchAll(REFERENCE)])
    .flatMap(([, name, numbers = '']) => (name === checklist ? numbers.split(', ').map(Number) : []));

it.each(CHECKLISTS)('every line of the $name checklist has a test that names it', ({ name, lines }) => {
  const shown = new Set(sources.flatMap((text) => linesIn(text, name)));
  expect([...shown].sort((a, b) => a - b)).toEqual(Array.from({ length: lines }, (_, index) => index + 1));
});

it('no test that names a line is switched off', () => {
  const off = sources.flatMap((text) => text.match(/(?:\.(?:skip|todo|only)\(|\bx(?:it|test)\()['"`]\[.*/g) ?? []);
  expect(off).toEqual([]);
});
