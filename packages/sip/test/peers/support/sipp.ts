import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { freePort, Program, temporaryDirectory } from './program.ts';

/** Debian's package with the file of it that is used here. */
export const SIPP = [{ name: 'sip-tester', files: ['sipp'] }];

/** The address of the phone. */
const SIPP_HOST = '127.0.0.30';

/** A phone that does what a scenario says, for one call; then it exits: 0 where all came as the scenario expects. */
export interface Sipp extends AsyncDisposable {
  readonly uri: string;
  readonly program: Program;
}

/** The header fields that a response copies. */
const COPIED = '[last_Via:]\n[last_From:]\n[last_To:];tag=[pid]phone[call_number]\n[last_Call-ID:]\n[last_CSeq:]';
/** The same of a request that has a tag in To already. */
const COPIED_IN_DIALOG = '[last_Via:]\n[last_From:]\n[last_To:]\n[last_Call-ID:]\n[last_CSeq:]';

/** One message that the phone sends. */
export function send(lines: string, attributes = ''): string {
  return `<send ${attributes}><![CDATA[\n${lines.replace('COPIED_IN_DIALOG', COPIED_IN_DIALOG).replace('COPIED', COPIED)}\nContent-Length: 0\n\n]]></send>`;
}

/** The last response that the phone sends, with a moment in which it would answer a repeated request again. */
export function answer(status: number): string {
  return send(`SIP/2.0 ${status} Said by sipp\nCOPIED`);
}

/** Starts sipp and waits until its port is bound. */
export async function startSipp(scenario: string, transport: 'udp' | 'tcp' = 'udp'): Promise<Sipp> {
  const directory = temporaryDirectory();
  const file = join(directory.path, 'scenario.xml');
  const port = await freePort(SIPP_HOST);
  writeFileSync(
    file,
    `<?xml version="1.0" encoding="ISO-8859-1" ?>\n<scenario name="phone">\n${scenario}\n</scenario>\n`,
  );
  const program = new Program(
    'sipp',
    [
      '-sf',
      file,
      '-i',
      SIPP_HOST,
      '-p',
      String(port),
      '-t',
      transport === 'udp' ? 'u1' : 't1',
      '-m',
      '1',
      '-nostdin',
      '-timeout',
      '20s',
      '-timeout_error',
    ],
    { cwd: directory.path },
  );
  await expect.poll(() => isBound(transport, port), { timeout: 5000, interval: 10 }).toBe(true);
  return {
    uri: `sip:phone@${SIPP_HOST}:${port};transport=${transport}`,
    program,
    async [Symbol.asyncDispose]() {
      await program[Symbol.asyncDispose]();
      directory[Symbol.dispose]();
    },
  };
}

/** Whether somebody has the port of 127.0.0.30, as the kernel tells it (proc(5), /proc/net/udp). */
function isBound(transport: 'udp' | 'tcp', port: number): boolean {
  const place = `1E00007F:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return readFileSync(`/proc/net/${transport}`, 'utf8').includes(place);
}
