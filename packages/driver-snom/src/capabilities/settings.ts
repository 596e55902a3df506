import {
  ACCEPTED,
  type CapabilityMap,
  confirmed,
  type DriverContext,
  failed,
  type KeyFunction,
  notHere,
  type Outcome,
  type SettingDifference,
  type SettingValue,
} from '@hookswitch/core';
import { fkeyIndexOf } from '../keys.ts';
import type { SnomPhone } from '../phone.ts';
import { isSecretSetting, isWrittenByCsta, wrongSetting } from '../settings.ts';
import { settingsIn } from '../wire/csta-replies.ts';
import { getSettings, setSettings } from '../wire/csta-requests.ts';
import { hasControlCharacters } from '../wire/encode.ts';
import { settingsMessage } from '../wire/settings-message.ts';
import { functionKeyRequest, writeSettingsRequests } from '../wire/settings-write.ts';
import { refuse } from './arguments.ts';
import { askCsta, sendCsta, sendPage, sendSip } from './send.ts';
import { caught, isDone, withState } from './steps.ts';

/** All settings that the phone tells by CSTA, by name. `rehearsed` is what a dry run is told. */
export async function readByCsta(
  phone: SnomPhone,
  context: DriverContext,
  rehearsed: readonly SettingValue[] = [],
): Promise<Outcome<ReadonlyMap<string, string>>> {
  const reply = await askCsta(phone, context, getSettings(rehearsed));
  if ('outcome' in reply) return reply.outcome;
  return { status: 'ACCEPTED', value: new Map(settingsIn(reply.response).map(({ name, value }) => [name, value])) };
}

/** Settings by CSTA GetSettings, which has no selector: all are asked for, and those that were not named left out. */
export function settingsByCsta(phone: SnomPhone): CapabilityMap['READ_SETTINGS'] {
  return {
    async settings(names, context) {
      const read = await readByCsta(phone, context);
      if (!isDone(read)) return read;
      const told = [...read.value].filter(([name]) => names === undefined || names.includes(name));
      const value = told.map(([name, text]) => ({
        name,
        value: isSecretSetting(name) ? null : text,
        writable: isWrittenByCsta(name),
      }));
      return { status: 'ACCEPTED', value };
    },
  };
}

/** What the settings hold, where it is not what was written. Only those that the phone tells. */
export function differences(
  wished: readonly SettingValue[],
  read: ReadonlyMap<string, string>,
): readonly SettingDifference[] {
  return wished.flatMap(({ name, value }) => {
    const actual = read.get(name) ?? null;
    return actual === value || (actual === null && value === '') ? [] : [{ name, expected: value, actual }];
  });
}

/** The failure of a write after which the phone holds something else. */
export function settingsDiffer(found: readonly SettingDifference[]): Outcome<never> {
  return failed({
    code: 'SETTINGS_DIFFER',
    message: `The phone acknowledged, but holds something else in ${found.map(({ name }) => name).join(', ')}. A provisioning server may have written over it, or the setting is locked.`,
    differences: found,
    retryable: true,
  });
}

function wrongSettings(settings: readonly SettingValue[]): Outcome<never> | null {
  if (settings.length === 0) return refuse('settings', 'There is no setting to write.');
  for (const [index, setting] of settings.entries()) {
    const wrong = wrongSetting(setting);
    if (wrong !== null) return refuse(`settings.${index}.${wrong.part}`, wrong.why);
  }
  return null;
}

/** Settings of CSTA's list by SetSettings, read back by GetSettings. */
export function writeByCsta(phone: SnomPhone): CapabilityMap['WRITE_SETTINGS'] {
  return {
    async writeSettings({ settings }, context) {
      const wrong = wrongSettings(settings);
      if (wrong !== null) return wrong;
      if (!settings.every(({ name }) => isWrittenByCsta(name))) {
        return notHere('CSTA writes the settings of its own list only.');
      }
      const written = await sendCsta(phone, context, setSettings(settings));
      if (!isDone(written)) return written;
      const read = await caught(() => readByCsta(phone, context, settings));
      if (!isDone(read)) return ACCEPTED;
      const differ = differences(settings, read.value);
      return differ.length === 0 ? confirmed(true) : settingsDiffer(differ);
    },
  };
}

/** Any settings by `dummy.htm`, to flash too. */
export function writeByPage(): CapabilityMap['WRITE_SETTINGS'] {
  return {
    async writeSettings({ settings }, context) {
      return wrongSettings(settings) ?? sendSettings(settings, context);
    },
  };
}

/** Any settings in one MESSAGE. Whether the phone takes them (`allow_sip_settings`) it does not say. */
export function writeByMessage(): CapabilityMap['WRITE_SETTINGS'] {
  return {
    async writeSettings({ settings }, context) {
      return wrongSettings(settings) ?? sendSip(context, settingsMessage(settings));
    },
  };
}

/** Sends settings to `dummy.htm`, in as many requests as they need. */
export async function sendSettings(settings: readonly SettingValue[], context: DriverContext): Promise<Outcome> {
  const requests = writeSettingsRequests(settings);
  for (const [index, request] of requests.entries()) {
    const outcome = await (index === 0 ? sendPage(context, request) : caught(() => sendPage(context, request)));
    if (isDone(outcome)) continue;
    return index === 0 ? outcome : withState(outcome, `${index} of ${requests.length} portions were written.`);
  }
  return ACCEPTED;
}

/** Type words of the setting `fkey`; `value`: whether something must stand behind it. */
const functions: Readonly<Record<KeyFunction, { readonly type: string; readonly value: 'needed' | 'none' | 'own' }>> = {
  NONE: { type: 'none', value: 'none' },
  LINE: { type: 'line', value: 'none' },
  SPEED_DIAL: { type: 'speed', value: 'needed' },
  BLF: { type: 'blf', value: 'needed' },
  BUTTON: { type: 'button', value: 'own' },
  URL: { type: 'url', value: 'needed' },
  DTMF: { type: 'dtmf', value: 'needed' },
};

/**
 * Configures a function key by its `fkey` settings. A BUTTON gets the key's own number behind it: with it lights of
 * later commands find the key.
 */
export function configureKeyByPage(phone: SnomPhone): CapabilityMap['CONFIGURE_KEYS'] {
  return {
    async configureKey({ key, function: kind, value, label, account }, context) {
      const fkey = fkeyIndexOf(key, phone);
      if ('refused' in fkey) return refuse('key', fkey.refused);
      const { type, value: needs } = functions[kind];
      if (needs === 'needed' && (value ?? '') === '') return refuse('value', `${kind} needs a value.`);
      if (needs === 'none' && value !== undefined) return refuse('value', `${kind} takes no value.`);
      if (hasControlCharacters(value ?? '')) return refuse('value', 'No line breaks or other control characters.');
      if (hasControlCharacters(label ?? '')) return refuse('label', 'No line breaks or other control characters.');
      if (account !== undefined && (!Number.isInteger(account) || account < 1 || account > 12)) {
        return refuse('account', 'Snom phones have identities 1 to 12.');
      }
      const behind = needs === 'own' ? (value ?? String(fkey.index + 1)) : value;
      const content = behind === undefined ? type : `${type} ${behind}`;
      const shortLabel = phone.model.shortLabels === true ? label : undefined;
      return sendPage(context, functionKeyRequest({ index: fkey.index, content, label, shortLabel, account }));
    },
  };
}
