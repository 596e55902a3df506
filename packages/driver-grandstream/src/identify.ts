import type { DeviceEvidence, HttpRequest, Identification } from '@hookswitch/core';
import { canonicalModel } from './models.ts';
import { DEVICE_REQUEST } from './wire/requests.ts';
import { deviceFacts, normalMac } from './wire/told.ts';

/** What a device is asked that nobody knows yet. GXP phones answer without a login, as public code has it. */
export const probes: readonly HttpRequest[] = [DEVICE_REQUEST];

/** Blocks of addresses that are registered to Grandstream Networks. */
const OUIS: readonly string[] = ['00:0b:82', 'c0:74:ad', 'ec:74:d7'];

/** Independent clues, each with its weight, add up to 100. The web server names itself, as vulnerability scanners know: `Grandstream GXP2170 1.0.9.69`. */
export function identify({ mac, model, replies }: DeviceEvidence): Identification {
  const facts = replies.map(({ status, text }) => (status === 200 ? deviceFacts(text) : null));
  const told = facts.find((one) => canonicalModel(one?.model ?? null) !== null) ?? null;
  const server = replies.map(({ headers }) => headers['server'] ?? '').find((name) => /\bgrandstream\b/i.test(name));
  const [, firmware = null] = /\b(?:gxp|grp)\w*\s+(\d+(?:\.\d+)+)/i.exec(server ?? '') ?? [];
  const address = normalMac(mac) ?? told?.mac ?? null;
  const clues = [
    told === null ? null : ([90, `it says that it is a ${told.model}`] as const),
    server === undefined ? null : ([70, `its web server is "${server}"`] as const),
    address !== null && OUIS.includes(address.slice(0, 8))
      ? ([40, 'its MAC address is one of Grandstream'] as const)
      : null,
    /\bgrandstream\b/i.test(model ?? '') || canonicalModel(model) !== null
      ? ([30, `it was said to be a ${model}`] as const)
      : null,
  ].filter((clue) => clue !== null);
  return {
    score: Math.min(
      100,
      clues.reduce((sum, [weight]) => sum + weight, 0),
    ),
    reasons: clues.map(([, reason]) => reason),
    model: told?.model ?? canonicalModel(server ?? null) ?? canonicalModel(model),
    firmware: told?.firmware ?? firmware,
    mac: address,
  };
}
