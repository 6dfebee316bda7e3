import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const processEnv = 'Only src/config reads the environment: take the value from the configuration.';
const noForwardRef = {
  name: '@nestjs/common',
  importNames: ['forwardRef'],
  message: 'Two providers that need each other are one provider, or miss a third.',
};
const noProcessEnv = { name: 'node:process', importNames: ['env', 'default'], message: processEnv };
const noFetch = { name: 'fetch', message: 'Requests to customers go through the HTTP sender of delivery.' };

const nodeGlobals = Object.fromEntries(
  ['Buffer', 'URL', '__dirname', 'console', 'module', 'process', 'require', 'structuredClone'].map((name) => [
    name,
    'readonly',
  ]),
);

export default defineConfig(
  {
    ignores: [
      'dist/',
      'sdk/dist/',
      'sdk/src/schema.ts',
      'coverage/',
      'src/generated/',
      'test/host-app/generated/',
      'examples/dist/',
      '.data/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // Nest's modules are classes whose decorator is the content.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/return-await': ['error', 'in-try-catch'],
      // Types here are shapes: an object with the fields of a DTO or an entity is one.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      'no-console': 'error',
      'no-restricted-imports': ['error', { paths: [noForwardRef, noProcessEnv] }],
      'no-restricted-properties': ['error', { object: 'process', property: 'env', message: processEnv }],
    },
  },
  {
    files: ['src/config/**', 'test/**', 'bench/**', 'examples/**', 'prisma.config.ts'],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    files: ['src/webhooks/**'],
    // GitHub's public keys come from an address that the operator configures, not a customer.
    ignores: ['src/webhooks/leaks/github-keys.ts'],
    rules: { 'no-restricted-globals': ['error', noFetch] },
  },
  // What the CLI prints is its purpose.
  { files: ['src/cli/**', 'test/**', 'examples/**'], rules: { 'no-console': 'off' } },
  {
    files: ['**/*.spec.ts', 'test/**/*.ts'],
    rules: {
      // Bodies of answers and Jest's matchers are `any`.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['**/*.{js,cjs,mjs}'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: nodeGlobals },
    rules: { '@typescript-eslint/no-require-imports': 'off', 'no-restricted-properties': 'off' },
  },
);
