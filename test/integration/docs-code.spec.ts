import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { codeBlocks, markdownPages, ROOT } from '../support/markdown';

jest.setTimeout(180_000);

// TypeScript in the pages compiles as it stands there, in an application that has installed the module and its client. What
// a block does not import or declare is in reach as it would be there.
const FOLDER = join(ROOT, 'test/generated-docs');
const blocks = markdownPages()
  .flatMap(codeBlocks)
  .filter(({ language }) => language === 'ts');

const GLOBALS = `
${imported('@nestjs/common', ['Body', 'Controller', 'Get', 'Header', 'Injectable', 'Module', 'Param', 'Post', 'UseGuards'])}
${imported('@nestjs/core', ['NestFactory'])}
${imported('@nestjs/testing', ['Test'])}
${imported('webhooks-module', ['ApiKeyGuard', 'CurrentCustomer', 'RequirePermissions', 'WebhooksModule'])}
${imported('webhooks-module', ['WebhooksService'])} type WebhooksService = import('webhooks-module').WebhooksService;
type AuthenticatedCustomer = import('webhooks-module').AuthenticatedCustomer;

declare const webhooks: WebhooksService, webhooksService: WebhooksService;
declare const customers: import('webhooks-module').CustomersService, customersService: typeof customers;
declare const apiKeys: import('webhooks-module').ApiKeysService;
declare const endpoints: import('webhooks-module').EndpointsService;
declare const permissions: import('webhooks-module').PermissionsService;
declare const keyUsage: import('webhooks-module').KeyUsageService;
declare const keyAccess: import('webhooks-module').KeyAccessService;
declare const input: Parameters<typeof endpoints.create>[1];
declare const customer: { id: string; ownerId: string; name: string }, account: typeof customer, user: typeof customer;
declare const customerId: string, keyId: string, conversationId: string, messageId: string, id: string, since: Date;

declare module '@nestjs/config' {
  class ConfigModule {}
  class ConfigService {
    get(name: string): string | undefined;
    getOrThrow(name: string): string;
  }
}
declare class PrismaService {
  $transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
}
type SqlClient = import('webhooks-module').SqlClient;
interface Transaction extends SqlClient {
  invoice: { update(change: object): Promise<{ customerId: string }> };
  message: { create(message: { data: object }): Promise<{ id: string }> };
}
declare const prisma: PrismaService;
declare const options: import('webhooks-module').WebhooksModuleOptions;
declare class SendMessageDto {
  conversationId: string;
  content: string;
}
declare class MessagesService {
  send(customerId: string, conversationId: string, content: string): Promise<void>;
}
declare class MessagesModule {}
declare class AppModule {}
declare const EVENT_TYPES: import('webhooks-module').EventTypeDefinition[];
declare const app: import('@nestjs/common').INestApplication;
declare const request: typeof import('supertest');
`;

const WRONG = `export const emitted = webhooks.triggerWebhook(customerId, 'no.such.event', {});`;

it('they compile, and one that is wrong would be found', () => {
  expect(blocks.length).toBeGreaterThanOrEqual(20);
  const files = new Map(
    blocks.map(({ where, code }) => [`${where.replaceAll(/\W/g, '_')}.ts`, `${code}\nexport {};\n`]),
  );
  files.set('wrong.ts', WRONG).set('globals.d.ts', GLOBALS);
  mkdirSync(FOLDER, { recursive: true });
  try {
    for (const [name, code] of files) writeFileSync(join(FOLDER, name), code);
    const problems = problemsIn([...files.keys()].map((name) => join(FOLDER, name)));
    expect(problems).toEqual([expect.stringMatching(/^wrong\.ts: .*no\.such\.event/)]);
  } finally {
    rmSync(FOLDER, { recursive: true });
  }
});

function imported(from: string, names: readonly string[]): string {
  return names.map((name) => `declare const ${name}: typeof import('${from}').${name};`).join(' ');
}

function problemsIn(files: readonly string[]): string[] {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const parsed = ts.parseJsonConfigFileContent({ ...config, include: [], files }, ts.sys, ROOT);
  const options: ts.CompilerOptions = {
    ...parsed.options,
    // Some blocks are what stands in a function that awaits.
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    noUnusedLocals: false,
    noUnusedParameters: false,
    paths: { ...parsed.options.paths, 'webhooks-module-client': [join(ROOT, 'sdk/src/index.ts')] },
  };
  return ts.getPreEmitDiagnostics(ts.createProgram({ rootNames: files, options })).map(({ file, messageText }) => {
    const name = file?.fileName.split('/').at(-1) ?? '';
    return `${name}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}
