import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { codeBlocks, markdownPages, ROOT } from '../support/markdown';

jest.setTimeout(180_000);

// TypeScript in the pages that is marked `<!-- typechecked -->` compiles as it stands there, in an application that has
// installed the module. A block without imports of its own is the body of a function with the usual names in reach.
const FOLDER = join(ROOT, 'test/generated-docs');
const blocks = markdownPages()
  .flatMap(codeBlocks)
  .filter(({ language, remark }) => language === 'ts' && remark === 'typechecked');

const PRELUDE = `
import { Body, Controller, Get, Injectable, Module, Param, Post, UseGuards } from '@nestjs/common';
import * as webhooksModule from 'webhooks-module';
import {
  ApiKeyGuard, CurrentCustomer, CustomersService, RequirePermissions, WebhooksModule, WebhooksService,
  type AuthenticatedCustomer, type SqlClient,
} from 'webhooks-module';
declare const webhooks: WebhooksService, webhooksService: WebhooksService;
declare const customers: CustomersService, customersService: CustomersService;
declare const prisma: {
  $transaction<T>(
    work: (tx: SqlClient & { invoice: { update(change: object): Promise<{ customerId: string }> } }) => Promise<T>,
  ): Promise<T>;
};
declare const customer: { id: string; ownerId: string; name: string };
declare const customerId: string, conversationId: string, messageId: string, id: string;
`;

const WRONG = `${PRELUDE}\nexport const emitted = webhooks.triggerWebhook(customerId, 'no.such.event', {});`;

it('they compile, and one that is wrong would be found', () => {
  expect(blocks.length).toBeGreaterThanOrEqual(7);
  const files = new Map(
    blocks.map(({ where, code }) => [
      `${where.replaceAll(/\W/g, '_')}.ts`,
      /^import /m.test(code) ? code : `${PRELUDE}\n${isBody(code) ? `export async function f() {\n${code}\n}` : code}`,
    ]),
  );
  mkdirSync(FOLDER, { recursive: true });
  try {
    for (const [name, code] of files.set('wrong.ts', WRONG)) writeFileSync(join(FOLDER, name), code);
    const problems = problemsIn([...files.keys()].map((name) => join(FOLDER, name)));
    expect(problems).toEqual([expect.stringMatching(/^wrong\.ts: .*no\.such\.event/)]);
  } finally {
    rmSync(FOLDER, { recursive: true });
  }
});

const isBody = (code: string): boolean => !/^(?:export|declare) /m.test(code);

function problemsIn(files: readonly string[]): string[] {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const parsed = ts.parseJsonConfigFileContent({ ...config, include: [], files }, ts.sys, ROOT);
  const options: ts.CompilerOptions = {
    ...parsed.options,
    noUnusedLocals: false,
    noUnusedParameters: false,
    paths: { 'webhooks-module': [join(ROOT, 'src/webhooks/index.ts')] },
  };
  return ts.getPreEmitDiagnostics(ts.createProgram({ rootNames: files, options })).map(({ file, messageText }) => {
    const name = file?.fileName.split('/').at(-1) ?? '';
    return `${name}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}
