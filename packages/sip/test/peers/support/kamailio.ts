import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SipUserAgent } from '../../../src/user-agent.ts';
import { makeCertificate, type TestCertificate } from '../../support/certificate.ts';
import { freePort, Program, temporaryDirectory } from './program.ts';

const TRIPLET = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu';

/** Debian's packages with the files of them that are used here. */
export const KAMAILIO = [
  { name: 'kamailio', files: ['kamailio'] },
  { name: 'kamailio-tls-modules', files: [`/usr/lib/${TRIPLET}/kamailio/modules/tls.so`] },
];

/** The address of the proxy; gateway and phones have others. */
export const PROXY_HOST = '127.0.0.10';

/** A registrar and proxy that challenges everything but OPTIONS to itself. */
export interface Kamailio extends AsyncDisposable {
  /** Of UDP and TCP. */
  readonly port: number;
  readonly tlsPort: number;
  readonly certificate: TestCertificate;
  readonly program: Program;
}

function configuration({
  algorithm,
  port,
  tlsPort,
  directory,
}: {
  algorithm: string;
  port: number;
  tlsPort: number;
  directory: string;
}): string {
  return `#!KAMAILIO
debug=1
log_stderror=yes
children=2
tcp_children=2
auto_aliases=no
enable_tls=yes
tcp_connection_lifetime=600
listen=udp:${PROXY_HOST}:${port}
listen=tcp:${PROXY_HOST}:${port}
listen=tls:${PROXY_HOST}:${tlsPort}
loadmodule "pv.so"
loadmodule "tm.so"
loadmodule "sl.so"
loadmodule "rr.so"
loadmodule "usrloc.so"
loadmodule "registrar.so"
loadmodule "textops.so"
loadmodule "siputils.so"
loadmodule "auth.so"
loadmodule "tls.so"
modparam("tls", "tls_method", "TLSv1.2+")
modparam("tls", "private_key", "${join(directory, 'key.pem')}")
modparam("tls", "certificate", "${join(directory, 'cert.pem')}")
modparam("auth", "algorithm", "${algorithm}")
modparam("usrloc", "db_mode", 0)
request_route {
  if (is_method("REGISTER")) {
    if (!pv_www_authenticate("phones", "secret", "0")) { www_challenge("phones", "1"); exit; }
    save("location");
    exit;
  }
  if (is_method("OPTIONS") && uri == myself && $rU == $null) { sl_send_reply("200", "Alive"); exit; }
  if (is_method("CANCEL")) { if (t_check_trans()) t_relay(); exit; }
  if (has_totag()) {
    if (loose_route()) { t_relay(); exit; }
    if (is_method("ACK")) { if (t_check_trans()) t_relay(); exit; }
    sl_send_reply("404", "Not Here");
    exit;
  }
  loose_route();
  if (!pv_proxy_authenticate("gateway", "secret", "0")) { proxy_challenge("gateway", "1"); exit; }
  consume_credentials();
  if (is_method("INVITE")) record_route();
  if (!lookup("location")) { sl_send_reply("404", "Not Registered"); exit; }
  t_relay();
}
`;
}

/** Starts it and waits until it answers. */
export async function startKamailio(agent: SipUserAgent, algorithm: 'MD5' | 'SHA-256'): Promise<Kamailio> {
  const directory = temporaryDirectory();
  const port = await freePort(PROXY_HOST);
  const tlsPort = await freePort(PROXY_HOST);
  const certificate = makeCertificate(PROXY_HOST);
  const { path } = directory;
  writeFileSync(join(path, 'cert.pem'), certificate.cert);
  writeFileSync(join(path, 'key.pem'), certificate.key);
  writeFileSync(join(path, 'kamailio.cfg'), configuration({ algorithm, port, tlsPort, directory: path }));
  const program = new Program('kamailio', [
    '-f',
    join(path, 'kamailio.cfg'),
    '-DD',
    '-E',
    '-m',
    '64',
    '-M',
    '8',
    '-Y',
    path,
  ]);
  const alive = await Promise.race([
    agent.request({ method: 'OPTIONS', uri: `sip:${PROXY_HOST}:${port}`, proxy: null }),
    program.exited.then(() => undefined),
  ]);
  const started = { port, tlsPort, certificate, program };
  const dispose = async (): Promise<void> => {
    await program[Symbol.asyncDispose]();
    directory[Symbol.dispose]();
  };
  if (alive?.kind === 'answered' && alive.status === 200) return { ...started, [Symbol.asyncDispose]: dispose };
  await dispose();
  throw new Error(`kamailio does not answer (${alive?.kind}): ${program.output}`);
}
