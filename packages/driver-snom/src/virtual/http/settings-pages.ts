import type { SnomParts } from '../parts.ts';
import { isPrivateSetting } from '../settings/defaults.ts';
import { escapeXml } from '../xml.ts';
import { reregisterCommand } from './command.table.ts';
import { page, pageTitle } from './html.ts';
import type { PageHandler, PageRequest } from './page-request.ts';

/** Settings that say what the phone is: nobody can write them. */
export const READ_ONLY_SETTINGS: ReadonlySet<string> = new Set(['mac', 'phone_type', 'firmware_version']);

/** Parameters of the page that are no settings. */
const CONTROL = new Set(['settings', 'store_settings', 'swload', 'firmware', 'REREGISTER', 'REBOOT']);

/** `settings=save&NAME=VALUE[&…][&store_settings=save]`: in force at once, in flash only if that is asked for. */
const saveSettings = (parts: SnomParts, { request, query }: PageRequest): void => {
  if (!parts.memory.isOn('admin_mode')) {
    parts.effects.record({ type: 'commandBlocked', target: request.target });
    return;
  }
  for (const { name, value } of query.parameters) {
    if (!CONTROL.has(name) && !READ_ONLY_SETTINGS.has(name)) parts.memory.running.set(name, value);
  }
  if (query.get('store_settings') === 'save') parts.memory.store();
  parts.redraw();
};

/** `dummy.htm`: settings, firmware, registration, reboot. */
export const dummyPage: PageHandler = async (parts, asked) => {
  const { query } = asked;
  const reply = page(pageTitle(parts.profile));
  if (query.get('settings') === 'save') saveSettings(parts, asked);
  const url = query.get('firmware');
  if (query.get('swload') === 'load' && url !== undefined) parts.effects.record({ type: 'firmwareLoaded', url });
  const identity = query.get('REREGISTER');
  if (identity !== undefined) await reregisterCommand(parts, identity, asked);
  return query.has('REBOOT') ? { ...reply, afterwards: () => parts.power.reboot() } : reply;
};

/**
 * `settings.htm`: writes settings like `dummy.htm`, else lists all of them. The form of the list was not seen on a
 * phone: it is the text form of Snom's setting files, `name!: value` between `<pre>` tags.
 */
export const settingsPage: PageHandler = (parts, asked) => {
  if (asked.query.get('settings') === 'save') {
    saveSettings(parts, asked);
    return page(pageTitle(parts.profile));
  }
  const settings = Object.entries(parts.memory.running.toRecord());
  const lines = settings.map(([name, value]) => {
    const flag = READ_ONLY_SETTINGS.has(name) ? '&amp;' : '!';
    return `${name}${flag}: ${isPrivateSetting(name) ? '' : escapeXml(value)}`;
  });
  return page(pageTitle(parts.profile), `<pre>\n${lines.join('\n')}\n</pre>`);
};
