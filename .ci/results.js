// `node results.js <command> <Jest result file>…`: what .ci/run asks of Jest's JSON results.
const { existsSync, readFileSync } = require('node:fs');
const { relative } = require('node:path');

/** So many suites that fail are not a busy machine. */
const MOST_TO_RUN_AGAIN = 12;

const [command, ...files] = process.argv.slice(2);
const [first, again] = files.filter(existsSync).map((file) => JSON.parse(readFileSync(file, 'utf8')).testResults);

const print = (line) => process.stdout.write(`${line}\n`);

/** A suite that could not run has no tests, and is one failure. */
const testsOf = ({ assertionResults, status, name }) =>
  assertionResults.length === 0 && status === 'failed'
    ? [{ status, fullName: 'could not run', name }]
    : assertionResults;
const named = (suites) =>
  suites.flatMap((suite) =>
    testsOf(suite)
      .filter(({ status }) => status === 'failed')
      .map(({ fullName }) => `${relative(process.cwd(), suite.name)}: ${fullName}`),
  );
const isFailed = ({ status }) => status === 'failed';

/** The suites that failed, a path a line; none where there are too many to blame the machine. */
function failedSuites() {
  const failed = first.filter(isFailed);
  if (failed.length <= MOST_TO_RUN_AGAIN) for (const { name } of failed) print(name);
}

/** `<passed> <failed>`: a suite that was run again counts as it went then. */
function tally() {
  const isRunAgain = new Set(again?.map(({ name }) => name));
  const suites = [...first.filter(({ name }) => !isRunAgain.has(name)), ...(again ?? [])];
  const statuses = suites.flatMap(testsOf).map(({ status }) => status);
  const count = (wanted) => statuses.filter((status) => status === wanted).length;
  print(`${count('passed')} ${count('failed')}`);
}

/** The tests that failed, a line each, and which of them passed when their suite ran by itself. */
function failures() {
  const isFailedAgain = new Set(again && named(again));
  for (const name of named(first)) {
    const outcome =
      again === undefined || isFailedAgain.has(name) ? 'failed' : 'failed beside others, passed by itself';
    print(`${outcome}: ${name}`);
  }
  const isFailedFirst = new Set(named(first));
  for (const name of isFailedAgain) if (!isFailedFirst.has(name)) print(`failed by itself: ${name}`);
}

({ failed: failedSuites, tally, failures })[command]();
