/** The oldest Node that can load ES modules from CommonJS, which Nest 12 needs. */
const OLDEST = [20, 19] as const;

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

// Runs before anything else is loaded: on an older Node, loading Nest would fail with an error that helps nobody.
if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
  process.stderr.write(
    `Node ${process.versions.node} is too old: this service needs Node ${OLDEST.join('.')} or newer.\n`,
  );
  process.exit(1);
}
