import type { PhoneSettings } from './settings.ts';

/** The first line of every configuration file; without it the phone takes nothing from the file. */
export const CONFIG_HEADER = '#!version:1.0.0.1';

/** What became of a configuration file. */
export interface ProvisioningResult {
  /** Whether the first line is {@link CONFIG_HEADER}. */
  readonly accepted: boolean;
  /** Lines that were applied. */
  readonly applied: number;
  /** Lines that are neither comment nor setting, or that the phone does not take (URLs longer than 511 characters). */
  readonly rejected: readonly string[];
}

/** Applies the text of a `.cfg` file: `name = value` lines, `#` comments, `%NULL%` for the factory's value. */
export const importConfig = (settings: PhoneSettings, text: string): ProvisioningResult => {
  const [header = '', ...lines] = text.split(/\r?\n/);
  if (header.trim() !== CONFIG_HEADER) return { accepted: false, applied: 0, rejected: [] };
  const wanted = lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
  const rejected = wanted.filter((line) => !settings.applyLine(line));
  return { accepted: true, applied: wanted.length - rejected.length, rejected };
};

/**
 * The files that a phone fetches from its provisioning server: from an address that ends in `/` the file of its model
 * and then its own, which wins; else the address as it is.
 */
export const configUrls = (serverUrl: string, provisioningCode: string, mac: string): readonly string[] => {
  if (serverUrl === '') return [];
  if (!serverUrl.endsWith('/')) return [serverUrl];
  const common = provisioningCode === '' ? [] : [`${serverUrl}y${provisioningCode.padStart(12, '0')}.cfg`];
  return [...common, `${serverUrl}${mac}.cfg`];
};
