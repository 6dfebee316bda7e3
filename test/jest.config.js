const { join } = require('node:path');

const rootDir = join(__dirname, '..');

// Nest and Prisma ship ES modules, which Jest cannot `require` on Node 20: they are compiled like our own sources.
const esmOnly =
  '@nestjs|@prisma|file-type|strtok3|token-types|uint8array-extras|@tokenizer|@borewit|uuid|envalid|jose|path-to-regexp';

/** @type {import('jest').Config} */
const base = {
  rootDir,
  testEnvironment: 'node',
  transform: {
    '^.+\\.[cm]?[jt]s$': [
      '@swc/jest',
      {
        module: { type: 'commonjs' },
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          keepClassNames: true,
        },
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly})/)`],
  // The examples import the package by its name.
  moduleNameMapper: {
    '^webhooks-module$': '<rootDir>/src/webhooks/index.ts',
    '^webhooks-module/testing$': '<rootDir>/src/webhooks/testing/index.ts',
    // What is imported on demand is named with the extension that it has when it is built.
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  clearMocks: true,
};

const withDatabase = {
  ...base,
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
};

/** @type {import('jest').Config} */
module.exports = {
  rootDir,
  // Tests mostly wait: for retries, processes, databases.
  maxWorkers: '100%',
  // A busy machine is slow, not wrong; suites that need longer say so.
  testTimeout: 30_000,
  projects: [
    { ...base, displayName: 'unit', testMatch: ['<rootDir>/src/**/*.spec.ts', '<rootDir>/examples/**/*.spec.ts'] },
    { ...withDatabase, displayName: 'integration', testMatch: ['<rootDir>/test/integration/**/*.spec.ts'] },
    {
      ...withDatabase,
      displayName: 'e2e',
      testMatch: ['<rootDir>/test/e2e/**/*.spec.ts'],
      setupFilesAfterEnv: ['<rootDir>/test/support/process-setup.ts'],
    },
  ],
};
