// The house: who may import what. test/integration/house-rules.spec.ts shows that each rule bites.

const pure =
  '(api-key|api-key\\.columns|presented-token|labels|ip-address|ip-allow-list|client-address|rate-limit-headers|address-throttle|signature|signature-keys|tls-material|retry-policy|url-policy|permissions|page|event-body|ids|event-types|timeline|timeline-summary|endpoint-matching|payload-filter|endpoint-policy|custom-headers|secret-box|next-step)\\.ts$';
const frameworks =
  'node_modules/(@nestjs|@prisma|prisma|bullmq|ioredis|axios|undici|class-validator|class-transformer|express|fastify)/|^src/generated/prisma';
const slicesDoors = '\\.(service|module|types|errors|answers)\\.ts$';
const tests = '\\.spec\\.ts$';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'What imports each other is one thing, or misses a third that both import.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nothing imports and that imports nothing is left over.',
      severity: 'error',
      from: { orphan: true, path: '^src/', pathNot: tests },
      to: {},
    },
    {
      name: 'no-unresolvable',
      comment: 'The import leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-dev-dependencies',
      comment: 'The service runs without devDependencies.',
      severity: 'error',
      from: { path: '^src/', pathNot: tests },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-test-code',
      comment: 'The service runs without its tests.',
      severity: 'error',
      from: { path: '^src/', pathNot: tests },
      to: { path: ['^test/', tests] },
    },
    {
      name: 'prisma-in-repositories',
      comment: 'Queries live in *.repository.ts, where each names its tenant; the connection lives in src/database.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(database|generated)/|\\.repository\\.ts$' },
      to: { path: '^src/generated/prisma|node_modules/(@prisma|prisma)/' },
    },
    {
      name: 'bullmq-in-queue-and-delivery',
      comment: 'The queue is a reminder to look at a row: only delivery and src/queue know which one it is.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: '^src/queue/|^src/webhooks/delivery/[^/]+\\.(queue|processor|worker)\\.ts$',
      },
      to: { path: 'node_modules/(bullmq|@nestjs/bullmq)/' },
    },
    {
      name: 'requests-in-http-sender',
      comment: 'Every request to a customer passes the HTTP sender: its URL policy, deadline and caps.',
      severity: 'error',
      from: {
        path: '^src/',
        // The CLI runs a receiver of its own; problem.ts reads the names of the status codes.
        pathNot: [
          tests,
          '^src/cli/|^src/webhooks/delivery/http-(sender|transport)[^/]*\\.ts$|^src/webhooks/http/problem\\.ts$',
        ],
      },
      to: {
        path: ['node_modules/(axios|undici)/', '^(node:)?(http|https|http2)$'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'pure-files',
      comment: 'These rules of the product need no framework, not even through what they import.',
      severity: 'error',
      from: { path: `^src/.*/${pure}` },
      to: { path: frameworks, reachable: true },
    },
    {
      name: 'slices-through-services',
      comment:
        'A slice of src/webhooks is used through its service, module, types, errors, described answers or pure files.',
      severity: 'error',
      // The testing module puts the services together anew, on stand-ins for their repositories.
      from: { path: '^src/webhooks/([^/]+)/', pathNot: [tests, '^src/webhooks/testing/'] },
      to: {
        path: '^src/webhooks/(api-keys|audit|customers|delivery|endpoints|erasure|event-types|events|key-import|leaks|permissions|replays|retention|stats|verification)/',
        pathNot: ['^src/webhooks/$1/', slicesDoors, pure],
      },
    },
    {
      name: 'webhooks-stands-alone',
      comment: 'Other applications import src/webhooks: configuration reaches it as options.',
      severity: 'error',
      from: { path: '^src/webhooks/' },
      to: { path: '^src/(cli|config|health)/|^src/(main|app\\.module)\\.ts$' },
    },
    {
      name: 'nothing-imports-an-entry',
      comment: 'main and the CLI put things together; nothing is built on them.',
      severity: 'error',
      from: { pathNot: '^src/cli/' },
      to: { path: '^src/cli/|^src/main\\.ts$' },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^src/generated'] },
    tsConfig: { fileName: 'tsconfig.json' },
    // Imports of types alone are dependencies too.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['main', 'types'],
    },
  },
};
