import {
  commonClues,
  type DeviceEvidence,
  type HttpRequest,
  type Identification,
  identifyBy,
  recordIn,
} from '@hookswitch/core';
import { OUIS } from './models.table.ts';
import { canonicalModel } from './models.ts';
import { DEVICE_REQUEST } from './wire/requests.ts';
import { deviceOf } from './wire/told.ts';

/** What a device is asked that nobody knows yet: the answer is a challenge, unless it asks for no login. */
export const probes: readonly HttpRequest[] = [DEVICE_REQUEST];

const MARKS = { name: 'Polycom', pattern: /\bpoly(?:com)?\b/i, ouis: OUIS, modelIn: canonicalModel };

/** Independent clues, each with its weight: what it tells of itself where it asks for no login, and those that all devices have. */
export function identify(evidence: DeviceEvidence): Identification {
  const own = evidence.replies
    .map(({ status, text }) => deviceOf(status === 200 ? recordIn(text)?.['data'] : null))
    .find(({ vendor, model }) => model !== null && /poly/i.test(vendor ?? ''));
  const told = own === undefined ? null : { weight: 90, reason: `it says that it is a ${own.model}`, ...own };
  return identifyBy([told, ...commonClues({ ...evidence, mac: evidence.mac ?? own?.mac ?? null }, MARKS)], evidence);
}
