import { READ_ONLY_SETTINGS } from '../http/settings-pages.ts';
import type { SnomParts } from '../parts.ts';
import { child, parseXml, type XmlElement } from '../xml.ts';

/** The settings of a `<phone-settings>`: an `idx` is the end of the name. What says what the phone is, is left out. */
const settingsIn = (phoneSettings: XmlElement | undefined): Readonly<Record<string, string>> => {
  const entries = (phoneSettings?.children ?? [])
    .map(({ name, attributes, text }) => [`${name}${attributes['idx'] ?? ''}`, text] as const)
    .filter(([name]) => !READ_ONLY_SETTINGS.has(name));
  return Object.fromEntries(entries);
};

/**
 * Takes the text of a provisioning file, as if it had been fetched; it is in flash then.
 * @returns how many settings it had; 0 where it is none
 */
export const takeProvisioning = ({ memory }: SnomParts, text: string): number => {
  const root = parseXml(text);
  const phoneSettings = root?.name === 'settings' ? child(root, 'phone-settings') : undefined;
  const settings = settingsIn(phoneSettings);
  memory.running.assign(settings);
  memory.storeOnly(settings);
  return Object.keys(settings).length;
};

/** Fetches the file at `setting_server`, if that is set. @returns as {@link takeProvisioning} */
export const provisionAgain = async (parts: SnomParts): Promise<number> => {
  const url = parts.memory.get('setting_server');
  if (url === '') return 0;
  const fetched = await parts.browser.client.fire('setting_server', url);
  return fetched?.reply?.status === 200 ? takeProvisioning(parts, fetched.reply.body) : 0;
};
