import type { EventVariable, ParsedReport } from '@hookswitch/core';
import { bodyText, type SipRequest } from '@hookswitch/sip';

/** Media types in which presses on lit keys come (Snom, LED remote control). */
const BUTTONS = 'application/x-buttons';

/** Whether a body of that kind is read here. */
export function isButtons(request: SipRequest): boolean {
  const [type = ''] = (request.headers.get('content-type') ?? '').split(';', 1);
  return type.trim().toLowerCase() === BUTTONS;
}

/**
 * Reads a press on a key that was bound with `a=message`: `k=` is the key's number, as it was when it was bound; other
 * lines are kept as they are. Lines end with CR LF or LF.
 * @returns null where it names no key
 */
export function parseKeyPress(request: SipRequest): ParsedReport | null {
  const variables: readonly EventVariable[] = bodyText(request)
    .split(/\r?\n/)
    .flatMap((line) => {
      const [, name, value] = /^([a-z])=(.*)$/.exec(line.trim()) ?? [];
      return name === undefined || value === undefined ? [] : [{ name, value }];
    });
  const number = variables.find(({ name }) => name === 'k')?.value ?? '';
  if (!/^[1-9][0-9]{0,3}$/.test(number)) return null;
  return {
    event: { type: 'USER', userEventKind: 'KEY_PRESSED', key: `FUNCTION_${number}` },
    vendorEvent: 'x-buttons',
    variables,
    device: { mac: null, model: null, firmware: null },
  };
}
