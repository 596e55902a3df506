import type { ActionUrlName } from '../action-urls/settings.table.ts';
import { READ_ONLY_SETTINGS } from '../http/settings-pages.ts';
import type { SnomParts } from '../parts.ts';
import { childText, unescapeXml } from '../xml.ts';
import { type CstaCause, type CstaResult, refuse, success } from './cause.ts';
import { element } from './elements.ts';

const IDENTITIES = 12;

/** What GetSettings tells and SetSettings writes, in the order of "Remote phone control". */
const LISTED: readonly string[] = [
  'mac',
  'phone_type',
  'firmware_version',
  ...Array.from({ length: IDENTITIES }, (_, index) => `user_name${index + 1}`),
  ...Array.from({ length: IDENTITIES }, (_, index) => `user_realname${index + 1}`),
  ...Array.from({ length: IDENTITIES }, (_, index) => `user_host${index + 1}`),
  'action_incoming_url',
  'action_outgoing_url',
  'action_connected_url',
  'action_disconnected_url',
  'action_hold',
  'action_unhold',
  'action_transfer',
  'action_blind_transfer',
  'action_attended_transfer',
  'action_offhook_url',
  'action_onhook_url',
  'action_missed_url',
];

const FIREWALL_TESTS = ['action_fwtest_url', 'action_firewall_test'] as const satisfies readonly ActionUrlName[];

const firewallTests = ({ quirks }: SnomParts): readonly ActionUrlName[] =>
  FIREWALL_TESTS.filter((name) => quirks.firewallTestSetting === 'both' || quirks.firewallTestSetting === name);

/** Tells the whole list; there is no choosing. */
export const getSettings = ({ parts }: CstaCause): CstaResult =>
  success(
    ...LISTED.map((name) => element('Setting', [element('name', name), element('value', parts.memory.get(name))])),
  );

/** Writes settings of the list, or of the firewall test, which is hidden from it. */
export const setSettings = ({ parts, request }: CstaCause): CstaResult => {
  const asked = request.children.filter(({ name }) => name === 'Setting');
  const values = asked.map((setting) => [childText(setting, 'name'), childText(setting, 'value')] as const);
  const isWritable = (name: string) =>
    (LISTED.includes(name) && !READ_ONLY_SETTINGS.has(name)) || firewallTests(parts).some((test) => test === name);
  const refused = values.some(([name]) => !isWritable(name)) && parts.quirks.unlistedCstaSettings === 'fault';
  if (values.length === 0 || refused) return refuse('invalidParameterValue');
  const written = Object.fromEntries(values.filter(([name]) => isWritable(name)));
  parts.memory.running.assign(written);
  if (parts.quirks.cstaSettingsReachFlash) parts.memory.storeOnly(written);
  return success();
};

const DOCUMENT = /<(?:\w+:)?document\b[^>]*>([\s\S]*)<\/(?:\w+:)?document\s*>/;

/**
 * Shows a document. How it is to stand in the request is shown nowhere, so it may be escaped, in a CDATA section or as
 * it is, and in quotes or not.
 */
export const xmlPush = ({ parts, body }: CstaCause): CstaResult => {
  const raw = DOCUMENT.exec(body)?.[1]?.trim() ?? '';
  const cdata = /^"?<!\[CDATA\[([\s\S]*)\]\]>"?$/.exec(raw)?.[1];
  const text = (cdata ?? (raw.includes('<') ? raw : unescapeXml(raw))).trim().replace(/^"([\s\S]*)"$/, '$1');
  return parts.browser.show(text) ? success() : refuse('invalidParameterValue');
};

/** Fires the URL of the firewall test, whichever of its names holds one. */
export const fireTest = ({ parts }: CstaCause): CstaResult => {
  const setting = firewallTests(parts).find((name) => parts.memory.get(name) !== '');
  if (setting !== undefined) void parts.reporter.report(setting);
  return success();
};
