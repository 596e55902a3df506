import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A process that runs as the container's first, in mounts, processes and a network of its own. */
export interface Container {
  /** Its process id outside. */
  readonly pid: number;
  /** Standard output and error so far. */
  readonly said: () => string;
  /** Resolves when it has said that; rejects when it ends before. */
  until(wanted: RegExp): Promise<void>;
  /** Runs a command within, as the same user. @returns its exit code, and what it printed */
  exec(command: readonly string[]): Promise<{ readonly code: number; readonly output: string }>;
  /** @returns its exit code */
  readonly ended: Promise<number>;
  /** Ends it at once where it still runs. */
  dispose(): Promise<void>;
}

/** What an engine would be given. */
export interface ContainerOptions {
  readonly root: string;
  /** `uid:gid` */
  readonly user: string;
  readonly workdir: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly command: readonly string[];
  /** Folders of this machine that are laid over folders of the container, and may be written. */
  readonly volumes: Readonly<Record<string, string>>;
}

/**
 * Runs a command as a container engine does with a read-only root: the folder is the root, mounted read-only; the process is number 1,
 * without privileges, in a network that has loopback only. Needs root, and util-linux and iproute2.
 */
export async function runContainer(options: ContainerOptions): Promise<Container> {
  const { root, user, workdir, environment, command, volumes } = options;
  const script = [
    'set -e',
    'root=$1; user=$2; workdir=$3; shift 3',
    'ip link set lo up',
    'mount --bind "$root" "$root"',
    ...Object.entries(volumes).map(([to, from]) => `mount --bind '${from}' "$root${to}"`),
    'mount -t tmpfs -o size=16m,nosuid,nodev,noexec tmpfs "$root/tmp"',
    'mount -t proc proc "$root/proc"',
    'mount -o remount,bind,ro "$root"',
    'exec setpriv --no-new-privs chroot --userspec="$user" --groups= "$root" /usr/bin/env -C "$workdir" "$@"',
  ].join('\n');
  // Nothing of this machine's.
  const env = { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', ...environment };
  const child = spawn(
    'unshare',
    ['--mount', '--pid', '--net', '--fork', 'sh', '-c', script, 'sh', root, user, workdir, ...command],
    {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  return watch(child, { user, env });
}

async function watch(
  child: ChildProcess,
  { user, env }: { readonly user: string; readonly env: Readonly<Record<string, string>> },
): Promise<Container> {
  let said = '';
  const waiting = new Set<() => void>();
  const hear = (chunk: string): void => {
    said += chunk;
    for (const look of waiting) look();
  };
  child.stdout?.setEncoding('utf8').on('data', hear);
  child.stderr?.setEncoding('utf8').on('data', hear);
  const ended = once(child, 'close').then(() => child.exitCode ?? 1);
  await once(child, 'spawn');
  const until = (wanted: RegExp): Promise<void> => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const look = (): void => (wanted.test(said) ? resolve() : undefined);
    waiting.add(look);
    look();
    ended.then((code) => reject(new Error(`it ended with ${code} before it said ${wanted}: ${said}`)));
    return promise;
  };
  const launcher = child.pid ?? 0;
  // What `unshare --fork` forked: number 1 of the new processes.
  const first = async (): Promise<number> => {
    const children = await readFile(`/proc/${launcher}/task/${launcher}/children`, 'utf8');
    return Number(children.trim());
  };
  // The first words come from within, so that by then it is there.
  await until(/\S/);
  const pid = await first();
  const [uid = '', gid = ''] = user.split(':');
  return {
    pid,
    said: () => said,
    until,
    ended,
    exec: (command) => {
      const where = ['--target', String(pid), '--mount', '--pid', '--net', '--root', '--wd'];
      const enter = ['nsenter', ...where, '--setgid', gid, '--setuid', uid, '--', ...command];
      return run('env', enter, { env }).then(
        ({ stdout, stderr }) => ({ code: 0, output: stdout + stderr }),
        (error: { code?: number; stdout?: string; stderr?: string }) => ({
          code: error.code ?? 1,
          output: `${error.stdout ?? ''}${error.stderr ?? ''}`,
        }),
      );
    },
    async dispose() {
      // Not the launcher: the bond between the two is cut when the first process takes its user's rights.
      if (child.exitCode === null) process.kill(pid, 'SIGKILL');
      await ended;
    },
  };
}
