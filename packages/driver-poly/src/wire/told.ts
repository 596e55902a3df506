import { type PhoneAccount, parseParty, type SnapshotCall, UNKNOWN_PARTY } from '@hookswitch/core';
import { meaningOf } from '../call-states.table.ts';
import { canonicalModel } from '../models.ts';
import { isRecord, recordsOf, textOf } from './reply.ts';

type Told = Readonly<Record<string, unknown>>;

/** What the phone says of itself. */
export interface DeviceFacts {
  readonly vendor: string | null;
  readonly model: string | null;
  readonly firmware: string | null;
  readonly mac: string | null;
}

/** `0004f2839af9` or `00:04:F2:…` as `00:04:f2:83:9a:f9`; null: it is none. */
export function normalMac(text: string | null): string | null {
  const digits = (text ?? '').replace(/[:-]/g, '').toLowerCase();
  return /^[0-9a-f]{12}$/.test(digits) ? (digits.match(/../g)?.join(':') ?? null) : null;
}

/** `device/info`: firmware 5.7 and the second version put the release into `Firmware`, with its date behind it. */
export function deviceOf(data: unknown): DeviceFacts {
  const told: Told = isRecord(data) ? data : {};
  const firmware = isRecord(told['Firmware']) ? textOf(told['Firmware'], 'Application') : null;
  const model = textOf(told, 'ModelNumber');
  return {
    vendor: textOf(told, 'DeviceVendor'),
    model: canonicalModel(model) ?? model,
    firmware: (textOf(told, 'FirmwareRelease') ?? firmware)?.split(' ', 1)[0] ?? null,
    mac: normalMac(textOf(told, 'MACAddress')),
  };
}

/** The same out of a whole reply that nobody has looked at yet; null: it is none. */
export function deviceFacts(text: string): DeviceFacts | null {
  try {
    const body: unknown = JSON.parse(text);
    return isRecord(body) ? deviceOf(body['data']) : null;
  } catch {
    return null;
  }
}

/** `lineInfo`: firmware 5.7 says `Username` for `SIPAddress`, which is a bare user where the line is not registered. */
export function accountsOf(data: unknown): readonly PhoneAccount[] {
  return recordsOf(data).flatMap((line) => {
    const account = Number(textOf(line, 'LineNumber') ?? Number.NaN);
    if (!Number.isInteger(account) || account < 1) return [];
    const [user = null, host = null] = (textOf(line, 'SIPAddress') ?? textOf(line, 'Username') ?? '').split('@');
    const status = textOf(line, 'RegistrationStatus')?.toLowerCase();
    return [
      {
        account,
        user: user === '' ? null : user,
        host: host ?? textOf(line, 'ProxyAddress'),
        displayName: null,
        label: textOf(line, 'Label'),
        enabled: null,
        registered: status === 'registered' ? true : status === 'unregistered' ? false : null,
      },
    ];
  });
}

/** A reference without `0x`, as it stands in events; firmware tells it in either way. */
export function bareRef(text: string): string {
  return text.trim().toLowerCase().replace(/^0x/, '');
}

/** `callStatus` of the second version. A call in a state without a party, or of a shared line's other phone, is left out. */
export function callsOf(data: unknown): readonly SnapshotCall[] {
  return recordsOf(data).flatMap((call): readonly SnapshotCall[] => {
    const meaning = meaningOf(textOf(call, 'CallState') ?? '');
    const handle = textOf(call, 'CallHandle');
    if (meaning === undefined || meaning.state === 'ENDED' || handle === null) return [];
    const number = textOf(call, 'RemotePartyNumber') ?? undefined;
    const name = textOf(call, 'RemotePartyName');
    return [
      {
        vendorIds: { CallReference: bareRef(handle) },
        state: meaning.state,
        direction: directionOf(textOf(call, 'Type')),
        remote: parseParty(number, name === null || name === number ? undefined : name),
        local: UNKNOWN_PARTY,
      },
    ];
  });
}

/** `Incoming` and `Outgoing`, in REST and in events. */
export function directionOf(text: string | null): 'INCOMING' | 'OUTGOING' | null {
  const word = text?.trim().toUpperCase();
  return word === 'INCOMING' || word === 'OUTGOING' ? word : null;
}
