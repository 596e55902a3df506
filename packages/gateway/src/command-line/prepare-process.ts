import { setFlagsFromString } from 'node:v8';

/**
 * Sets what the gateway asks of a process of its own, before it does anything else; the gateway's command calls it. It is for a program
 * that starts gateways only: V8's options are those of the whole process.
 *
 * V8 would else soon make in its old generation what each event passes, since some of that lived long while phones were loaded; there it
 * stays until a full collection, with all that it points to. And full collections, for which others wait that share the processors, come half as
 * often where the old generation may grow to several times what was left of it. What is won, and for how much memory, stands in `docs/performance.md`.
 */
export function prepareProcess(): void {
  setFlagsFromString('--no-allocation-site-pretenuring');
  setFlagsFromString('--heap-growing-percent=300');
}
