import type { SnomFamily, SnomModel } from './models.ts';
import type { ForwardingGeneration } from './wire/forwarding-settings.ts';

/** A version's numbers: `8.7.5.35` → `[8, 7, 5, 35]`. */
export type Firmware = readonly number[];

/**
 * Reads the version out of what phones and people write: `8.7.5.35`, `snom720-SIP 8.7.3.17`, `snom821-8.4.35-SIP-r`.
 * @returns null where there is none.
 */
export function parseFirmware(text: string | null): Firmware | null {
  const version = /(?:^|[^\d.])(\d{1,3}(?:\.\d{1,4}){1,4})(?![\d.])/.exec(text ?? '')?.[1];
  return version === undefined ? null : version.split('.').map(Number);
}

/** Whether the version is that one or a later one; missing numbers count as 0. */
export function isAtLeast(firmware: Firmware, version: string): boolean {
  const wanted = version.split('.').map(Number);
  for (let place = 0; place < Math.max(firmware.length, wanted.length); place += 1) {
    const difference = (firmware[place] ?? 0) - (wanted[place] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/** Whether the HOLD key is `F_HOLD`; before 8.7.3.7 it was `F_R`. Version not known: as now. */
export function hasHoldKey(firmware: Firmware | null): boolean {
  return firmware === null || isAtLeast(firmware, '8.7.3.7');
}

/** Whether the touch display takes commands: "since versions 8.4.34 and 8.7.2", so not in 8.5.0 to 8.7.1. */
export function hasTouch(firmware: Firmware | null): boolean {
  if (firmware === null || isAtLeast(firmware, '8.7.2')) return true;
  return isAtLeast(firmware, '8.4.34') && !isAtLeast(firmware, '8.5');
}

/**
 * Which of Snom's two pages gives the spelling of re-registering and of clearing call lists. The page of 2015 is about
 * 1xx to 8xx, whose firmware ended with 8.7.5; the current one about D3xx and D7xx, which have 8.9 and 10.
 */
export function spellingOf(firmware: Firmware | null, family: SnomFamily): '2015' | 'CURRENT' {
  if (firmware !== null) return isAtLeast(firmware, '8.9') ? 'CURRENT' : '2015';
  return family === 'D1XX' || family === 'D3XX' || family === 'D7XX' || family === 'D8XX' ? 'CURRENT' : '2015';
}

/** How CSTA over HTTP names a call: as bare text, or in a `callID` element; null: this firmware has none. */
export type ConnectionIdForm = 'BARE' | 'NESTED';

const aboveThe87s: readonly SnomFamily[] = ['7XX', 'D1XX', 'D3XX', 'D7XX'];

/**
 * CSTA over HTTP ("Remote phone control"): from 7.3.4 with bare ids, broken in 8.7.0 to 8.7.2, from 8.7.3 with nested
 * ones. Version not known: nested on models that never had older firmware in use, else none, since the wrong form
 * would address no call.
 */
export function connectionIdFormOf(firmware: Firmware | null, family: SnomFamily): ConnectionIdForm | null {
  if (family === 'LEGACY' || family === 'D8XX') return null;
  if (firmware === null) return aboveThe87s.includes(family) ? 'NESTED' : null;
  if (isAtLeast(firmware, '8.7.3')) return 'NESTED';
  if (isAtLeast(firmware, '8.7') || !isAtLeast(firmware, '7.3.4')) return null;
  return 'BARE';
}

/** uaCSTA: "versions since 8.7.1". Version not known: models that never had older firmware in use. */
export function hasUaCsta(firmware: Firmware | null, family: SnomFamily): boolean {
  if (firmware !== null) return isAtLeast(firmware, '8.7.1');
  return family === 'D8XX' || aboveThe87s.includes(family);
}

/**
 * Whether minibrowser fragments in a NOTIFY press keys and dial: D86x and D89x, one of which they were tried on, and other
 * D8xx with the firmware that Snom names, 10.1.82.0 and later.
 */
export function obeysXmlNotify(firmware: Firmware | null, { model, family }: SnomModel): boolean {
  if (family !== 'D8XX') return false;
  return /^D8[69]\d/.test(model) || (firmware !== null && isAtLeast(firmware, '10.1.82.0'));
}

/** Whether the minibrowser knows `SnomIPPhoneSilent`: 10.1.82.0 and later (Snom, "Via SIP NOTIFY"). */
export function hasSilentDocuments(firmware: Firmware | null): boolean {
  return firmware !== null && isAtLeast(firmware, '10.1.82.0');
}

/** How this firmware keeps call forwarding in its settings. */
export function forwardingGenerationOf(firmware: Firmware): ForwardingGeneration {
  if (isAtLeast(firmware, '8.7.4')) return 'IDENTITIES';
  return isAtLeast(firmware, '8.7') ? 'SWITCHES' : 'EVENT';
}
