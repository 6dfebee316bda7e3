import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { codeBlocks } from '../support/markdown';
import { openBackend, type Backend } from '../support/process-backends';
import { followSteps, makeProjectFolder, openTerminal, removeFolders, stepsOf } from '../support/process-page';
import { launch, launchCli, makeDataDir, runCli } from '../support/process-service';
import { until } from '../support/process-until';

const CLI = join(__dirname, '../../dist/cli/main.js');

let backend: Backend;
let folder: string;
let env: Record<string, string>;

beforeEach(async () => {
  backend = await openBackend(false);
  folder = await makeDataDir();
  env = {
    ...backend.env,
    DATA_DIR: folder,
    API_KEY_IMPORTED_PREFIXES: 'acme_live_',
    MAX_API_KEYS_PER_CUSTOMER: '10000',
  };
});
afterEach(async () => {
  await removeFolders();
  await backend.drop();
});

const HEADER = 'customerId,userId,name,key,hash,permissions';
const makeKey = (): string => `acme_live_${randomBytes(24).toString('base64url')}`;

/** A file of plain and hashed keys of some customers. */
async function writeKeys(name: string, count: number): Promise<string> {
  const path = join(folder, name);
  const file = createWriteStream(path);
  file.write(`${HEADER}\n`);
  for (let index = 0; index < count; index += 1) {
    const key = makeKey();
    const columns = index % 2 === 0 ? `${key},` : `,${createHash('sha256').update(key).digest('hex')}`;
    const row = `customer-${index % 20},user-${index % 20},Key ${index},${columns},messages:send;messages:read\n`;
    if (!file.write(row)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'close');
  return path;
}

async function sql<Row>(text: string): Promise<Row[]> {
  const client = new Client({ connectionString: backend.databaseUrl });
  await client.connect();
  try {
    return (await client.query(text)).rows as Row[];
  } finally {
    await client.end();
  }
}
const count = async (table: string): Promise<number> =>
  sql<{ count: number }>(`SELECT count(*)::int AS count FROM webhooks."${table}"`).then(
    ([row]) => row?.count ?? 0,
    () => 0,
  );

it('an import that is killed is run again, and every key is there once', async () => {
  const total = 20_000;
  const file = await writeKeys('keys.csv', total);
  const first = launchCli(['key', 'import', file, '--create-customers'], env);
  await until('a part is imported', 60_000, async () => (await count('APIKey')) >= 1_000);
  first.kill('SIGKILL');
  await first.exited;
  const done = await count('APIKey');
  expect(done).toBeLessThan(total);
  // A batch is one transaction, with its audit.
  expect(done % 500).toBe(0);
  expect(await count('AuditLog')).toBeGreaterThanOrEqual(done);

  const { code, stdout } = await runCli(['key', 'import', file, '--create-customers', '--json'], env);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ rows: total, imported: total - done, present: done, rejected: 0 });
  expect(await count('APIKey')).toBe(total);
  const [audited] = await sql<{ count: number }>(
    `SELECT count(DISTINCT "targetId")::int AS count FROM webhooks."AuditLog" WHERE action = 'api-key.imported'`,
  );
  expect(audited?.count).toBe(total);
});

it('Ctrl-C ends it after the batch under way, and says how to go on', async () => {
  const file = await writeKeys('keys.csv', 20_000);
  const program = launchCli(['key', 'import', file, '--create-customers'], env);
  await until('a part is imported', 60_000, async () => (await count('APIKey')) >= 1_000);
  program.kill('SIGINT');
  expect((await program.exited).code).toBe(1);
  const line = Number(/Stopped after line (\d+)/.exec(program.output.stderr)?.[1]);
  expect(line).toBe((await count('APIKey')) + 1);
  const rest = await runCli(['key', 'import', file, '--from-line', String(line + 1), '--json'], env);
  expect(JSON.parse(rest.stdout)).toMatchObject({ rows: 20_001 - line, present: 0, rejected: 0 });
  expect(await count('APIKey')).toBe(20_000);
});

it('[key 1] bad rows are told by line and reason, and no key is in what it prints or writes', async () => {
  const [good, foreign, hashed] = [makeKey(), makeKey().replace('acme', 'other'), makeKey()];
  const lines = [
    HEADER,
    `acme,user,good,${good},,`,
    `acme,user,unknown prefix,${foreign},,`,
    // Columns that slipped: the key is where something else should be.
    `${good},user,,,,`,
    `acme,user,n,,${hashed},`,
    `acme,user,n,${good},,${good}`,
    `acme,user,${good}`,
    `acme,user,weak,acme_live_${'a'.repeat(40)},,`,
    `acme,user,open,"${makeKey()}`,
    `acme,user,behind,${good},,`,
  ];
  const file = join(folder, 'bad.csv');
  await writeFile(file, lines.join('\n'));
  const rejects = join(folder, 'rejects.csv');
  const arguments_ = ['key', 'import', file, '--create-customers'];
  const written = await runCli([...arguments_, '--rejects', rejects], env);
  const shown = await runCli([...arguments_, '--dry-run'], env);
  for (const { code } of [written, shown]) expect(code).toBe(1);
  const report = await readFile(rejects, 'utf8');
  const told = report.split('\n').map((line) => line.split(',').slice(0, 2).join(','));
  expect(told.sort()).toEqual(
    ['line,column', '3,key', '4,name', '5,hash', '6,permissions', '7,', '8,key', '9,', ''].sort(),
  );
  const everything = [report, written.stdout, written.stderr, shown.stdout, shown.stderr].join('\n');
  for (const secret of [good, foreign, hashed]) {
    expect(everything).not.toContain(secret);
    expect(everything).not.toContain(secret.slice(10, 30));
  }
  expect(written.stderr).toContain('7 rows are not right');
  expect(shown.stdout).toBe('rows\t8\nwould be imported\t0\nthere already\t1\nrejected\t7\n');
  expect(await count('APIKey')).toBe(1);
});

it('a file is streamed: 200,000 rows need no more memory than is given', async () => {
  const total = 200_000;
  const file = await writeKeys('large.csv', total);
  const arguments_ = ['key', 'import', file, '--create-customers', '--dry-run', '--json'];
  const { exited, output } = launch(['--max-old-space-size=96', CLI, ...arguments_], env);
  expect((await exited).code).toBe(0);
  expect(JSON.parse(output.stdout)).toMatchObject({ rows: total, imported: total, customersCreated: 20, dryRun: true });
  expect(await count('APIKey')).toBe(0);
});

it('what it cannot begin with is one line', async () => {
  const file = join(folder, 'empty.csv');
  await writeFile(file, '');
  for (const [path, says] of [
    [file, 'is empty'],
    [join(folder, 'nowhere.csv'), 'cannot be read: ENOENT'],
    [folder, 'EISDIR'],
  ] as const) {
    const { code, stderr } = await runCli(['key', 'import', path], { ...env, API_KEY_IMPORTED_PREFIXES: 'none' });
    expect(code).toBe(1);
    expect(stderr).toContain(says);
    expect(stderr).not.toContain('    at ');
  }
});

it('docs/import-keys.md: its commands, typed, import its file', async () => {
  const page = 'docs/import-keys.md';
  const project = await makeProjectFolder();
  const csv = codeBlocks(page).find(({ language }) => language === 'csv')?.code;
  await writeFile(join(project, 'keys.csv'), `${csv}\n`);
  // The page sets the prefixes itself.
  const terminal = await openTerminal(project, stepsOf(page), { env: { ...env, API_KEY_IMPORTED_PREFIXES: 'none' } });
  await followSteps(terminal);
  expect(await count('APIKey')).toBe(2);
  expect(await readFile(join(project, 'rejects.csv'), 'utf8')).toBe('line,column,reason\n');
});
