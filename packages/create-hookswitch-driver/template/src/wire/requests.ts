import type { HttpRequest } from '@hookswitch/core';

/** What the phone can be told to do with its call. */
export type CallCommand = 'answer' | 'end';

/** An obeying phone says this: dry runs go on with it. */
const rehearsal = { status: 200, body: 'done' } as const;

/** Manual, "Calls": dials a number. */
export function dialRequest(number: string): HttpRequest {
  return { method: 'GET', target: `/call?dial=${encodeURIComponent(number)}`, rehearsal };
}

/** Manual, "Calls": answers the call that rings, or ends the call that there is. */
export function callRequest(command: CallCommand): HttpRequest {
  return { method: 'GET', target: `/call?${command}`, rehearsal };
}

/** Manual, "Do not disturb". */
export function doNotDisturbRequest(enabled: boolean): HttpRequest {
  return { method: 'GET', target: `/dnd?${enabled ? 'on' : 'off'}`, rehearsal };
}

/** Manual, "Screen": the display as a bitmap. */
export const SCREEN_REQUEST: HttpRequest = {
  method: 'GET',
  target: '/screen.bmp',
  readOnly: true,
  rehearsal: { status: 200, body: 'BM' },
};

/** Manual, "Settings": each line `name=value`; what is not named stays. */
export function settingsRequest(settings: Readonly<Record<string, string>>): HttpRequest {
  const body = Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
  return { method: 'POST', target: '/settings', headers: { 'content-type': 'text/plain' }, body, rehearsal };
}
