/** What a server in a process of its own does toward its parent. */

/** The argument that the parent gave. */
export function argument<Value>(): Value {
  return JSON.parse(process.argv[2] ?? 'null') as Value;
}

/** Tells the parent that the server listens; answers what it asks, and ends when told to. */
export function serve(ready: object, stop: () => Promise<void>): void {
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.(user + system);
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
