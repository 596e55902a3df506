import type { HttpRequest } from '@hookswitch/core';

/** What can be done to a call that is named by its reference. */
export type CallCommand = 'answerCall' | 'endCall' | 'rejectCall' | 'holdCall' | 'resumeCall';

/** The phone takes that many settings in one request (public tools for UC Software: ASSUMED). */
export const SETTINGS_AT_ONCE = 20;

// Without a charset: a VVX is reported to answer 400 to a dial with one.
const headers = { 'content-type': 'application/json' } as const;

const obeyed = (data?: unknown): HttpRequest['rehearsal'] => ({
  status: 200,
  body: JSON.stringify({ ...(data === undefined ? {} : { data }), Status: '2000' }),
});

function post(path: string, data?: unknown): HttpRequest {
  const request = { method: 'POST', target: `/api/v1/${path}`, headers, rehearsal: obeyed() } as const;
  return data === undefined ? request : { ...request, body: JSON.stringify({ data }) };
}

function get(path: string, data: unknown): HttpRequest {
  return { method: 'GET', target: `/api/${path}`, readOnly: true, rehearsal: obeyed(data) };
}

/** Who is called: `Type` TEL is a number, SIP a URI without its scheme. `Line` counts from 1. */
export interface Dialled {
  readonly Dest: string;
  readonly Line: string;
  readonly Type: 'TEL' | 'SIP';
}

/** Dials. */
export const dialRequest = (to: Dialled): HttpRequest => post('callctrl/dial', to);

/** A command on one call. */
export const callRequest = (command: CallCommand, Ref: string): HttpRequest => post(`callctrl/${command}`, { Ref });

/** Sends a call on to another number. */
export const transferRequest = (Ref: string, TransferDest: string): HttpRequest =>
  post('callctrl/transferCall', { Ref, TransferDest });

/** The microphone, whichever the call. */
export const muteRequest = (muted: boolean): HttpRequest => post('callctrl/mute', { state: muted ? '1' : '0' });

/** Tones into the call that is connected. */
export const dtmfRequest = (Digits: string): HttpRequest => post('callctrl/sendDTMF', { Digits });

/** Restarts once no call is there any more. */
export const REBOOT_REQUEST: HttpRequest = post('mgmt/safeReboot');

/** Of the first version: firmware before 5.7 has no other. */
export const DEVICE_REQUEST: HttpRequest = get('v1/mgmt/device/info', { ModelNumber: '' });

/** The phone's lines. */
export const LINES_REQUEST: HttpRequest = get('v1/mgmt/lineInfo', []);

/** All calls; the first version tells of one alone. From 5.8 on. */
export const CALLS_REQUEST: HttpRequest = get('v2/webCallControl/callStatus', []);

/** Reads settings: by POST, and changes nothing. */
export const readSettingsRequest = (names: readonly string[]): HttpRequest => ({
  ...post('mgmt/config/get', names),
  readOnly: true,
  rehearsal: obeyed({}),
});

/** Writes settings. */
export const writeSettingsRequest = (settings: Readonly<Record<string, string>>): HttpRequest =>
  post('mgmt/config/set', settings);

/** Pushes a document, by a login of its own (Web Application Developer's Guide, UC Software 5.0.0, pages 23 to 25). */
export function pushRequest(body: string, type: string): HttpRequest {
  const to = { method: 'POST', target: '/push', credentials: 'push' } as const;
  return { ...to, headers: { 'content-type': type }, body, rehearsal: { status: 200 } };
}
