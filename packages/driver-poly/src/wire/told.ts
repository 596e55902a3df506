import {
  normalMac,
  type PhoneAccount,
  parseParty,
  recordsOf,
  type SnapshotCall,
  textOf,
  UNKNOWN_PARTY,
} from '@hookswitch/core';
import { directionOf, meaningOf } from '../call-states.table.ts';
import { canonicalModel } from '../models.ts';

/** What the phone says of itself. */
export interface DeviceFacts {
  readonly vendor: string | null;
  readonly model: string | null;
  readonly firmware: string | null;
  readonly mac: string | null;
}

/** `device/info`: firmware 5.7 and the second version put the release into `Firmware`, with its date behind it. */
export function deviceOf(data: unknown): DeviceFacts {
  const [told = {}] = recordsOf(data);
  const release = textOf(told, 'FirmwareRelease') ?? textOf(told['Firmware'], 'Application');
  const model = textOf(told, 'ModelNumber');
  return {
    vendor: textOf(told, 'DeviceVendor'),
    model: canonicalModel(model) ?? model,
    firmware: release?.replace(/ .*$/s, '') ?? null,
    mac: normalMac(textOf(told, 'MACAddress')),
  };
}

const REGISTERED: Readonly<Record<string, boolean>> = { registered: true, unregistered: false };

/** `lineInfo`: firmware 5.7 says `Username` for `SIPAddress`, which is a bare user where the line is not registered. */
export function accountsOf(data: unknown): readonly PhoneAccount[] {
  return recordsOf(data).flatMap((line) => {
    const account = Number(textOf(line, 'LineNumber') ?? Number.NaN);
    if (!Number.isInteger(account) || account < 1) return [];
    const address = /^([^@]*)(?:@(.*))?$/s.exec(textOf(line, 'SIPAddress') ?? textOf(line, 'Username') ?? '');
    const status = textOf(line, 'RegistrationStatus')?.toLowerCase() ?? '';
    return {
      account,
      user: address?.[1] || null,
      host: address?.[2] ?? textOf(line, 'ProxyAddress'),
      displayName: null,
      label: textOf(line, 'Label'),
      enabled: null,
      registered: REGISTERED[status] ?? null,
    };
  });
}

/** A reference without `0x`, as it stands in events; firmware tells it in either way. */
export const bareRef = (text: string): string => text.trim().toLowerCase().replace(/^0x/, '');

/** `callStatus` of the second version. A call in a state without a party, or of a shared line's other phone, is left out. */
export function callsOf(data: unknown): readonly SnapshotCall[] {
  return recordsOf(data).flatMap((call): readonly SnapshotCall[] => {
    const state = meaningOf(textOf(call, 'CallState') ?? '')?.state ?? 'ENDED';
    const handle = textOf(call, 'CallHandle');
    if (state === 'ENDED' || handle === null) return [];
    const [vendorIds, direction] = [{ CallReference: bareRef(handle) }, directionOf(textOf(call, 'Type'))];
    const remote = partyOf(textOf(call, 'RemotePartyNumber'), textOf(call, 'RemotePartyName'));
    return [{ vendorIds, state, direction, remote, local: UNKNOWN_PARTY }];
  });
}

/** A party, of whom the phone says the number for want of a name. */
export const partyOf = (number: string | null, name: string | null): ReturnType<typeof parseParty> =>
  parseParty(number ?? '', name === number ? '' : (name ?? ''));
