import type { KeyPress } from '@hookswitch/core';
import type { Instant } from '../model.ts';
import { type Broken, judgeBeginning, judgeNumber, judgePossible, type NumberRules } from './judge-number.ts';
import { type Entry, type Typed, typeKeys } from './typed-keys.ts';

/** A call that is counted for an entry is not counted again for the same one so soon. */
const COUNTED_AGAIN_AFTER_MS = 10_000;

/** What keys may do: what is typed then, and how many calls to the outside they may begin. */
export type KeyJudgement = { readonly after: Typed; readonly calls: number } | Broken;

/** Judges keys, with those that were pressed before. */
export function judgeKeys(
  before: Typed,
  keys: readonly KeyPress[],
  { rules, now }: { readonly rules: NumberRules; readonly now: Instant },
): KeyJudgement {
  const { after, entries } = typeKeys(before, keys, now);
  let calls = 0;
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

const EDITED: Broken = {
  rule: 'dialling.keys',
  message: 'A key before moved the cursor: nobody knows which number stands there. Press CANCEL, then type it whole.',
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
