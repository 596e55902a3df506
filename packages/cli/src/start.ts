import { CommanderError } from 'commander';
import { EXIT_CODES } from './exit-codes.table.ts';
import { createProgram } from './program.ts';

// Who reads the output may stop to, as `head` does.
process.stdout.on('error', (error) => {
  if ('code' in error && error.code === 'EPIPE') process.exit(EXIT_CODES.DONE);
  throw error;
});

try {
  await createProgram().parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? EXIT_CODES.DONE : EXIT_CODES.USAGE;
}
