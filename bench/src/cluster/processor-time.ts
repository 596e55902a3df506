import { readdirSync, readFileSync } from 'node:fs';

/** Processor time of parts, each of one process or several with their children. */
export interface ProcessorTimes {
  /** What each part has used since the beginning, in seconds; of processes that have ended what was last seen. */
  readonly seconds: ReadonlyMap<string, number>;
  stop(): void;
}

const SAMPLE_MS = 1_000;
/** What `/proc` counts in: 100 a second on every Linux that there is. */
const TICKS_PER_SECOND = 100;

/** @param parts asked each time, since processes end and others take their place */
export function watchProcessorTimes(parts: () => ReadonlyMap<string, readonly number[]>): ProcessorTimes {
  const last = new Map<number, { readonly part: string; readonly first: number; now: number }>();
  const seconds = new Map<string, number>();
  const sample = (isFirst: boolean): void => {
    const table = processes();
    for (const [part, pids] of parts()) {
      for (const pid of pids.flatMap((one) => [one, ...childrenOf(one, table)])) {
        const used = table.get(pid)?.used ?? 0;
        const known = last.get(pid);
        if (known === undefined) last.set(pid, { part, first: isFirst ? used : 0, now: used });
        else known.now = Math.max(known.now, used);
      }
    }
    seconds.clear();
    for (const { part, first, now } of last.values()) seconds.set(part, (seconds.get(part) ?? 0) + now - first);
  };
  sample(true);
  const timer = setInterval(() => sample(false), SAMPLE_MS);
  return { seconds, stop: () => clearInterval(timer) };
}

interface Process {
  readonly parent: number;
  /** Seconds. */
  readonly used: number;
}

function processes(): ReadonlyMap<number, Process> {
  const found = new Map<number, Process>();
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    try {
      // Behind the name, which may hold anything: state, parent, … user and system time as the 12th and 13th.
      const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ') ?? [];
      const ticks = Number(fields[11]) + Number(fields[12]);
      found.set(pid, { parent: Number(fields[1]), used: ticks / TICKS_PER_SECOND });
    } catch {
      // It has ended meanwhile.
    }
  }
  return found;
}

function childrenOf(pid: number, table: ReadonlyMap<number, Process>): readonly number[] {
  const direct = [...table].flatMap(([one, { parent }]) => (parent === pid ? [one] : []));
  return direct.flatMap((one) => [one, ...childrenOf(one, table)]);
}
