import { quantile } from '../table.ts';
import type { Latencies } from './latencies.ts';
import type { ReportResults } from './reports.ts';
import type { Watcher } from './watcher.ts';

/** What was seen of a run. */
export interface Seen {
  readonly results: Pick<ReportResults, 'numbers'>;
  /** All that is in the log, read once more at the end. */
  readonly log: Watcher;
  readonly watchers: readonly Watcher[];
  /** How often each number was dialled. */
  readonly dials: ReadonlyMap<string, number>;
  /** What the gateways said of each dial. */
  readonly dialResults: ReadonlyMap<string, string>;
  readonly latencies: Latencies;
  /** When the load began. */
  readonly began: number;
  /** While a gateway was away, and a while after. */
  readonly quiet: { readonly from: number; readonly to: number };
}

/** What it comes to. */
export interface Findings {
  readonly isClean: boolean;
  readonly lines: readonly (readonly [string, string | number])[];
}

/** In the first seconds the code is compiled that everything goes through. */
const WARM_UP_MS = 10_000;
/** What the p99 is to be. */
const MOST_MS = 300;

/** Counts what was lost, doubled, or said and not done. */
export function judge({ results, log, watchers, dials, dialResults, latencies, began, quiet }: Seen): Findings {
  const kept = results.numbers('KEPT');
  const refused = results.numbers('REFUSED');
  const lost = kept.filter((number) => log.counts[number] === 0).length;
  const doubled = log.counts.filter((count) => count > 1).length;
  const refusedButThere = refused.filter((number) => (log.counts[number] ?? 0) > 0).length;
  const missing = watchers.map(({ counts }) => kept.filter((number) => counts[number] === 0).length);
  const twice = watchers.map(({ counts }) => counts.filter((count) => count > 1).length);
  const secondDials = [...dials.values()].filter((count) => count > 1).length;
  const said = [...dialResults];
  const notDone = said.filter(
    ([number, status]) => ['ACCEPTED', 'CONFIRMED'].includes(status) && !dials.has(number),
  ).length;
  const doneAfterAll = said.filter(([number, status]) => status === 'FAILED' && dials.has(number)).length;
  const isDuring = (at: number) => at >= quiet.from - 1_000 && at <= quiet.to;
  const isUsual = (at: number) => !isDuring(at);
  const isWarm = (at: number) => isUsual(at) && at >= began + WARM_UP_MS;
  const warm = latencies.of(isWarm);
  const during = latencies.of(isDuring);
  const seconds = [...latencies.bySecond({ began, isWanted: isWarm }).values()].map((second) => quantile(second, 0.99));
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  const milliseconds = (values: Float64Array, share: number) =>
    values.length === 0 ? '–' : `${quantile(values, share).toFixed(1)} ms`;
  return {
    isClean: sum([lost, doubled, refusedButThere, secondDials, notDone, doneAfterAll, ...missing, ...twice]) === 0,
    lines: [
      ['reports answered 200', kept.length],
      ['reports refused, or no gateway there', refused.length],
      ['reports whose connection broke before an answer', results.numbers('UNKNOWN').length],
      ['answered 200 and not in the log', lost],
      ['in the log twice', doubled],
      ['refused and in the log', refusedButThere],
      ['not told to a subscriber, of each', missing.join(' ')],
      ['told twice to a subscriber, of each', twice.join(' ')],
      ['subscribers connected anew', sum(watchers.map(({ reconnects }) => reconnects))],
      ['subscribers told of missed events', sum(watchers.map(({ missed }) => missed.length))],
      ['numbers dialled', dials.size],
      ['numbers dialled twice', secondDials],
      ['ACCEPTED or CONFIRMED and never dialled', notDone],
      ['FAILED and dialled', doneAfterAll],
      ['action URL → subscriber, p50', milliseconds(warm, 0.5)],
      ['action URL → subscriber, p99', milliseconds(warm, 0.99)],
      ['the same p99 with the first ten seconds', milliseconds(latencies.of(isUsual), 0.99)],
      [
        `seconds whose own p99 is above ${MOST_MS} ms`,
        `${seconds.filter((ms) => ms > MOST_MS).length} of ${seconds.length}`,
      ],
      ['the same while a gateway was away and started, p50', milliseconds(during, 0.5)],
      ['the same, p99', milliseconds(during, 0.99)],
      ['the same, longest', milliseconds(during, 1)],
    ],
  };
}

/** One line each. */
export function renderFindings({ lines }: Findings): string {
  const width = Math.max(...lines.map(([what]) => what.length));
  return lines.map(([what, figure]) => `${what.padEnd(width)}  ${figure}`).join('\n');
}
