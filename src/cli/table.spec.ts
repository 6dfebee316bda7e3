import { plain, renderFields, renderTable, widthOf, type Column } from './table';

const program = { isTerminal: false, hasColours: false, width: 80 };
const terminal = { ...program, isTerminal: true };

interface Row {
  id: number;
  name: string;
  at: Date | null;
}

const columns: readonly Column<Row>[] = [
  { title: 'id', of: ({ id }) => id },
  { title: 'name', of: ({ name }) => name, mayShrink: true },
  { title: 'at', of: ({ at }) => at },
];
const rows = [
  { id: 1, name: 'Acme', at: new Date(0) },
  { id: 22, name: 'a much longer name than the others', at: null },
];

it('a program gets values apart by tabs, without a head, and nothing cut', () => {
  expect(renderTable(columns, rows, { ...program, width: 10 })).toEqual([
    '1\tAcme\t1970-01-01T00:00:00.000Z',
    '22\ta much longer name than the others\t',
  ]);
});

it('a person gets a head and aligned columns', () => {
  expect(renderTable(columns, rows, terminal)).toEqual([
    'ID  NAME                                AT',
    '1   Acme                                1970-01-01T00:00:00.000Z',
    '22  a much longer name than the others',
  ]);
});

it('what may shrink is cut where the terminal is too narrow, and nothing else', () => {
  expect(renderTable(columns, rows, { ...terminal, width: 50 })).toEqual([
    'ID  NAME                  AT',
    '1   Acme                  1970-01-01T00:00:00.000Z',
    '22  a much longer name …',
  ]);
  for (const line of renderTable(columns, rows, { ...terminal, width: 5 })) expect(line.slice(0, 18)).toMatch(/^\S+ /);
  expect(renderTable(columns, rows, { ...terminal, width: 5 })[1]).toContain('1970-01-01T00:00:00.000Z');
});

it('columns that may shrink give from the widest on', () => {
  const both: readonly Column<string>[] = [
    { title: 'a', of: (text) => text, mayShrink: true },
    { title: 'b', of: (text) => text.slice(0, 20), mayShrink: true },
  ];
  const [, line = ''] = renderTable(both, ['x'.repeat(60)], { ...terminal, width: 42 });
  expect(line).toBe(`${'x'.repeat(19)}…  ${'x'.repeat(20)}`);
});

it('colours are there only where they are wanted', () => {
  const styled: readonly Column<string>[] = [{ title: 'state', of: (text) => ({ text, style: 'green' }) }];
  expect(renderTable(styled, ['active'], terminal)).toEqual(['STATE', 'active']);
  expect(renderTable(styled, ['active'], { ...terminal, hasColours: true })[1]).toBe('\u001b[32mactive\u001b[39m');
  expect(renderTable(styled, ['active'], program)).toEqual(['active']);
});

it('fields of one thing', () => {
  const fields = [
    ['id', 1],
    ['events', ['a.b', 'c.d']],
    ['none', null],
    ['ordered', false],
  ] as const;
  expect(renderFields(fields, program)).toEqual(['id\t1', 'events\ta.b c.d', 'none\t', 'ordered\tfalse']);
  expect(renderFields(fields, terminal)).toEqual(['id       1', 'events   a.b c.d', 'none', 'ordered  false']);
});

it.each([
  ['a colour', '\u001b[31mred\u001b[0m', 'red'],
  ['a title of the window', '\u001b]0;owned\u0007x', 'x'],
  ['lines', 'a\r\nb\tc', 'a  b c'],
  ['C1 controls', 'a\u009b31mb', 'ab'],
  ['a line separator', 'a\u2028b', 'a b'],
])('%s of somebody else’s does not command the terminal', (_what, text, shown) => {
  expect(plain(text)).toBe(shown);
});

it('a text is as wide as a terminal shows it', () => {
  expect([widthOf('abc'), widthOf('漢字'), widthOf('👍🏽'), widthOf('e\u0301')]).toEqual([3, 4, 2, 1]);
});
