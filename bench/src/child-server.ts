import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Memory } from './servers/child.ts';
import type { Taken } from './servers/timed.ts';

/** A server in a process of its own, so that what it costs is its own. */
export interface ChildServer<Ready> {
  readonly ready: Ready;
  /** Processor time that it has used so far, in microseconds. */
  cpuMicroseconds(): Promise<number>;
  /** Resolves when it has ended by itself, without a fault. */
  readonly ended: Promise<void>;
  /** After a collection of garbage; the child has to be started with `--expose-gc`. */
  memory(): Promise<Memory>;
  /** What its clock has counted since it was last asked; of a server that has one. */
  timed(): Promise<Taken>;
  /** Sends it something that it understands. */
  tell(message: object): void;
  /** Everything that it sends besides. */
  onMessage(listener: (message: unknown) => void): void;
  stop(): Promise<void>;
}

/**
 * Option of Node's for whatever measures, or is measured beside the gateway: V8 else has four threads that collect garbage and compile, and
 * on two processors all others wait for them. A server that is a gateway has as many as whoever starts it by the README.
 */
export const ONE_HELPER = ['--v8-pool-size=1'] as const;

/**
 * Starts `servers/NAME.js`, which sends one message when it listens.
 * @param argument handed to it as JSON
 * @param execArgv options of Node's for it
 */
export async function startChild<Ready>(
  name: string,
  argument: unknown = null,
  execArgv: readonly string[] = [],
): Promise<ChildServer<Ready>> {
  const child = fork(new URL(`./servers/${name}.js`, import.meta.url), [JSON.stringify(argument)], {
    execArgv: [...(name.includes('gateway') ? [] : ONE_HELPER), ...execArgv],
    // As whoever operates one has it: the service, the image and the command set it.
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit').then(([code]: unknown[]) => {
    if (code !== 0) throw new Error(`${name} ended with ${String(code)}`);
  });
  ended.catch(() => {});
  const exited = ended.then(() => {
    throw new Error(`${name} ended`);
  });
  exited.catch(() => {});
  const message = async <Value>(): Promise<Value> => {
    const [value]: unknown[] = await Promise.race([once(child, 'message'), exited]);
    return value as Value;
  };
  const ready = await message<Ready>();
  return {
    ready,
    ended,
    async cpuMicroseconds() {
      const answer = message<number>();
      child.send('cpu');
      return answer;
    },
    async memory() {
      const answer = message<Memory>();
      child.send('memory');
      return answer;
    },
    async timed() {
      const answer = message<Taken>();
      child.send('timed');
      return answer;
    },
    tell(told) {
      child.send(told);
    },
    onMessage(listener) {
      child.on('message', listener);
    },
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}
