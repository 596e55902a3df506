import {
  commonClues,
  type DeviceEvidence,
  type HttpRequest,
  type Identification,
  identifyBy,
  recordIn,
  type VendorMarks,
} from '@hookswitch/core';
import { OUIS } from './models.table.ts';
import { canonicalModel } from './models.ts';
import { DEVICE_REQUEST } from './wire/requests.ts';
import { deviceOf } from './wire/told.ts';

/** What a device is asked that nobody knows yet. GXP phones answer without a login, as public code has it. */
export const probes: readonly HttpRequest[] = [DEVICE_REQUEST];

const MARKS: VendorMarks = {
  ...{ name: 'Grandstream', pattern: /\bgrandstream\b/i, ouis: OUIS, modelIn: canonicalModel },
  firmwareIn: (server) => /\b(?:gxp|grp)\w*\s+(\d+(?:\.\d+)+)/i.exec(server)?.[1] ?? null,
};

/** Independent clues, each with its weight. The web server names itself, as vulnerability scanners know: `Grandstream GXP2170 1.0.9.69`. */
export function identify(evidence: DeviceEvidence): Identification {
  const own = evidence.replies
    .map(({ status, text }) => deviceOf(status === 200 ? toldBy(text) : null))
    .find(({ model }) => canonicalModel(model) !== null);
  const told = own === undefined ? null : { weight: 90, reason: `it says that it is a ${own.model}`, ...own };
  return identifyBy([told, ...commonClues({ ...evidence, mac: evidence.mac ?? own?.mac ?? null }, MARKS)], evidence);
}

function toldBy(text: string): unknown {
  const { response, body } = recordIn(text) ?? {};
  return response === 'success' ? body : null;
}
