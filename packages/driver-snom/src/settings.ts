import type { SettingValue } from '@hookswitch/core';
import { COMMAND_PARAMETERS, CSTA_SETTINGS, READ_ONLY_SETTINGS } from './setting-names.table.ts';
import { hasControlCharacters } from './wire/encode.ts';

/** Whether CSTA reads this setting. */
export function isReadByCsta(name: string): boolean {
  return CSTA_SETTINGS.includes(name) || /^user_(?:real)?name\d{1,2}$|^user_host\d{1,2}$/.test(name);
}

/** Whether CSTA writes this setting. */
export function isWrittenByCsta(name: string): boolean {
  return isReadByCsta(name) && !READ_ONLY_SETTINGS.includes(name);
}

/** Whether its value is kept to the phone: passwords, pins, keys of certificates. */
export function isSecretSetting(name: string): boolean {
  return /pass|pwd|_pw\b|psk|wep_?key|secret|_pin\b|private_key|user_hash/i.test(name);
}

/** What is wrong with a setting: which of its two parts, and why; null: nothing. */
export function wrongSetting({
  name,
  value,
}: SettingValue): { readonly part: 'name' | 'value'; readonly why: string } | null {
  if (!/^[A-Za-z][A-Za-z0-9_]*(?:\[\d{1,3}\])?$/.test(name)) {
    return {
      part: 'name',
      why: "A setting's name has letters, digits and underscores, perhaps an index as in user_name[1].",
    };
  }
  if (COMMAND_PARAMETERS.includes(name.toLowerCase())) {
    return { part: 'name', why: `${name} is a command of the phone's web interface, not a setting.` };
  }
  if (READ_ONLY_SETTINGS.includes(name)) return { part: 'name', why: `${name} can only be read.` };
  if (hasControlCharacters(value))
    return { part: 'value', why: 'A value has no line breaks or other control characters.' };
  return null;
}
