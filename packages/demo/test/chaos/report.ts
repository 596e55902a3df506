import type { CommandsVerdict } from './commands-verdict.ts';
import type { Storm } from './storm.ts';
import type { Verdict } from './verdict.ts';

/** What is told of a run. */
export interface Outcome {
  readonly seed: number;
  readonly minutes: number;
  readonly storm: Storm;
  /** Ends of calls that were open when nobody did anything any more. */
  readonly goingOn: number;
  readonly during: Verdict;
  readonly after: Verdict;
  readonly commands: CommandsVerdict;
  readonly closed: string;
}

/** The counts of a run, for people. */
export function report({ seed, minutes, storm, goingOn, during, after, commands, closed }: Outcome): string {
  const { phones, path, witness, integrator } = storm;
  const { sent, duplicated, reordered, lost } = path.counts;
  const statuses = Object.entries(commands.statuses).map(([status, count]) => `${count} ${status}`);
  const lines = [
    `chaos, seed ${seed}: ${phones.length} phones for ${minutes} simulated minutes, ${storm.restarts()} restarts`,
    `  ${witness.calls.length} ends of calls; events: ${sent} sent, ${duplicated} duplicated, ${reordered} reordered, ${lost} lost`,
    `  while ${goingOn} went on: ${tell(during)}`,
    `  after the last: ${tell(after)}`,
    `  closed by the gateway: ${closed}`,
    `  commands: ${integrator.given.length} given, ${commands.retried} again with the same key, ${commands.repliesLost} replies lost; with set-up: ${statuses.join(', ')}`,
    `  ${commands.dialsConfirmed} dials and consultations confirmed, ${commands.wrong.length} wrong`,
  ];
  return `${lines.join('\n')}\n`;
}

function tell(verdict: Verdict): string {
  const { equal, open, endInferred, inferred, inferredThoughTrue, inferredThoughNamed, unseen, mixedUp } = verdict;
  const parts = [
    `${equal} equal (${open} of them leave something open)`,
    `${endInferred} with inferred ends`,
    `${inferred} inferred (${inferredThoughTrue} of them true, ${inferredThoughNamed} of phones with ids) beside ${verdict.nameless} without ids`,
    `${mixedUp} mixed up with these`,
    `${unseen} never told`,
    `${verdict.wrong.length} wrong`,
  ];
  return parts.join(', ');
}

/** How many calls the gateway closed by itself, by the reason, from its metrics. */
export async function closedByReason(gatewayUrl: string): Promise<string> {
  const metrics = await (await fetch(`${gatewayUrl}/metrics`)).text();
  const found = metrics.matchAll(/^hookswitch_calls_closed_total\{reason="(\w+)"\} (\d+)$/gm);
  return [...found].map(([, reason, count]) => `${count} ${reason}`).join(', ');
}
