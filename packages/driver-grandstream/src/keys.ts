import {
  ACCEPTED,
  type Commands,
  type DriverContext,
  failed,
  invalidArgument,
  invalidCallState,
  notForTones,
  type Outcome,
  type PhoneKey,
  parsePhoneKey,
} from '@hookswitch/core';
import { NAMED, NUMBERED } from './keys.table.ts';
import type { GrandstreamOptions } from './options.ts';
import { tell } from './wire/reply.ts';
import { keysRequest } from './wire/requests.ts';

/** The phone's own word for a key; null: it is not known to have one. */
function wordFor(key: PhoneKey, { poundKey }: GrandstreamOptions): string | null {
  const parsed = parsePhoneKey(key);
  if (parsed === null) return null;
  if (parsed.kind === 'vendor')
    return parsed.vendor === 'grandstream' && /^\w+$/.test(parsed.name) ? parsed.name : null;
  if (parsed.kind === 'numbered') {
    const [prefix, highest = 0] = NUMBERED[parsed.family] ?? [];
    return parsed.number <= highest ? `${prefix}${parsed.number}` : null;
  }
  if (key === '#') return poundKey;
  return /^\d$/.test(key) ? key : (NAMED[key] ?? null);
}

/** Keys go out together up to the next pause. */
export async function pressKeys(
  options: GrandstreamOptions,
  { keys }: Commands['pressKeys'],
  context: DriverContext,
): Promise<Outcome> {
  const rounds: { words: string[]; pauseMs: number }[] = [{ words: [], pauseMs: 0 }];
  for (const [place, { key, holdMs = 0, pauseMs = 0 }] of keys.entries()) {
    const word = wordFor(key, options);
    if (word === null)
      return failed(invalidArgument(`keys.${place}.key`, `The phone is not known to have a key ${key}.`));
    if (holdMs > 0)
      return failed(invalidArgument(`keys.${place}.holdMs`, 'The phone cannot be told to hold a key down.'));
    rounds.at(-1)?.words.push(word);
    if (pauseMs > 0) rounds.push({ words: [], pauseMs });
  }
  for (const { words, pauseMs } of rounds) {
    if (pauseMs > 0) await context.clock.sleep(pauseMs);
    if (words.length === 0) continue;
    const outcome = await tell(context, keysRequest(words));
    if (outcome.status !== 'ACCEPTED') return outcome;
  }
  return ACCEPTED;
}

/** Tones are keys, which in a call go into the one that is connected. Without such a call they would dial. */
export async function sendDtmf(
  options: GrandstreamOptions,
  { call, digits }: Commands['sendDtmf'],
  context: DriverContext,
): Promise<Outcome> {
  const refused = notForTones(call);
  if (refused !== null) return refused;
  if (!context.calls.some(({ state }) => state === 'CONNECTED'))
    return failed(invalidCallState('The gateway knows of no call that is connected: refreshCalls asks for them.'));
  const words = [...digits].map((digit) => wordFor(digit, options));
  const known = words.filter((word) => word !== null);
  if (known.length < words.length || known.length === 0)
    return failed(invalidArgument('digits', 'The phone has keys for 0 to 9, * and # only.'));
  return tell(context, keysRequest(known));
}
