import { rawIdOf } from '../../../gateway/src/graphql/ids.ts';
import type { Command } from '../../../gateway/src/model.ts';
import type { Given, Integrator } from './integrator.ts';
import type { Witness } from './witness.ts';

/** What came of the commands. */
export interface CommandsVerdict {
  /** By status. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Commands that a client gave again with the same key. */
  readonly retried: number;
  /** Commands that lost their phone's reply. */
  readonly repliesLost: number;
  /** Dials, and consultations of attended transfers, that were confirmed: each is compared with what was dialled. */
  readonly dialsConfirmed: number;
  readonly wrong: readonly string[];
}

/** Requests that only read, or log in: they may come again. */
const READS = /phonecfg|SnapshotDevice|snapshot|info\.htm|GetStatus/i;

/** Compares what the gateway says of its commands with what reached the phones. */
export function judgeCommands(commands: readonly Command[], { given }: Integrator, witness: Witness): CommandsVerdict {
  const wrong: string[] = [];
  const byId = new Map(commands.map((command) => [command.id, command]));
  const claimed = new Set<string>();
  let dialsConfirmed = 0;
  for (const one of given) {
    const ids = new Set(one.answers.map(({ id }) => rawIdOf('Command', id)));
    const [id] = ids;
    if (id === undefined || ids.size > 1) wrong.push(`${tell(one)}: ${ids.size} commands, ${one.errors.join('; ')}`);
    if (id === undefined) continue;
    if (claimed.has(id)) wrong.push(`${tell(one)}: is another one's command`);
    claimed.add(id);
    const command = byId.get(id);
    if (command === undefined) wrong.push(`${tell(one)}: the gateway does not know it`);
    else {
      wrong.push(...faultsOf(one, command, witness));
      if (isProvenByDialling(one) && command.status === 'CONFIRMED') dialsConfirmed += 1;
    }
  }
  return {
    statuses: countBy(commands),
    retried: given.filter(({ timesGiven }) => timesGiven > 1).length,
    repliesLost: given.filter(({ replyWasLost }) => replyWasLost).length,
    dialsConfirmed,
    wrong,
  };
}

function faultsOf(one: Given, { status, settledAt, failure }: Command, witness: Witness): readonly string[] {
  const faults: string[] = [];
  const acting = one.requests.filter((request) => !READS.test(request));
  const twice = acting.filter((request, index) => acting.indexOf(request) !== index);
  if (
    one.number === null ? twice.length > 0 : acting.filter((request) => request.includes(one.number ?? '')).length > 1
  )
    faults.push(`sent twice: ${acting.join(' | ')}`);
  if (one.isAlias && witness.timesReached(one.number ?? '') > 1) faults.push(`reached ${one.number} more than once`);
  if (status === 'UNKNOWN' && !one.replyWasLost && !one.wasRestarted) faults.push('UNKNOWN though its reply came');
  if (status === 'FAILED' && one.name === 'dial' && one.isAlias && hasDialled(one, witness))
    faults.push(`FAILED (${failure?.message}) though it was dialled`);
  if (status === 'CONFIRMED' && isProvenByDialling(one) && !hasDialled(one, witness))
    faults.push('CONFIRMED though that number was never dialled');
  if (settledAt === null) faults.push(`${status}, and nobody settled it`);
  return faults.map((fault) => `${tell(one)}: ${fault}`);
}

function isProvenByDialling({ name, isAttended }: Given): boolean {
  return name === 'dial' || (name === 'transfer' && isAttended);
}

/** Whether the number that this command named was dialled at its phone. */
function hasDialled(one: Given, { calls }: Witness): boolean {
  return calls.some(
    ({ leg, parties }) =>
      leg.local.number === one.phone.number && leg.direction === 'outgoing' && parties[0] === one.number,
  );
}

function tell({ name, number, phone, timesGiven }: Given): string {
  return `${name}${number === null ? '' : ` ${number}`} on ${phone.number} (${phone.kind.vendor} ${phone.kind.model}), given ${timesGiven}×`;
}

function countBy(commands: readonly Command[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { status } of commands) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}
