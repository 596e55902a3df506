import type { ActionUrlReport, ActionUrlSetting, ActionUrls, ParsedReport, PhoneProfile } from '@hookswitch/core';
import { splitRawQuery } from '@hookswitch/core';
import { ACTION_URL_TABLE, type ActionUrlRow, variablesOf } from './action-url-table.ts';
import { eventOf, observedDevice, type Variables } from './events.ts';
import { isSince, parseFirmware, SINCE } from './firmware.ts';
import type { YealinkOptions } from './options.ts';

/** "URL within 511 characters" (administrator guide V80), the variables not yet filled in. */
export const MAX_ACTION_URL = 511;

const PREFIX = 'action_url.';

const SECRET = /^cfg(_all|_local)?$/i;

const rowByName: ReadonlyMap<string, ActionUrlRow> = new Map(
  ACTION_URL_TABLE.flatMap((row) => [
    [row.name, row] as const,
    ...(row.oldName === undefined ? [] : [[row.oldName, row] as const]),
  ]),
);

/** Whether this is the name of a setting that holds an action URL. */
export function isActionUrlSetting(setting: string): boolean {
  return setting.startsWith(PREFIX) && rowByName.has(setting.slice(PREFIX.length));
}

/** Why no value of a phone's may hold this; null: it may. The phone fills both in with its whole configuration. */
export function leakObjection(text: string): string | null {
  return /\$cfg_(all|local)/i.test(text) ? "$cfg_all and $cfg_local would send the phone's passwords." : null;
}

/** Why a phone cannot hold this URL; null: it can. */
export function urlObjection(url: string): string | null {
  if (url.length > MAX_ACTION_URL) {
    return `The URL has ${url.length} characters and the phone holds ${MAX_ACTION_URL}. Give the gateway a shorter public URL.`;
  }
  const leak = leakObjection(url);
  if (leak !== null) return leak;
  if (!/^https?:\/\//i.test(url)) return 'The phone calls http and https URLs only.';
  if (/[\s\p{Cc}]/u.test(url)) return 'A URL holds no spaces and control characters.';
  return null;
}

function settingOf(row: ActionUrlRow, phone: PhoneProfile<YealinkOptions>): ActionUrlSetting {
  const firmware = parseFirmware(phone.firmware);
  const old = !isSince(firmware, SINCE.actionUriV80, true);
  const name = (old ? row.oldName : undefined) ?? row.name;
  const variables = variablesOf(row, isSince(firmware, SINCE.peripherals, false));
  return { setting: `${PREFIX}${name}`, path: name, query: variables.map((each) => `${each}=$${each}`).join('&') };
}

function settingsFor(phone: PhoneProfile<YealinkOptions>): readonly ActionUrlSetting[] {
  const firmware = parseFirmware(phone.firmware);
  return ACTION_URL_TABLE.filter(
    ({ readOnly, since }) => readOnly !== true && (since === undefined || isSince(firmware, since, true)),
  ).map((row) => settingOf(row, phone));
}

function parse(report: ActionUrlReport): ParsedReport | null {
  const row = rowByName.get(report.path);
  if (row === undefined) return null;
  const sent = splitRawQuery(report.rawQuery, variablesOf(row, true)).filter(({ name }) => !SECRET.test(name));
  // A variable that this firmware does not know arrives as it was written: `$vpn_ip`.
  const known: Variables = new Map(
    sent.filter(({ name, value }) => value !== '' && value !== `$${name}`).map(({ name, value }) => [name, value]),
  );
  return {
    event: eventOf(row.meaning, known),
    vendorEvent: `${PREFIX}${report.path}`,
    variables: sent,
    device: observedDevice(known),
  };
}

/**
 * Yealink's action URLs. The phone calls each of them by GET, fire and forget, and takes no notice of the status.
 * Nothing is documented about percent-encoding, so all forms are read.
 */
export const actionUrls: ActionUrls<YealinkOptions> = { maxUrlLength: MAX_ACTION_URL, settingsFor, parse };
