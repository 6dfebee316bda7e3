const { default: openapiTS, astToString } = require('openapi-typescript');

const HEADER = '// Generated from openapi.json by `npm run openapi`: do not edit.\n\n';

/** What is generated from the API description: the content of each file, by its path in the project. */
async function generatedFiles(document) {
  const types = astToString(await openapiTS(structuredClone(document), { alphabetize: true }));
  return {
    'openapi.json': `${JSON.stringify(document, null, 2)}\n`,
    'sdk/src/schema.ts': HEADER + types,
  };
}

module.exports = { generatedFiles };
