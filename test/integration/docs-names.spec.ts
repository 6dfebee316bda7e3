import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { settings } from '../../src/config/settings';
import { codeBlocks, inlineCode, markdownPages, readPage, ROOT } from '../support/markdown';
import { routesOf } from '../support/routes';
import { startService, type TestService } from '../support/test-service';

jest.setTimeout(120_000);

// What the pages name is there: routes, settings, commands of the command line.
const pages = markdownPages().filter((page) => !page.startsWith('test/'));

/** Code as readers see it, in lines and in blocks; a line that goes on is one line. */
const code = pages.flatMap((page) => [
  ...inlineCode(page),
  ...codeBlocks(page)
    .filter(({ language }) => ['', 'sh', 'text'].includes(language))
    .flatMap(({ where, code: block }) =>
      block
        .replaceAll(/\\\n\s*/g, '')
        .split('\n')
        .map((line) => ({ where, code: line })),
    ),
]);

describe('routes', () => {
  /** Routes of the examples' own applications. */
  const HOSTS = ['POST /messages', 'GET /reports', 'POST /hook', 'POST /bookings'];
  /** What the stand-alone service serves beside the module. */
  const SERVICE = ['/health/live', '/health/ready', '/metrics', '/queues', '/docs', '/openapi.json'];
  let service: TestService | undefined;
  let routes: { method: string; segments: string[] }[];

  beforeAll(async () => {
    service = await startService();
    routes = [...routesOf(service.app).map(({ name }) => name), ...SERVICE.map((path) => `GET ${path}`)].map((name) => {
      const [method = '', path = ''] = name.split(' ');
      return { method, segments: segmentsOf(path) };
    });
  });

  afterAll(() => service?.stop());

  it('every route that a page names is served', () => {
    const named = code.flatMap(({ where, code: text }) =>
      [...text.matchAll(/\b(GET|POST|PUT|PATCH|DELETE)(?:\|(GET|POST|PUT|PATCH|DELETE))? (\/[\w/:$.{}…-]*)/g)].flatMap(
        ([, one = '', two, path = '']) =>
          [one, two].flatMap((method) => (method === undefined || path === '/…' ? [] : [{ where, method, path }])),
      ),
    );
    expect(named.length).toBeGreaterThan(80);
    const unknown = named.filter(
      ({ method, path }) => !HOSTS.includes(`${method} ${path}`) && !isServed(method, segmentsOf(path)),
    );
    expect(unknown).toEqual([]);
  });

  it('every route that an example calls is served', () => {
    const called = code.flatMap(({ where, code: text }) =>
      [...text.matchAll(/curl\b.*?(?:\$API|localhost:3000|127\.0\.0\.1:3000)(\/[^\s"'?`]*)/g)].map(([, path = '']) => ({
        where,
        path,
      })),
    );
    expect(called.length).toBeGreaterThan(40);
    const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
    const unknown = called.filter(({ path }) => !methods.some((method) => isServed(method, segmentsOf(path))));
    expect(unknown.filter(({ path }) => !HOSTS.some((host) => host.endsWith(` ${path}`)))).toEqual([]);
  });

  function isServed(method: string, segments: readonly string[]): boolean {
    return routes.some(
      (route) =>
        route.method === method &&
        route.segments.length === segments.length &&
        route.segments.every((segment, index) => segment.startsWith(':') || segment === segments[index]),
    );
  }
});

const segmentsOf = (path: string): string[] =>
  path
    .replace(/[.?]+$/, '')
    .split('/')
    .filter(Boolean);

describe('settings', () => {
  /** What examples and other programs call their own. */
  const OTHERS = new Set([
    ...['POSTGRES_PASSWORD', 'GRAFANA_PASSWORD', 'NODE_IMAGE', 'NO_COLOR', 'PG_CONTEXT', 'APP_FILTER'],
    ...['TEST_REDIS', 'TEST_DATABASE_URL', 'WEBHOOK_SECRET', 'WEBHOOK_SECRETS', 'OTEL_EXPORTER_OTLP_ENDPOINT'],
  ]);

  it('every setting that a page names exists', () => {
    const named = code.flatMap(({ where, code: text }) =>
      [...text.matchAll(/(?<![\w$-])([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?![\w-])/g)].map(([, name = '']) => ({
        where,
        name,
      })),
    );
    expect(named.length).toBeGreaterThan(40);
    expect(named.filter(({ name }) => !(name in settings) && !OTHERS.has(name))).toEqual([]);
  });

  it('the README lists each', () => {
    const readme = readPage('README.md');
    expect(Object.keys(settings).filter((name) => !readme.includes(`| \`${name}\` |`))).toEqual([]);
  });
});

describe('the command line', () => {
  /** `customer create --name Acme`, as written after the program's name. */
  const commands = code.flatMap(({ where, code: text }) =>
    [...text.matchAll(/(?:\bcli -- |dist\/cli\/main\.js |\bnpx webhooks )([a-z][^|&;)`]*)/g)].map(([, line = '']) => ({
      where,
      line,
    })),
  );
  const MAIN = join(ROOT, 'dist/cli/main.js');

  it('every command and option that a page names exists', async () => {
    expect(commands.length).toBeGreaterThan(10);
    const paths = [...new Set(commands.map(({ line }) => pathOf(line)))];
    const help = new Map(await Promise.all(paths.map(async (path) => [path, await helpOf(path)] as const)));
    const unknown = commands.filter(({ line }) => {
      const text = help.get(pathOf(line)) ?? '';
      const options = line.match(/(?<=\s)--[a-z][\w-]*/g) ?? [];
      return !text.startsWith(`Usage: webhooks ${pathOf(line)} `) || options.some((option) => !text.includes(option));
    });
    expect(unknown).toEqual([]);
  });

  const pathOf = (line: string): string =>
    /^[a-z][a-z-]*(?: (?!https?:)[a-z][a-z-]*(?= |$))*/.exec(line.trim())?.[0] ?? '';

  async function helpOf(path: string): Promise<string> {
    const { stdout } = await promisify(execFile)(process.execPath, [MAIN, ...path.split(' '), '--help']);
    return stdout;
  }
});
