#!/usr/bin/env node
import '../service/require-node';
import { EXIT } from './exit-codes';
import { toFailure } from './failure';
import { createProgram } from './program';

// Whoever reads the output may have read enough (`| head`).
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? EXIT.ok : EXIT.failed);
});

createProgram(process.argv.slice(2))
  .then((program) => program.parseAsync())
  .then(
    // A command that worked may have more to say by its exit code.
    () => process.exit(),
    async (error: unknown) => {
      const { exitCode, message, code } = await toFailure(error);
      const isForProgram = process.argv.includes('--json');
      if (message !== '') {
        process.stderr.write(`${isForProgram ? JSON.stringify({ error: { code, message } }) : message}\n`);
      }
      process.exit(exitCode);
    },
  );
