/** Everything that keeps a gateway from starting, in words. */
export class StartError extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'StartError';
    this.faults = faults;
  }
}
