import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { SystemPackage } from './installed.ts';
import { freePort } from './ports.ts';
import { Program, temporaryDirectory } from './program.ts';

/** Debian's package with the file of it that is used here. */
export const SIPP: readonly SystemPackage[] = [{ name: 'sip-tester', files: ['sipp'] }];

/** The address of the phone. */
const SIPP_HOST = '127.0.0.30';

/** How the phone is started. */
export interface SippOptions {
  /** Default UDP. */
  readonly transport?: 'udp' | 'tcp';
  /** After so many calls it exits; a call is a Call-ID. Default 1. */
  readonly calls?: number;
  /**
   * Takes a retransmission for a message of its own, so that a scenario can lose the first of them, or its answer (`-nr`).
   * Default: it is answered as the one before, or passed over.
   */
  readonly takesEach?: boolean;
}

/** A request that came to it, retransmitted or lost ones too. */
export interface SippMessage {
  readonly method: string;
  readonly callId: string;
  readonly cseq: string;
  readonly branch: string;
}

/** A phone that does what a scenario says; then it exits: 0 where all came as the scenario expects. */
export interface Sipp extends AsyncDisposable {
  readonly uri: string;
  readonly program: Program;
  /** What has come so far. */
  received(): readonly SippMessage[];
}

/** The header fields that a response copies. */
const COPIED = '[last_Via:]\n[last_From:]\n[last_To:];tag=[pid]phone[call_number]\n[last_Call-ID:]\n[last_CSeq:]';
/** The same of a request that has a tag in To already. */
const COPIED_IN_DIALOG = '[last_Via:]\n[last_From:]\n[last_To:]\n[last_Call-ID:]\n[last_CSeq:]';

/** One message that the phone sends. */
export function send(lines: string, attributes = ''): string {
  return `<send ${attributes}><![CDATA[\n${lines.replace('COPIED_IN_DIALOG', COPIED_IN_DIALOG).replace('COPIED', COPIED)}\nContent-Length: 0\n\n]]></send>`;
}

/** The last response that the phone sends. */
export function answer(status: number): string {
  return send(`SIP/2.0 ${status} Said by sipp\nCOPIED`);
}

const LOOK_MS = 10;
const START_MS = 5000;

/**
 * Starts sipp and waits until its port is bound.
 * @throws Error with the end of what it wrote, where it is not
 */
export async function startSipp(scenario: string, options: SippOptions = {}): Promise<Sipp> {
  const { transport = 'udp', calls = 1, takesEach = false } = options;
  const directory = temporaryDirectory();
  const file = join(directory.path, 'scenario.xml');
  const log = join(directory.path, 'messages.log');
  const port = await freePort(SIPP_HOST);
  writeFileSync(
    file,
    `<?xml version="1.0" encoding="ISO-8859-1" ?>\n<scenario name="phone">\n${scenario}\n</scenario>\n`,
  );
  const mode = transport === 'udp' ? 'u1' : 't1';
  const where = ['-sf', file, '-i', SIPP_HOST, '-p', String(port), '-t', mode];
  const limits = ['-m', String(calls), '-nostdin', '-timeout', '20s', '-timeout_error', ...(takesEach ? ['-nr'] : [])];
  const program = new Program('sipp', [...where, ...limits, '-trace_msg', '-message_file', log], {
    cwd: directory.path,
  });
  const sipp: Sipp = {
    uri: `sip:phone@${SIPP_HOST}:${port};transport=${transport}`,
    program,
    received: () => messagesIn(readFileSync(log, 'latin1')),
    async [Symbol.asyncDispose]() {
      await program[Symbol.asyncDispose]();
      directory[Symbol.dispose]();
    },
  };
  const latest = performance.now() + START_MS;
  while (!isBound(transport, port)) {
    if (performance.now() > latest) {
      await sipp[Symbol.asyncDispose]();
      throw new Error(`sipp does not listen: ${program.output}`);
    }
    await delay(LOOK_MS);
  }
  return sipp;
}

/** Whether somebody has the port of 127.0.0.30, as the kernel tells it (proc(5), /proc/net/udp). */
function isBound(transport: 'udp' | 'tcp', port: number): boolean {
  const place = `1E00007F:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return readFileSync(`/proc/net/${transport}`, 'utf8').includes(place);
}

const RECEIVED = /^(?:UDP|TCP) message received [^\n]*\n\s*\n(\S+) \S+ SIP\/2\.0\r?\n((?:\S[^\n]*\n)+)/gm;

/** The requests of what `-trace_msg` writes. */
function messagesIn(log: string): readonly SippMessage[] {
  return [...log.matchAll(RECEIVED)].map(([, method = '', headers = '']) => {
    const value = (pattern: RegExp): string => pattern.exec(headers)?.[1] ?? '';
    return {
      method,
      callId: value(/^Call-ID:\s*(\S+)/im),
      cseq: value(/^CSeq:\s*(\d+)/im),
      branch: value(/^Via:.*;branch=([^;\s]+)/im),
    };
  });
}
