import type { HttpRequest } from '@hookswitch/core';

/** What can be done to a call that is named by its reference. */
export type CallCommand = 'answerCall' | 'endCall' | 'rejectCall' | 'holdCall' | 'resumeCall';

/** The phone takes that many settings in one request (public tools for UC Software: ASSUMED). */
export const SETTINGS_AT_ONCE = 20;

// Without a charset: a VVX is reported to answer 400 to a dial with one.
const JSON_TYPE = { 'content-type': 'application/json' } as const;

const obeyed = (data?: unknown): HttpRequest['rehearsal'] => ({
  status: 200,
  body: JSON.stringify({ ...(data === undefined ? {} : { data }), Status: '2000' }),
});

function post(path: string, data?: unknown): HttpRequest {
  const target = `/api/v1/${path}`;
  const request = { method: 'POST', target, headers: JSON_TYPE, rehearsal: obeyed() } as const;
  return data === undefined ? request : { ...request, body: JSON.stringify({ data }) };
}

const get = (target: string, data: unknown): HttpRequest => ({
  method: 'GET',
  target: `/api/${target}`,
  readOnly: true,
  rehearsal: obeyed(data),
});

/** `Type` TEL is a number, SIP a URI without its scheme. */
export function dialRequest(to: {
  readonly dest: string;
  readonly line: number;
  readonly type: 'TEL' | 'SIP';
}): HttpRequest {
  return post('callctrl/dial', { Dest: to.dest, Line: String(to.line), Type: to.type });
}

/** A command on one call. */
export function callRequest(command: CallCommand, ref: string): HttpRequest {
  return post(`callctrl/${command}`, { Ref: ref });
}

/** Sends a call on to another number. */
export function transferRequest(ref: string, to: string): HttpRequest {
  return post('callctrl/transferCall', { Ref: ref, TransferDest: to });
}

/** The microphone, whichever the call. */
export function muteRequest(muted: boolean): HttpRequest {
  return post('callctrl/mute', { state: muted ? '1' : '0' });
}

/** Tones into the call that is connected. */
export function dtmfRequest(digits: string): HttpRequest {
  return post('callctrl/sendDTMF', { Digits: digits });
}

/** Restarts once no call is there any more. */
export const REBOOT_REQUEST: HttpRequest = post('mgmt/safeReboot');

/** Of the first version: firmware before 5.7 has no other. */
export const DEVICE_REQUEST: HttpRequest = get('v1/mgmt/device/info', { ModelNumber: '' });

/** The phone's lines. */
export const LINES_REQUEST: HttpRequest = get('v1/mgmt/lineInfo', []);

/** All calls; the first version tells of one alone. From 5.8 on. */
export const CALLS_REQUEST: HttpRequest = get('v2/webCallControl/callStatus', []);

/** Reads settings: by POST, and changes nothing. */
export function readSettingsRequest(names: readonly string[]): HttpRequest {
  return { ...post('mgmt/config/get', names), readOnly: true, rehearsal: obeyed({}) };
}

/** Writes settings. */
export function writeSettingsRequest(settings: Readonly<Record<string, string>>): HttpRequest {
  return post('mgmt/config/set', settings);
}

/** Pushes a document, by a login of its own (Web Application Developer's Guide, UC Software 5.0.0, pages 23 to 25). */
export function pushRequest(document: string, contentType: string): HttpRequest {
  return {
    method: 'POST',
    target: '/push',
    headers: { 'content-type': contentType },
    body: document,
    credentials: 'push',
    rehearsal: { status: 200 },
  };
}
