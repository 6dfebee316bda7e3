#!/usr/bin/env node
import '../service/require-node';
import { EXIT } from './exit-codes';
import { tell, toFailure } from './failure';
import { createProgram, wantsJson } from './program';

// Whoever reads the output may have read enough (`| head`).
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? EXIT.ok : EXIT.failed);
});

const args = process.argv.slice(2);

createProgram(args)
  .then((program) => program.parseAsync())
  .then(
    // A command that worked may have more to say by its exit code.
    () => process.exit(),
    async (error: unknown) => {
      const failure = await toFailure(error);
      process.stderr.write(tell(failure, { json: wantsJson(args) }));
      process.exit(failure.exitCode);
    },
  );
