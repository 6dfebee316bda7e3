// `node results.js <command> <Jest result file>…`: what .ci/run asks of Jest's JSON results.
const { existsSync, readFileSync } = require('node:fs');
const { relative } = require('node:path');

/** So many suites that fail are not a busy machine. */
const MOST_TO_RUN_AGAIN = 12;

const [command, ...files] = process.argv.slice(2);
const [first, again] = files.filter(existsSync).map((file) => JSON.parse(readFileSync(file, 'utf8')).testResults);

const print = (line) => process.stdout.write(`${line}\n`);

const isFailed = ({ status }) => status === 'failed';
/** A suite that could not run has no tests, and is one failure. */
const testsOf = (suite) =>
  suite.assertionResults.length === 0 && isFailed(suite)
    ? [{ status: 'failed', fullName: 'could not run' }]
    : suite.assertionResults;
/** The tests that failed, with their suites. */
const failedTests = (suites = []) =>
  suites.flatMap((suite) =>
    testsOf(suite)
      .filter(isFailed)
      .map(({ fullName }) => `${relative(process.cwd(), suite.name)}: ${fullName}`),
  );

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
  const [atFirst, byThemselves] = [failedTests(first), failedTests(again)];
  for (const name of atFirst) {
    const hasPassed = again !== undefined && !byThemselves.includes(name);
    print(`${hasPassed ? 'failed beside others, passed by itself' : 'failed'}: ${name}`);
  }
  for (const name of byThemselves) if (!atFirst.includes(name)) print(`failed by itself: ${name}`);
}

({ failed: failedSuites, tally, failures })[command]();
