import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandName } from '@hookswitch/core';
import { VirtualSnomPhone } from '@hookswitch/driver-snom/virtual';
import { VirtualYealinkPhone } from '@hookswitch/driver-yealink/virtual';
import { expect, onTestFinished, test } from 'vitest';
import { PEOPLE } from '../src/people.ts';
import type { OfficePhone } from '../src/virtual-phones.ts';
import { give } from './support/command.ts';
import { openOffice } from './support/open-office.ts';
import { Stage } from './support/stage.ts';
import { overWebSocket } from './support/updates.ts';

type DeskPhone = VirtualSnomPhone | VirtualYealinkPhone;

interface Wish {
  readonly command: readonly [CommandName, Readonly<Record<string, unknown>>];
  /** Somebody at the phone turns the switch. */
  readonly byHand: (phone: DeskPhone, on: boolean) => void;
  readonly ofCall: boolean;
}

const WISHES = {
  hold: {
    command: ['setHold', { held: true }],
    byHand(phone, on) {
      const [leg] = phone.calls;
      if (phone instanceof VirtualYealinkPhone) phone.user.press('F_HOLD');
      else if (leg !== undefined) phone.telephony[on ? 'hold' : 'resume'](leg);
    },
    ofCall: true,
  },
  mute: { command: ['setMuted', { muted: true }], byHand: (phone) => phone.user.press('MUTE'), ofCall: true },
  dnd: {
    command: ['setDoNotDisturb', { enabled: true }],
    byHand: ({ features }, on) => void features.turn('dnd', on),
    ofCall: false,
  },
  forwarding: {
    command: ['setForwarding', { kind: 'ALWAYS', enabled: true, target: '300' }],
    byHand: ({ features }, on) => void features.setForward('always', { on, target: '300' }),
    ofCall: false,
  },
} as const satisfies Record<string, Wish>;
type Switch = keyof typeof WISHES;

/**
 * How the gateway could know that the switch is as wished, or is not. AS_WISHED, OTHERWISE: the phone's events told it.
 * SNAPSHOT: the events were lost, and `refreshCalls` asked the phone. LOST: nothing told it, not even of the call.
 */
type Known = 'AS_WISHED' | 'OTHERWISE' | 'SNAPSHOT' | 'LOST';
/** KEPT: CONFIRMED, `changed: false`, at most a question was sent. ONCE: one request that acts. UNKNOWN: none, and it says so. */
type Outcome = 'KEPT' | 'ONCE' | 'UNKNOWN';
/** What becomes of the wish by policy: `refuse`, then `press`. */
type Expected = readonly [Outcome, Outcome];

const [KEPT, ONCE, BY_POLICY]: readonly Expected[] = [
  ['KEPT', 'KEPT'],
  ['ONCE', 'ONCE'],
  ['UNKNOWN', 'ONCE'],
] as const;
type Row = readonly [Switch, Known, Expected | undefined];

const REPORTED: readonly Row[] = (['hold', 'dnd'] as const).flatMap((name) => [
  [name, 'AS_WISHED', KEPT] as const,
  [name, 'OTHERWISE', ONCE] as const,
]);
/** Snom phones do not report it, and cannot be asked. */
const SNOM_MUTE: readonly Row[] = (['AS_WISHED', 'OTHERWISE', 'LOST'] as const).map((known) => [
  'mute',
  known,
  BY_POLICY,
]);
/** Their events tell that calls are forwarded, and not whereto: by CSTA it is asked for, by settings told again, which is no toggle. */
const snomForwarding = (known: Expected): readonly Row[] => [
  ['forwarding', 'AS_WISHED', known],
  ['forwarding', 'OTHERWISE', ONCE],
  ['forwarding', 'LOST', known],
];
const SNOM: readonly Row[] = [...REPORTED, ...SNOM_MUTE];
/** By HTTP it has phonecfg for its switches, and nothing for its calls. */
const YEALINK: readonly Row[] = [
  ...REPORTED,
  ['mute', 'AS_WISHED', KEPT],
  ['mute', 'OTHERWISE', ONCE],
  ['mute', 'LOST', BY_POLICY],
  ['hold', 'LOST', BY_POLICY],
  ['dnd', 'LOST', KEPT],
  ['forwarding', 'AS_WISHED', KEPT],
  ['forwarding', 'OTHERWISE', ONCE],
  ['forwarding', 'LOST', KEPT],
];
const PHONES: Readonly<Record<string, readonly Row[]>> = {
  // By CSTA, which tells of calls and do not disturb.
  '101': [...SNOM, ...snomForwarding(KEPT), ['hold', 'SNAPSHOT', KEPT], ['hold', 'LOST', KEPT], ['dnd', 'LOST', KEPT]],
  // By keys.
  '102': [...SNOM, ...snomForwarding(ONCE), ['hold', 'LOST', BY_POLICY], ['dnd', 'LOST', BY_POLICY]],
  '201': YEALINK,
  '202': YEALINK,
};

const READS = /phonecfg|SnapshotDevice|GetDoNotDisturb|GetForwarding|^GET \/(?:info|settings)\.htm/i;

/** What the phone was told, questions and logins left out. */
function actsSince({ requests }: OfficePhone, from: number): readonly string[] {
  return requests.all
    .slice(from)
    .filter(({ headers }) => headers['authorization'] !== undefined)
    .map(({ method, target, body }) => `${method} ${target} ${body}`)
    .filter((text) => !READS.test(text));
}

const CASES = Object.entries(PHONES).flatMap(([number, rows]) =>
  rows.flatMap(([name, known, expected]) =>
    (['refuse', 'press'] as const).map((policy, at) => [number, name, known, policy, expected?.[at]] as const),
  ),
);

test.each(CASES)('%s: %s, %s, policy %s: %s', async (...[number, name, known, policy, expected]) => {
  const wish: Wish = WISHES[name];
  const folder = await mkdtemp(join(tmpdir(), 'hookswitch-wishes-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const office = await openOffice({
    people: PEOPLE.filter((person) => person.number === number),
    file: { text: `dataDir: ${folder}\npolicy: { unknownState: ${policy} }\n`, name: 'hookswitch.yaml', folder },
  });
  const updates = await overWebSocket(office);
  onTestFinished(() => updates.close());
  const stage = new Stage(office, office.phone(number), updates.received);
  const { phone } = stage.staffed;
  if (!(phone instanceof VirtualSnomPhone || phone instanceof VirtualYealinkPhone)) throw new Error('nobody sits here');
  if (known === 'LOST') phone.actionUrls.hold();
  if (wish.ofCall && known !== 'LOST') await stage.talk();
  else if (wish.ofCall) {
    stage.customer.dial(number);
    await office.exchange.settled();
    phone.user.answer();
    await office.exchange.settled();
  }
  if (known === 'SNAPSHOT') phone.actionUrls.hold();
  wish.byHand(phone, true);
  if (known === 'OTHERWISE') wish.byHand(phone, false);
  await office.exchange.settled();
  if (known === 'LOST' || known === 'SNAPSHOT') await phone.actionUrls.release(() => []);
  await phone.actionUrls.idle();
  if (known === 'SNAPSHOT') await give(office, number, ['refreshCalls', {}]);
  const from = phone.requests.count;
  const { status, changed, failure } = await give(office, number, wish.command);
  const acts = actsSince(phone, from);
  const outcome = failure?.code ?? (changed === false ? `${status}, as it was` : 'told');
  const wanted = { KEPT: ['CONFIRMED, as it was', 0], ONCE: ['told', 1], UNKNOWN: ['STATE_UNKNOWN', 0] } as const;
  expect([outcome, acts.length], acts.join('\n')).toEqual(wanted[expected ?? expect.unreachable()]);
});
