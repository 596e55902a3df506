import type { DeviceEvidence, HttpRequest, Identification } from '@hookswitch/core';
import { canonicalModel } from './models.ts';
import { DEVICE_REQUEST } from './wire/requests.ts';
import { type DeviceFacts, deviceFacts, normalMac } from './wire/told.ts';

/** What a device is asked that nobody knows yet: the answer is a challenge, unless it asks for no login. */
export const probes: readonly HttpRequest[] = [DEVICE_REQUEST];

/** Blocks of addresses that Polycom phones in public examples have. */
const OUIS: readonly string[] = ['00:04:f2', '64:16:7f'];

/** Independent clues, each with its weight, add up to 100. */
export function identify({ mac, model, replies }: DeviceEvidence): Identification {
  const told = replies.map(toldBy).find((facts) => facts !== null) ?? null;
  const server = replies.map(({ headers }) => headers['server'] ?? '').find((name) => /\bpoly(?:com)?\b/i.test(name));
  const address = normalMac(mac) ?? told?.mac ?? null;
  const clues = [
    told === null ? null : ([90, `it says that it is a ${told.model}`] as const),
    server === undefined ? null : ([70, `its web server is "${server}"`] as const),
    address !== null && OUIS.includes(address.slice(0, 8))
      ? ([40, 'its MAC address is one of Polycom'] as const)
      : null,
    /\bpoly(?:com)?\b/i.test(model ?? '') || canonicalModel(model) !== null
      ? ([30, `it was said to be a ${model}`] as const)
      : null,
  ].filter((clue) => clue !== null);
  return {
    score: Math.min(
      100,
      clues.reduce((sum, [weight]) => sum + weight, 0),
    ),
    reasons: clues.map(([, reason]) => reason),
    model: told?.model ?? canonicalModel(model),
    firmware: told?.firmware ?? null,
    mac: address,
  };
}

/** What a phone says that asks for no login; null: it is none of the vendor's. */
function toldBy({ status, text }: DeviceEvidence['replies'][number]): DeviceFacts | null {
  const facts = status === 200 ? deviceFacts(text) : null;
  return facts?.model != null && /poly/i.test(facts.vendor ?? '') ? facts : null;
}
