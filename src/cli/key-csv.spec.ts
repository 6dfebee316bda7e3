import { Readable } from 'node:stream';
import type { SourceRow } from '../webhooks/key-import/key-import.types';
import { readKeyCsv } from './key-csv';

const HEADER = 'customerId,name,key';

async function read(content: string | Buffer, fromLine = 0): Promise<SourceRow[]> {
  const rows: SourceRow[] = [];
  // Byte by byte: no chunk may be taken for a row.
  const source = Readable.from([...Buffer.from(content)].map((byte) => Buffer.from([byte])));
  for await (const row of readKeyCsv(source, { fromLine })) rows.push(row);
  return rows;
}

it('rows with the numbers of their lines, whatever ends them', async () => {
  const content = `\ufeff${HEADER}\r\na, n ,k\r\n\r\n"b","say ""hi"", twice",k\n"c\nd",n,k`;
  expect(await read(content)).toEqual([
    { line: 2, values: { customerId: 'a', name: 'n', key: 'k' } },
    { line: 4, values: { customerId: 'b', name: 'say "hi", twice', key: 'k' } },
    { line: 6, values: { customerId: 'c\nd', name: 'n', key: 'k' } },
  ]);
});

it('columns in any order; a name is what the first line says it is', async () => {
  expect(await read('hash,name,customerId\nh,n,c\n')).toEqual([
    { line: 2, values: { hash: 'h', name: 'n', customerId: 'c' } },
  ]);
});

it('a row with too few or too many columns, or not in UTF-8, is told, and the next one read', async () => {
  const content = Buffer.concat([
    Buffer.from(`${HEADER}\na,n\na,n,k,x\na,`),
    Buffer.from([0xe4]),
    Buffer.from(',k\nb,n,k\n'),
  ]);
  expect(await read(content)).toEqual([
    { line: 2, problem: 'has 2 columns, and the first line has 3' },
    { line: 3, problem: 'has 4 columns, and the first line has 3' },
    { line: 4, problem: 'is not UTF-8' },
    { line: 5, values: { customerId: 'b', name: 'n', key: 'k' } },
  ]);
});

it.each([
  ['a quote that is not closed', 'a,"n,k\nb,n,k\n'],
  ['text after a quote', 'a,"n"x,k\nb,n,k\n'],
  ['a quote that swallows the rest of a large file', `a,"n,k\n${'b,n,k\n'.repeat(20_000)}`],
])('%s ends it there, with what is wrong', async (_name, rest) => {
  const [first, problem, ...others] = await read(`${HEADER}\nfirst,n,k\n${rest}`);
  expect(first).toMatchObject({ line: 2, values: { customerId: 'first' } });
  expect(problem).toMatchObject({ line: 3, problem: expect.stringContaining('not CSV') as string });
  expect(others).toEqual([]);
});

it('lines before the one to begin at are passed over', async () => {
  expect(await read(`${HEADER}\na,n,k\nb,n,k\nc,n,k\n`, 3)).toMatchObject([{ line: 3 }, { line: 4 }]);
});

it.each([
  ['nothing', ''],
  ['a row instead of names', 'acme,n,acme_live_x8Kq2Lm9Zr4TfW1pVb7N\n'],
  ['a misspelled name', 'customerId,name,key,permission\na,n,k,p\n'],
  ['a name twice', 'customerId,name,key,name\na,n,k,n\n'],
  ['no customer', 'name,key\nn,k\n'],
  ['no name', 'customerId,key\nc,k\n'],
  ['neither key nor hash', 'customerId,name\nc,n\n'],
])('a first line with %s is refused, and not repeated', async (_name, content) => {
  const refused = read(content);
  await expect(refused).rejects.toMatchObject({ code: 'invalid_csv' });
  await expect(refused).rejects.not.toThrow('Lm9Zr4T');
});
