import type { CallList, HttpRequest } from '@hookswitch/core';
import { encodeValue } from './encode.ts';

/*
 * The other pages of the web interface that Snom documents for remote control ("Can I control my snom phone remotely",
 * 2015, and "Remote phone control").
 */

/** Plays a ring tone, 1 to 9. Both pages give the value `+Ringer`; their example has `Play+Ringer`. */
export function playRingerRequest(ringer: number): HttpRequest {
  return get(`/line_login.htm?PLAY_RINGER:${ringer}=+Ringer`);
}

/** Restarts the phone. */
export function rebootRequest(): HttpRequest {
  return get('/advanced_update.htm?reboot=Reboot');
}

/** Resets the phone to factory settings. */
export function resetRequest(): HttpRequest {
  return get('/advanced_update.htm?reset=Reset');
}

/** Loads a firmware. `:` and `/` stay as in Snom's example. */
export function upgradeRequest(url: string): HttpRequest {
  return get(`/dummy.htm?swload=load&firmware=${encodeValue(url, ':/')}`);
}

const lists: Readonly<Record<'2015' | 'CURRENT', Readonly<Record<CallList, string>>>> = {
  '2015': { DIALED: 'dialledel=0', MISSED: 'misseddel=0', RECEIVED: 'receiveddel=0' },
  CURRENT: { DIALED: 'dialeddel=clear', MISSED: 'misseddel=clear', RECEIVED: 'receiveddel=clear' },
};

/** Empties a call list; the two pages spell it differently. */
export function clearCallListRequest(list: CallList, spelling: '2015' | 'CURRENT'): HttpRequest {
  return get(`/index.htm?${lists[spelling][list]}`);
}

/** The page with model, MAC address and firmware. */
export function infoRequest(): HttpRequest {
  const body =
    '<html><head><title>snom D785</title></head><body>Mac:000413000000 Hardware: D785 snomD785-SIP 10.1.33.33</body></html>';
  return { ...get('/info.htm'), readOnly: true, rehearsal: { status: 200, body } };
}

/** The page that lists all settings. */
export function settingsPageRequest(): HttpRequest {
  return { ...get('/settings.htm'), readOnly: true };
}

/** The display as a picture. Large models are slow. */
export function screenRequest(): HttpRequest {
  return { ...get('/screen.bmp'), readOnly: true, rehearsal: { status: 200, body: 'BM' } };
}

function get(target: string): HttpRequest {
  return { method: 'GET', target };
}
