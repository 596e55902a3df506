/**
 * Programs that the tests talk to as real peers, a compiler for the disk that they make fail, and their Debian packages. `node scripts/test.ts` installs what is
 * missing where it may: as root, on a machine with apt-get. Elsewhere the suites that need them say that they were left
 * out; with `CI=true` that is a failure.
 */
import { spawnSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';

const PACKAGES = [
  'kamailio',
  'kamailio-tls-modules',
  'sip-tester',
  'baresip-core',
  'chromium',
  'gcc',
  'libc6-dev',
  'sqlite3',
  'golang-go',
  'golang-github-masterminds-sprig-dev',
  'golang-gopkg-yaml.v3-dev',
  'iproute2',
  'systemd',
  'prometheus',
  'zsh',
  'fish',
  'postgresql',
  'nats-server',
];

/** Debian's package of PostgreSQL makes and starts a server of its own, unless this file says no before it comes. */
const CLUSTERS = '/etc/postgresql-common/createcluster.conf';

/** Installs the peers that are not there. Never fails: the suites themselves tell what they miss. */
export function installPeers(): void {
  const missing = PACKAGES.filter((name) => !isInstalled(name));
  if (missing.length === 0 || !mayInstall()) return;
  process.stdout.write(`Installing what the tests talk to: ${missing.join(' ')}\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args: readonly string[]) =>
    spawnSync('apt-get', ['-qq', ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  apt('update');
  if (missing.includes('postgresql')) {
    apt('install', '-y', '--no-install-recommends', 'postgresql-common');
    appendFileSync(CLUSTERS, '\ncreate_main_cluster = false\n');
  }
  apt('install', '-y', '--no-install-recommends', ...missing);
}

function isInstalled(name: string): boolean {
  const { stdout } = spawnSync('dpkg', ['-s', name], { encoding: 'utf8' });
  return stdout?.includes('ok installed') === true;
}

function mayInstall(): boolean {
  return process.getuid?.() === 0 && spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0;
}
