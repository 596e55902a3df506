import { parentPort, workerData } from 'node:worker_threads';

/** What a driver may do instead of its work. */
export const DEEDS = [
  'throws',
  'never',
  'loops',
  'eats',
  'eatsBuffers',
  'wrong',
  'uncloneable',
  'exits',
  'rejects',
  'floodsOwnPort',
] as const;
/** One of {@link DEEDS}. */
export type Deed = (typeof DEEDS)[number];

function forever(step: () => void = () => {}): never {
  for (;;) step();
}

/** Does it. What it gives, if anything, is nothing that the contract knows. */
export function commit(deed: Deed): unknown {
  switch (deed) {
    case 'throws':
      throw new Error('a secret of the driver');
    case 'never':
      return new Promise(() => {});
    case 'loops':
      return forever();
    case 'eats': {
      const eaten: unknown[] = [];
      return forever(() => eaten.push(new Array(10_000).fill(Math.random())));
    }
    case 'eatsBuffers': {
      const eaten: unknown[] = [];
      // Slowly, with pauses: its thread answers all the while.
      setInterval(() => eaten.push(Buffer.alloc(16 * 1_048_576, 1)), 5);
      return new Promise(() => {});
    }
    case 'wrong':
      return { score: 'high', status: 'FINE', event: 7, value: null, mediaType: 1, ladders: 1, issues: 3 };
    case 'uncloneable':
      return { score: () => 1, status: () => 2 };
    case 'exits':
      return process.exit(3);
    case 'rejects':
      // Nobody waits for it.
      void Promise.reject(new Error('thrown behind everybody’s back'));
      return new Promise(() => {});
    case 'floodsOwnPort': {
      const port: unknown = Reflect.get(Object(workerData), 'port');
      if (port !== undefined) throw new Error('it found the gateway’s port');
      return forever(() => parentPort?.postMessage('x'.repeat(1_000)));
    }
  }
}
