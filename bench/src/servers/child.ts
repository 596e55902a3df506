import { getHeapStatistics } from 'node:v8';

/** What a server in a process of its own does toward its parent. */

/** The argument that the parent gave. */
export function argument<Value>(): Value {
  return JSON.parse(process.argv[2] ?? 'null') as Value;
}

/** What a process holds, in bytes. */
export interface Memory {
  readonly resident: number;
  /** The heap's objects, and whatever is outside the heap: without the pages that the heap keeps for objects to come. */
  readonly held: number;
  readonly heap: number;
}

/** Tells the parent that the server listens; answers what it asks, and ends when told to. */
export function serve(ready: object, stop: () => Promise<void>): void {
  process.on('message', (message) => {
    if (message === 'cpu') {
      const { user, system } = process.cpuUsage();
      process.send?.(user + system);
    }
    if (message === 'memory') {
      collected().then(
        (memory) => process.send?.(memory),
        () => process.exit(1),
      );
    }
  });
  const end = (): void => {
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', end);
  process.on('disconnect', end);
  process.send?.(ready);
}

/** After everything that can be freed has been: needs `--expose-gc`. */
async function collected(): Promise<Memory> {
  for (let turn = 0; turn < 4; turn += 1) {
    globalThis.gc?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { rss, heapUsed, external } = process.memoryUsage();
  const { total_physical_size } = getHeapStatistics();
  return { resident: rss, held: rss - total_physical_size + heapUsed, heap: heapUsed + external };
}
