import {
  accepted,
  type FeatureReading,
  failed,
  type HttpReply,
  normalMac,
  notHere,
  type Outcome,
  type PhoneAccount,
  type PhoneFeature,
  type PhoneInfo,
  phoneRejected,
} from '@hookswitch/core';
import { parseFirmware } from '../firmware.ts';
import { modelOfFamily } from '../models.ts';
import { type Ini, parseIni } from './ini.ts';
import { refusalIn } from './refusal.ts';

const SWITCHES: readonly (readonly [section: string, feature: PhoneFeature])[] = [
  ['dnd', 'DO_NOT_DISTURB'],
  ['forward_always', 'FORWARD_ALWAYS'],
  ['forward_busy', 'FORWARD_BUSY'],
  ['forward_noanswer', 'FORWARD_NO_ANSWER'],
];

const orNull = (text: string | undefined): string | null => (text === undefined || text === '' ? null : text);

/**
 * One line of `[Accounts]`: `Account0=Enabled|label|register name|display name|Off|user@host|`. The phone counts from
 * 0 and keeps no order; the contract counts from 1. Whether the account is registered is not told.
 */
function account(name: string, value: string): PhoneAccount | null {
  const [, index] = /^account(\d+)$/.exec(name) ?? [];
  if (index === undefined) return null;
  const [state = '', label, registerName, displayName, , uri = ''] = value.split('|');
  const [user, host] = uri.includes('@')
    ? [uri.slice(0, uri.lastIndexOf('@')), uri.slice(uri.lastIndexOf('@') + 1)]
    : [];
  const enabled = state === '' ? null : state.toLowerCase() === 'enabled';
  return {
    account: Number(index) + 1,
    user: orNull(user) ?? orNull(registerName),
    host: orNull(host),
    // A position that is not in use has the word "Disable" there.
    displayName: enabled === false && displayName === 'Disable' ? null : orNull(displayName),
    label: orNull(label),
    enabled,
    registered: null,
  };
}

function features(ini: Ini): readonly FeatureReading[] {
  return SWITCHES.flatMap(([section, feature]) => {
    const state = ini.get(section)?.get('state');
    if (state === undefined) return [];
    return [{ feature, enabled: /^(on|1|enabled)$/i.test(state), target: orNull(ini.get(section)?.get('target')) }];
  });
}

/** Reads the body of `phonecfg=get`. Null where it is none. */
export function parsePhonecfg(text: string): PhoneInfo | null {
  const ini = parseIni(text);
  if (!ini.has('status') && !ini.has('accounts')) return null;
  const firmware = orNull(ini.get('status')?.get('firmwareversion'));
  const family = parseFirmware(firmware)?.family;
  const accounts = [...(ini.get('accounts') ?? [])]
    .map(([name, value]) => account(name, value))
    .filter((one) => one !== null);
  return {
    mac: normalMac(ini.get('status')?.get('macaddress')),
    model: family === undefined ? null : modelOfFamily(family),
    firmware,
    accounts: accounts.toSorted((one, other) => one.account - other.account),
    features: features(ini),
  };
}

/** Reads the reply to `phonecfg=get`. 400 is what phones answer that do not know it, as 404 and 405 are. */
export function readPhonecfg(reply: HttpReply): Outcome<PhoneInfo> {
  if (reply.status === 400) return notHere('The phone does not know phonecfg=get (400).');
  const refusal = refusalIn(reply, 'action-uri');
  if (refusal !== null) return refusal;
  const info = parsePhonecfg(reply.text);
  if (info !== null) return accepted(info);
  return failed(
    phoneRejected('The phone answered phonecfg=get with something else than its configuration.', {
      phoneStatus: reply.status,
    }),
  );
}
