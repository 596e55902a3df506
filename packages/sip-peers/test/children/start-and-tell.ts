/** Starts a program, says its process id, and stays. */
import { Program } from '../../src/program.ts';

const program = new Program('sleep', ['60']);
process.stdout.write(`${program.pid}\n`);
await program.exited;
