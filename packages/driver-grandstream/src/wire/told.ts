import {
  entryOf,
  isRecord,
  normalMac,
  type PhoneAccount,
  parseParty,
  type SnapshotCall,
  textOf,
  UNKNOWN_PARTY,
} from '@hookswitch/core';
import { LINE_STATES } from '../line-states.table.ts';
import { canonicalModel } from '../models.ts';

/** What the phone says of itself. */
export interface DeviceFacts {
  readonly model: string | null;
  readonly firmware: string | null;
  readonly mac: string | null;
}

/** `api.values.get`: a name that the phone does not know comes back empty. */
export function deviceOf(body: unknown): DeviceFacts {
  const model = textOf(body, 'phone_model');
  return { model: canonicalModel(model) ?? model, firmware: textOf(body, '68'), mac: normalMac(textOf(body, '67')) };
}

const REGISTERED: Readonly<Record<string, boolean>> = { 0: false, 1: true };

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
        registered: typeof reg === 'number' ? (REGISTERED[reg] ?? null) : null,
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
    const { state = null, direction = null } = entryOf(LINE_STATES, textOf(line, 'state') ?? '') ?? {};
    if (state === null) return [];
    const remote = parseParty(textOf(line, 'remotenumber') ?? '', textOf(line, 'remotename') ?? '');
    return [{ vendorIds: {}, state, direction, remote, local: UNKNOWN_PARTY }];
  });
}
