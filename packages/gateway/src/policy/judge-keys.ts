import type { KeyPress } from '@hookswitch/core';
import type { Instant } from '../model.ts';
import {
  type Broken,
  judgeBeginning,
  judgeNumber,
  judgePossible,
  type NumberRules,
  UNREADABLE,
} from './judge-number.ts';
import { storedBehind } from './stored-keys.ts';
import { type Entry, type Pressed, type Typed, typeKeys } from './typed-keys.ts';

/** A call that is counted for an entry is not counted again for the same one so soon. */
const COUNTED_AGAIN_AFTER_MS = 10_000;

/** No number is longer, whatever is dialled ahead of it. */
const MOST_TYPED = 128;

/** What keys may do: what is typed then, and how many calls to the outside they may begin. */
export type KeyJudgement = { readonly after: Typed; readonly calls: number } | Broken;

/** What keys are judged by. */
export interface KeyRules {
  readonly rules: NumberRules;
  readonly now: Instant;
  /** Whether keys may be pressed that may dial what nobody here can know. */
  readonly allowsUnjudged: boolean;
  /** Numbers that are known to be behind keys, by the name that was given and as {@link LAST_DIALLED}. */
  readonly stored?: ReadonlyMap<string, readonly string[]> | undefined;
}

/** Under this name stands the number that the phone dialled last. */
export const LAST_DIALLED = 'REDIAL';

/** Judges keys, with those that were pressed before. */
export function judgeKeys(before: Typed, keys: readonly KeyPress[], given: KeyRules): KeyJudgement {
  const { rules, now } = given;
  const { after, entries, pressed } = typeKeys(before, keys, now);
  // Each place where an entry may begin is judged at each key: without a bound that grows with the square.
  if (after.text.length > MOST_TYPED) return TOO_MANY;
  const recalled = judgeStored(pressed, given);
  if (typeof recalled === 'object') return recalled;
  let calls = recalled;
  let countedAt = before.text === '' ? null : before.countedAt;
  for (const entry of entries) {
    const judged = judgeEntry(entry, rules);
    if (typeof judged === 'object') return judged;
    if (judged !== 'CALL') continue;
    if (countedAt === null || entry.at - countedAt >= COUNTED_AGAIN_AFTER_MS) {
      calls += 1;
      countedAt = entry.at;
    }
  }
  return { after: { ...after, countedAt: after.text === '' ? null : countedAt }, calls };
}

/** What phones may dial from their memory. @returns how many calls to the outside it may begin */
function judgeStored(pressed: readonly Pressed[], { rules, allowsUnjudged, stored }: KeyRules): number | Broken {
  let calls = 0;
  for (const { key, hasDigits } of pressed) {
    // With nothing typed it repeats the last call on some phones; it also takes one that rings.
    const repeats = key === 'OK' && !hasDigits && !allowsUnjudged;
    const kind = repeats ? 'LAST' : storedBehind(key).kind;
    if (kind === 'NOTHING') continue;
    const judged = (stored?.get(repeats ? LAST_DIALLED : key) ?? []).map((number) => judgeNumber(number, rules));
    // What cannot be read is not known.
    const broken = judged.find((one) => 'rule' in one && one.rule !== UNREADABLE.rule);
    if (broken !== undefined && 'rule' in broken) return broken;
    const known = judged.filter(isNumber);
    if (known.length === 0 && !allowsUnjudged) return UNJUDGED;
    if (known.some(({ number }) => number === 'OUTSIDE')) calls += 1;
  }
  return calls;
}

const UNJUDGED: Broken = {
  rule: 'dialling.unjudgedKeys',
  message: 'The key may dial what the phone has stored, and nobody here knows which number that is. Use dial.',
};

const EDITED: Broken = {
  rule: 'dialling.keys',
  message:
    'A key before moved the cursor or was held down: nobody knows which number stands there. Press CANCEL, then type it whole.',
};

const TOO_MANY: Broken = {
  rule: 'dialling.keys',
  message: `More than ${MOST_TYPED} digits were typed, and nothing tells which number stands there. Press CANCEL first; for tones use sendDtmf.`,
};

function judgeEntry({ texts, sent }: Entry, rules: NumberRules): Broken | 'CALL' | 'NONE' {
  if (texts === null) return EDITED;
  const judged = texts.map((text) => judgeNumber(text, rules));
  const likeliest = judged.at(-1);
  if (likeliest === undefined || (isNumber(likeliest) && likeliest.number === 'EMERGENCY')) return 'NONE';
  for (const [index, text] of texts.entries()) {
    const one = judged[index];
    const broken = one !== undefined && isNumber(one) ? null : judgeBeginning(text, rules);
    if (broken !== null) return broken;
  }
  const inside = judged.some((one) => isNumber(one) && one.number === 'INSIDE');
  const outside = isNumber(likeliest) && likeliest.number === 'OUTSIDE' && !inside;
  if (!sent) return outside && exists(texts.at(-1) ?? '', rules) ? 'CALL' : 'NONE';
  for (const text of texts.slice(0, -1)) {
    const broken = judgePossible(text, rules);
    if (broken !== null) return broken;
  }
  if (outside) return 'CALL';
  return inside || isNumber(likeliest) ? 'NONE' : likeliest;
}

/** Whether it is a whole number, which a phone may dial without another key. */
function exists(text: string, rules: NumberRules): boolean {
  return isNumber(judgeNumber(text, { ...rules, unknownNumbers: 'refuse' }));
}

function isNumber<Judged extends object>(judged: Judged): judged is Judged & { readonly number: string } {
  return 'number' in judged;
}
