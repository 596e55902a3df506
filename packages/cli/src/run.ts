import type { Client } from '@hookswitch/client';
import { type Connection, connect } from './connect.ts';
import { EXIT_CODES } from './exit-codes.table.ts';
import { Fault } from './fault.ts';
import { sayFault } from './output/terminal.ts';

/** Runs a command: what it throws is said, and becomes the exit code. */
export async function run(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    sayFault(error);
    process.exitCode = error instanceof Fault ? error.exitCode : EXIT_CODES.FAILED;
  }
}

/** Runs a command that talks to the gateway, and closes the connection behind it. */
export function runWithClient(connection: Connection, command: (client: Client) => Promise<void>): Promise<void> {
  return run(async () => {
    await using client = await connect(connection);
    await command(client);
  });
}
