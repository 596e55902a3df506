import type { DeviceEvidence, HttpRequest, Identification } from '@hookswitch/core';
import { MODELS } from './models.ts';

/** What a device is asked that nobody knows yet, without a login. */
export const probes: readonly HttpRequest[] = [{ method: 'GET', target: '/screen.bmp', readOnly: true }];

/** The phone's challenge names the vendor and the model (manual, "Login"): `Digest realm="Acme A1", …`. */
const REALM = /\brealm="Acme (\w+)"/;

/** Says whether a device is an Acme phone. */
export function identify({ replies }: DeviceEvidence): Identification {
  for (const { headers } of replies) {
    const [, named] = REALM.exec(headers['www-authenticate'] ?? '') ?? [];
    const known = MODELS.find(({ model }) => model === named);
    if (named === undefined) continue;
    const reasons = [`its login asks for "Acme ${named}"`];
    return { score: known === undefined ? 60 : 90, reasons, model: named, firmware: null, mac: null };
  }
  return { score: 0, reasons: [], model: null, firmware: null, mac: null };
}
