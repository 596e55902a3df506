import type { DocumentedCommand, DocumentedPhone } from '@hookswitch/driver-kit';
import { T46U } from './phones.ts';

/*
 * What stands in the way when a phone refuses: by the path that it refuses over HTTP, and by the event that it refuses by SIP. Written from
 * the guides' settings, and never from the driver.
 */

const BY_SIP: DocumentedPhone = { ...T46U, reachableBy: { http: false, sip: true } };

type Row = Pick<DocumentedCommand, 'capability' | 'member' | 'command'> & {
  readonly sends: string;
  readonly rung?: string;
};

const KEY: Row = {
  capability: 'PRESS_KEYS',
  member: 'pressKeys',
  command: () => ({ keys: [{ key: 'OK' }] }),
  sends: 'GET /servlet?key=OK',
};
const LIGHT: Row = {
  capability: 'LED',
  member: 'setLed',
  command: () => ({ key: 'FUNCTION_1', light: 'ON' }),
  sends: 'POST /servlet?push=xml',
};
const SCREEN = { capability: 'SCREEN', member: 'screen', sends: 'GET /screencapture' } as const;
const RESTART: Row = {
  capability: 'REBOOT',
  rung: 'SIP_NOTIFY',
  member: 'reboot',
  command: () => ({ evenInCall: true }),
  sends: 'SIP NOTIFY\nevent: check-sync;reboot=true',
};
const bySip = (row: Row, event: string): Row => ({ ...row, sends: `SIP NOTIFY\nevent: ${event}` });

type Refusal = readonly [row: Row | typeof SCREEN, status: number, says: string, phone?: DocumentedPhone];

const ROWS: readonly Refusal[] = [
  [KEY, 403, 'see that features.action_uri.enable is 1'],
  [LIGHT, 403, 'push_xml.server'],
  [SCREEN, 403, 'refuses to show its screen', { ...T46U, options: { screenPath: '/screencapture' } }],
  [bySip(KEY, 'ACTION-URI'), 403, 'features.action_uri.enable', BY_SIP],
  [bySip(LIGHT, 'Yealink-xml'), 403, 'push_xml.sip_notify', BY_SIP],
  [RESTART, 403, 'refuses check-sync', BY_SIP],
  [bySip(KEY, 'ACTION-URI'), 480, 'not registered', BY_SIP],
  [bySip(KEY, 'ACTION-URI'), 486, 'is busy', BY_SIP],
  [bySip(KEY, 'ACTION-URI'), 603, 'declines', BY_SIP],
];

/** Refusals with the setting that lifts them. */
export const REFUSALS: readonly DocumentedCommand[] = ROWS.map(([{ sends, ...row }, status, says, phone = T46U]) => ({
  ...row,
  name: `${sends.replaceAll('\n', ', ')} is refused with ${status}`,
  phone,
  exchange: [{ sends, answer: { status } }],
  outcome: 'PHONE_REJECTED',
  says,
}));
