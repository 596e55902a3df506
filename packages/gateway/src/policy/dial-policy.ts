import type { Failure } from '@hookswitch/core';
import type { ResolvedCommand } from '../commands/resolve-command.ts';
import type { Caller, Instant, Phone } from '../model.ts';
import type { TypedStore } from '../store/ports.ts';
import type { DialLimits } from './dial-limits.ts';
import { dialledBy } from './dialled-numbers.ts';
import { judgeKeys, LAST_DIALLED } from './judge-keys.ts';
import { type Broken, judgeNumber, type NumberRules, UNREADABLE } from './judge-number.ts';
import { isOpen, type OfficeHours } from './office-hours.ts';
import { storedBehind } from './stored-keys.ts';
import { interrupted, NOTHING_TYPED, type Typed } from './typed-keys.ts';

/** A command that is to be judged. */
export interface Asked {
  readonly phone: Phone;
  readonly resolved: ResolvedCommand;
  readonly caller: Caller;
}

/** Who may dial what, and when. */
export interface DialPolicy {
  /** What forbids a command now, or null. It changes nothing: for explanations, and for commands that still wait. */
  judge(asked: Asked): Promise<Failure | null>;
  /** The same when the command is about to be sent: it is counted and its keys are remembered, both on disk. */
  take(asked: Asked): Promise<Failure | null>;
}

/** What a policy is made of. */
export interface DialPolicyOptions {
  readonly rules: NumberRules;
  /** Null: at any time. */
  readonly hours: OfficeHours | null;
  readonly limits: DialLimits;
  /** Whether tones are judged as numbers are. */
  readonly judgesTones: boolean;
  /** Whether displays may be touched, though keys may be drawn on them. */
  readonly allowsTouch: boolean;
  /** Whether keys may be pressed that may dial what nobody here can know. */
  readonly allowsUnjudgedKeys: boolean;
  /** Numbers that are known to be behind a key of the phone, which is named as {@link storedBehind} names it. */
  readonly storedNumbers: (phoneId: string, kind: 'LAST' | 'KEY', key: string) => Promise<readonly string[]>;
  /** Where what was typed is kept. */
  readonly typed: TypedStore;
  /** Whether other gateways judge by the same store. */
  readonly isShared: boolean;
  readonly now: () => Instant;
}

/** Without a policy everything may be dialled. */
export const NO_DIAL_POLICY: DialPolicy = { judge: () => Promise.resolve(null), take: () => Promise.resolve(null) };

/** @returns the policy, once it knows what was typed on phones before */
export async function createDialPolicy(options: DialPolicyOptions): Promise<DialPolicy> {
  const { limits, now } = options;
  const typed = new Map(options.isShared ? [] : await options.typed.all());
  /** What stands on the phone: where other gateways type too it is read each time. */
  const typedOn = async (phoneId: string): Promise<Typed> => {
    if (!options.isShared) return typed.get(phoneId) ?? NOTHING_TYPED;
    return (await options.typed.get(phoneId)) ?? NOTHING_TYPED;
  };
  const look = async (asked: Asked): Promise<{ readonly judged: Judged; readonly before: Typed }> => {
    const stored = await storedFor(asked, options);
    const before = await typedOn(asked.phone.id);
    return { judged: judge(asked, { before, stored }, options), before };
  };
  return {
    async judge(asked) {
      const { judged } = await look(asked);
      if ('rule' in judged) return denied(judged);
      const broken = judged.calls === 0 ? null : await limits.check({ ...asked, calls: judged.calls });
      return broken === null ? null : denied(broken);
    },
    async take(asked) {
      const { judged, before } = await look(asked);
      if ('rule' in judged) return denied(judged);
      const { phone, resolved } = asked;
      const broken = judged.calls === 0 ? null : await limits.take({ ...asked, calls: judged.calls });
      if (broken !== null) return denied(broken);
      const after = judged.after ?? (resolved.name === 'sendDtmf' ? before : interrupted(before));
      // In memory before it is written: the next command is judged with it.
      const kept = after.text === '' ? null : { ...after, at: Math.max(after.at, now()) };
      if (kept === null) typed.delete(phone.id);
      else if (!options.isShared) typed.set(phone.id, kept);
      if (kept !== null || before.text !== '') await options.typed.put(phone.id, kept);
      return null;
    },
  };
}

type Stored = ReadonlyMap<string, readonly string[]>;

/** What is known of the numbers behind the keys of a command, by the keys' names as they were given. */
async function storedFor({ phone, resolved }: Asked, { storedNumbers }: DialPolicyOptions): Promise<Stored> {
  const keys = readCommand(resolved)?.keys ?? [];
  if (keys.length === 0) return new Map();
  const found = new Map<string, readonly string[]>();
  for (const name of new Set([...keys.map(({ key }) => key), LAST_DIALLED])) {
    const { kind, key } = storedBehind(name);
    if (kind === 'LAST' || kind === 'KEY') found.set(name, await storedNumbers(phone.id, kind, key));
  }
  return found;
}

/** What a command does; `after` null: it presses no keys. */
type Judged = Broken | { readonly after: Typed | null; readonly calls: number };

function judge(
  { phone, resolved }: Asked,
  { before, stored }: { readonly before: Typed; readonly stored: Stored },
  options: DialPolicyOptions,
): Judged {
  const { rules, hours, now, allowsUnjudgedKeys: allowsUnjudged } = options;
  if (resolved.name === 'touch' && !options.allowsTouch) return TOUCH;
  const dialled = readCommand(resolved);
  if (dialled === null) return UNREADABLE;
  const host = /@([^;?:]+)/.exec(phone.sipUri ?? '')?.[1]?.toLowerCase() ?? null;
  let calls = 0;
  for (const { text, use } of dialled.numbers) {
    if (use === 'TONES' && !options.judgesTones) continue;
    const judged = judgeNumber(text, rules, host);
    if ('rule' in judged) return judged;
    if (use === 'NOW' && judged.number === 'OUTSIDE') calls += 1;
  }
  const keyRules = { rules, now: now(), allowsUnjudged, stored };
  const keys = dialled.keys.length === 0 ? null : judgeKeys(before, dialled.keys, keyRules);
  if (keys !== null && 'rule' in keys) return keys;
  calls += keys?.calls ?? 0;
  if (calls > 0 && hours !== null && !isOpen(hours, now())) return HOURS;
  return { after: keys?.after ?? null, calls };
}

function readCommand({ name, command }: ResolvedCommand): ReturnType<typeof dialledBy> | null {
  try {
    return dialledBy(name, { ...command });
  } catch {
    return null;
  }
}

const HOURS: Broken = {
  rule: 'dialling.hours',
  message: 'The operator’s policy allows calls to the outside at other hours only.',
};

const TOUCH: Broken = {
  rule: 'dialling.touch',
  message: 'Digits may be drawn where the display is touched, and nobody could judge them. Use pressKeys or dial.',
};

/** Time alone undoes these. */
const PASSING = /^dialling\.(?:hours|limits)/;

function denied({ rule, message }: Broken): Failure {
  return { code: 'POLICY_DENIED', message: `${message} Nothing was sent.`, rule, retryable: PASSING.test(rule) };
}
