import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const root = join(__dirname, '../..');
const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

/** A small house in which each rule is broken once, next to what looks alike and is permitted. */
const house: Readonly<Record<string, string>> = {
  'src/main.ts': `import './app.module';`,
  'src/app.module.ts': `import './webhooks/webhooks.module'; import './webhooks/events/events.service';`,
  'src/cli/main.ts': `import 'node:http'; import './command';`,
  'src/cli/command.ts': `import '../main';`,
  'src/config/load-config.ts': `import 'node:path';`,
  'src/config/load-config.spec.ts': `import './load-config'; import 'supertest';`,
  'src/database/prisma.service.ts': `import '@prisma/adapter-pg'; import '../generated/prisma/client';`,
  'src/generated/prisma/client.ts': `import '@prisma/client';`,
  'src/queue/queue.module.ts': `import 'bullmq';`,
  'src/health/health.controller.ts': `import '../cli/command'; import type { Server } from 'node:http'; export type { Server };`,
  'src/webhooks/webhooks.module.ts': `import './events/events.repository'; import './api-keys/api-keys.module';`,
  'src/webhooks/api-keys/api-keys.module.ts': `import './api-keys.repository';`,
  'src/webhooks/api-keys/api-keys.repository.ts': `import '../../generated/prisma/client';`,
  'src/webhooks/api-keys/permissions.ts': `import '@nestjs/common';`,
  'src/webhooks/delivery/delivery.processor.ts': `import 'bullmq'; import './http-sender';`,
  'src/webhooks/delivery/http-sender.ts': `import 'axios'; import 'node:https';`,
  'src/webhooks/delivery/retry-policy.ts': `import './backoff';`,
  'src/webhooks/delivery/backoff.ts': `import 'class-validator';`,
  'src/webhooks/delivery/signature.ts': `import 'node:crypto';`,
  'src/webhooks/events/events.service.ts': [
    `import './events.repository';`,
    `import '../api-keys/api-keys.repository';`,
    `import '../api-keys/permissions';`,
    `import '../delivery/signature';`,
    `import '../../generated/prisma/client';`,
    `import 'bullmq';`,
    `import 'axios';`,
    `import { request } from 'node:https'; request('');`,
    `import 'supertest';`,
    `import './missing';`,
    `import '../../config/load-config';`,
    `import '../../../test/helper';`,
  ].join('\n'),
  'src/webhooks/events/events.repository.ts': `import '@prisma/client'; import './cycle';`,
  'src/webhooks/events/cycle.ts': `import type {} from './events.repository';`,
  'src/webhooks/events/left-over.ts': `export const nothing = 1;`,
  'test/helper.ts': `export const helper = 1;`,
};

interface Violation {
  readonly rule: { readonly name: string };
  readonly from: string;
  readonly to: string;
}

let folder: string;
let violations: readonly Violation[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'house-'));
  for (const [path, content] of Object.entries(house)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  await copyFile(join(root, 'tsconfig.json'), join(folder, 'tsconfig.json'));
  await copyFile(join(root, 'package.json'), join(folder, 'package.json'));
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  violations = await cruise();
}, 30_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

async function cruise(): Promise<readonly Violation[]> {
  const config = join(root, '.dependency-cruiser.cjs');
  const args = [cruiser, 'src', '--config', config, '--output-type', 'json', '--preserve-symlinks'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder, maxBuffer: 2 ** 26 });
  return (JSON.parse(stdout) as { summary: { violations: Violation[] } }).summary.violations;
}

const packageOf = (path: string): string => path.replace(/^.*node_modules\/((@[^/]+\/)?[^/]+).*$/, '$1');

/** `from → to` of each place where the rule was broken; a package is just its name. */
function broken(rule: string): string[] {
  return violations.filter((v) => v.rule.name === rule).map((v) => `${v.from} → ${packageOf(v.to)}`);
}

const service = 'src/webhooks/events/events.service.ts';

it.each([
  ['no-cycles', ['src/webhooks/events/cycle.ts → src/webhooks/events/events.repository.ts']],
  ['no-orphans', ['src/webhooks/events/left-over.ts → src/webhooks/events/left-over.ts']],
  ['no-unresolvable', [`${service} → ./missing`]],
  ['no-dev-dependencies', [`${service} → supertest`]],
  ['no-test-code', [`${service} → test/helper.ts`]],
  ['prisma-in-repositories', [`${service} → src/generated/prisma/client.ts`]],
  ['bullmq-in-queue-and-delivery', [`${service} → bullmq`]],
  ['requests-in-http-sender', [`${service} → https`, `${service} → axios`]],
  [
    'pure-files',
    [
      'src/webhooks/api-keys/permissions.ts → @nestjs/common',
      'src/webhooks/delivery/retry-policy.ts → class-validator',
    ],
  ],
  ['slices-through-services', [`${service} → src/webhooks/api-keys/api-keys.repository.ts`]],
  ['webhooks-stands-alone', [`${service} → src/config/load-config.ts`]],
  ['nothing-imports-an-entry', ['src/health/health.controller.ts → src/cli/command.ts']],
])('the rule %s refuses what breaks it and nothing else', (rule, expected) => {
  expect(broken(rule).sort()).toEqual([...expected].sort());
});

it('every rule is shown', () => {
  const { forbidden } = jest.requireActual<{ forbidden: { name: string }[] }>('../../.dependency-cruiser.cjs');
  expect(new Set(violations.map((v) => v.rule.name))).toEqual(new Set(forbidden.map((rule) => rule.name)));
});

it('the package takes the Nest of the application that imports it: with a copy of its own, nothing could be injected', () => {
  const { dependencies } = jest.requireActual<{ dependencies: Record<string, string> }>('../../package.json');
  for (const name of ['@nestjs/common', '@nestjs/core', 'reflect-metadata', 'rxjs']) {
    expect([name, dependencies[name]]).toEqual([name, expect.stringMatching(/^\^/)]);
  }
});
