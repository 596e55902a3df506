import { type PhoneAccount, parseParty, type SnapshotCall, UNKNOWN_PARTY } from '@hookswitch/core';
import { LINE_STATES } from '../line-states.table.ts';
import { canonicalModel } from '../models.ts';
import { isRecord, textOf } from './reply.ts';

/** What the phone says of itself. */
export interface DeviceFacts {
  readonly model: string | null;
  readonly firmware: string | null;
  readonly mac: string | null;
}

/** `000B82000001` or `00:0B:82:…` as `00:0b:82:00:00:01`; null: it is none. */
export function normalMac(text: string | null): string | null {
  const digits = (text ?? '').replace(/[:-]/g, '').toLowerCase();
  return /^[0-9a-f]{12}$/.test(digits) ? (digits.match(/../g)?.join(':') ?? null) : null;
}

/** `api.values.get`: a name that the phone does not know comes back empty. */
export function deviceOf(body: unknown): DeviceFacts {
  const told = isRecord(body) ? body : {};
  const model = textOf(told, 'phone_model');
  return { model: canonicalModel(model) ?? model, firmware: textOf(told, '68'), mac: normalMac(textOf(told, '67')) };
}

/** The same out of a whole reply that nobody has looked at yet; null: it is none. */
export function deviceFacts(text: string): DeviceFacts | null {
  try {
    const reply: unknown = JSON.parse(text);
    return isRecord(reply) && reply['response'] === 'success' ? deviceOf(reply['body']) : null;
  } catch {
    return null;
  }
}

/** `{"id": 1, "sip_server": "…", "sip_id": "1234", "name": "…", "reg": 1}` (CTI guide, "Account Status Function"); null: it is no list. */
export function accountsOf(body: unknown): readonly PhoneAccount[] | null {
  if (!Array.isArray(body)) return null;
  return body.filter(isRecord).flatMap((told) => {
    const account = told['id'];
    if (typeof account !== 'number' || !Number.isInteger(account) || account < 1) return [];
    const [name, reg] = [textOf(told, 'name'), told['reg']];
    return [
      {
        account,
        user: textOf(told, 'sip_id'),
        host: textOf(told, 'sip_server'),
        displayName: null,
        label: name,
        enabled: null,
        registered: reg === 1 ? true : reg === 0 ? false : null,
      },
    ];
  });
}

/**
 * `{"line": 1, "state": "idle", "acct": "", "remotename": "", "remotenumber": "", "active": 0}` (CTI guide, "Line Status Function"). The
 * number of the line tells no call apart in action URLs, so calls have no identifier. Null: it is no list.
 */
export function callsOf(body: unknown): readonly SnapshotCall[] | null {
  if (!Array.isArray(body)) return null;
  return body.filter(isRecord).flatMap((line): readonly SnapshotCall[] => {
    const word = textOf(line, 'state') ?? '';
    const state = Object.hasOwn(LINE_STATES, word) ? LINE_STATES[word] : undefined;
    if (state === undefined || state === null) return [];
    const remote = parseParty(textOf(line, 'remotenumber') ?? undefined, textOf(line, 'remotename') ?? undefined);
    const direction = state === 'RINGING' ? 'INCOMING' : state === 'DIALING' ? 'OUTGOING' : null;
    return [{ vendorIds: {}, state, direction, remote, local: UNKNOWN_PARTY }];
  });
}
