// What is made of the API description. As a program, for tests (Jest cannot load what it needs): reads a description
// from its standard input, and writes `{ files, valid, errors, version }`.
import { Validator } from '@seriousme/openapi-schema-validator';
import openapiTS, { astToString } from 'openapi-typescript';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const HEADER = '// Generated from openapi.json by `npm run openapi`: do not edit.\n\n';

/** The content of each generated file, by its path in the project. */
export async function generatedFiles(document) {
  const types = astToString(await openapiTS(structuredClone(document), { alphabetize: true }));
  return {
    'openapi.json': `${JSON.stringify(document, null, 2)}\n`,
    'sdk/src/schema.ts': HEADER + types,
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const document = JSON.parse(await text(process.stdin));
  const validator = new Validator();
  const { valid, errors } = await validator.validate(structuredClone(document));
  const files = await generatedFiles(document);
  process.stdout.write(JSON.stringify({ files, valid, errors, version: validator.version }));
}
