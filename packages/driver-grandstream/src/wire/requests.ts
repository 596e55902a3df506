import type { HttpRequest } from '@hookswitch/core';

/** What can be done to the call in focus (CTI guide, "Phone Operations Functions"). */
export type PhoneOperation = 'acceptcall' | 'rejectcall' | 'endcall' | 'holdcall' | 'cancel';

const obeyed = (body: unknown): HttpRequest['rehearsal'] => ({
  status: 200,
  body: JSON.stringify({ response: 'success', body }),
});

/**
 * `http://PHONE/cgi-bin/FUNCTION?passcode=PASSWORD&PARAM=VALUE` (CTI guide, "Request format"). The password is filled in when it is sent,
 * and nowhere else.
 */
function cti(name: string, parameters: string, answer: unknown): HttpRequest {
  const target = `/cgi-bin/${name}?passcode={password}${parameters}`;
  return { method: 'GET', target, credentialsInTarget: true, rehearsal: obeyed(answer) };
}

/** CTI guide, "Make Call". `account` counts from 0 and is known from public code only. */
export function dialRequest(number: string, account: number | null): HttpRequest {
  const chosen = account === null ? '' : `&account=${account}`;
  return cti('api-make_call', `&phonenumber=${encodeURIComponent(number)}${chosen}`, true);
}

/** CTI guide, "Phone Operations Functions". */
export function operationRequest(operation: PhoneOperation): HttpRequest {
  return cti('api-phone_operation', `&cmd=${operation}`, true);
}

/** CTI guide, "Send Keys". That several go out joined by a colon is known from public code only. */
export function keysRequest(keys: readonly string[]): HttpRequest {
  return cti('api-send_key', `&keys=${keys.join(':')}`, 'complete');
}

/** CTI guide, "System Operations Functions". */
export const REBOOT_REQUEST: HttpRequest = cti('api-sys_operation', '&request=REBOOT', 'savereboot');

/** The same: back to the settings of the factory. */
export const RESET_REQUEST: HttpRequest = cti('api-sys_operation', '&request=RESET', 'reset');

/** CTI guide, "Line Status Function". */
export const LINES_REQUEST: HttpRequest = { ...cti('api-get_line_status', '', []), readOnly: true };

/** CTI guide, "Account Status Function". */
export const ACCOUNTS_REQUEST: HttpRequest = { ...cti('api-get_accounts', '', []), readOnly: true };

/** Who the phone is. It answers without a login, as public code for GXP has it; GRP may tell nothing. */
export const DEVICE_REQUEST: HttpRequest = {
  method: 'GET',
  target: '/cgi-bin/api.values.get?request=phone_model:68:67',
  readOnly: true,
  rehearsal: obeyed({ phone_model: '', '68': '', '67': '' }),
};
