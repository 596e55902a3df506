import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SystemPackage } from './installed.ts';
import { freePort } from './ports.ts';
import { Program, temporaryDirectory } from './program.ts';

/** Debian's package with the files of it that are used here. */
export const BARESIP: readonly SystemPackage[] = [
  { name: 'baresip-core', files: ['baresip', '/usr/lib/baresip/modules/aubridge.so'] },
];

/** The address of the phone. */
export const PHONE_HOST = '127.0.0.20';

/** How the phone is set up. */
export interface BaresipOptions {
  /** Where it registers as `bob`. Default: nowhere. */
  readonly registrar?: { readonly host: string; readonly port: number; readonly password: string };
}

/** A phone that answers calls by itself. */
export interface Baresip extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  readonly program: Program;
}

const CONFIGURATION = `
poll_method poll
call_local_timeout 120
call_max_calls 4
audio_player aubridge,line
audio_source aubridge,line
audio_alert aubridge,line
ausrc_format s16
auplay_format s16
rtp_ports 20000-30000
net_interface ${PHONE_HOST}
module_path /usr/lib/baresip/modules
module g711.so
module aubridge.so
module_app account.so
module_app menu.so
`;

/** Starts a phone; it is up a moment later, and what is sent before is lost. */
export async function startBaresip({ registrar }: BaresipOptions = {}): Promise<Baresip> {
  const directory = temporaryDirectory();
  const { path } = directory;
  const port = await freePort(PHONE_HOST);
  const account =
    registrar === undefined
      ? `<sip:bob@${PHONE_HOST}>;regint=0`
      : `<sip:bob@${registrar.host}:${registrar.port}>;auth_user=bob;auth_pass=${registrar.password};regint=60`;
  writeFileSync(join(path, 'config'), `sip_listen ${PHONE_HOST}:${port}\n${CONFIGURATION}`);
  writeFileSync(join(path, 'accounts'), `${account};answermode=auto;audio_codecs=PCMU\n`);
  writeFileSync(join(path, 'contacts'), '');
  const program = new Program('baresip', ['-f', path], { cwd: path });
  return {
    host: PHONE_HOST,
    port,
    program,
    async [Symbol.asyncDispose]() {
      await program[Symbol.asyncDispose]();
      directory[Symbol.dispose]();
    },
  };
}
