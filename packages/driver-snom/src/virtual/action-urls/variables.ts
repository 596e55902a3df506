import { accountUri, type CallLeg, type Party, type PhoneAccount } from '@hookswitch/driver-kit/virtual';
import type { SnomParts } from '../parts.ts';
import { isPrivateSetting } from '../settings/defaults.ts';

/** What an action URL is about. */
export interface ReportSubject {
  readonly leg?: CallLeg;
  /** The identity that was logged on or off. */
  readonly account?: PhoneAccount;
  readonly longpressKey?: string;
}

/** `user@host` without `sip:`, as clients of Snom phones see it arrive. */
const uriOf = (party: Party): string => `${party.number}@${party.domain}`;

/** Runtime variables and their values, by name without the `$` (Snom's documents; `$sip_header()` needs SIP and is empty). */
export const runtimeVariables = (parts: SnomParts, subject: ReportSubject): Readonly<Record<string, string>> => {
  const { leg, account, longpressKey = '' } = subject;
  const identity = account ?? parts.telephony.accountOf(leg);
  return {
    local: leg === undefined ? '' : uriOf(leg.local),
    remote: leg === undefined ? '' : uriOf(leg.remote),
    display_local: leg?.local.displayName ?? '',
    display_remote: leg?.remote.displayName ?? '',
    active_url: identity === undefined ? '' : accountUri(identity),
    active_user: identity?.number ?? '',
    active_host: identity?.domain ?? '',
    csta_id: leg?.id ?? '',
    'call-id': leg?.sipCallId ?? '',
    active_key: leg === undefined ? '' : parts.lineKeys.keyOf(leg),
    expansion_module: '',
    phone_ip: parts.host,
    nr_ongoing_calls: String(parts.telephony.legs.length),
    context_url: account === undefined ? '' : accountUri(account),
    cancel_reason: '',
    longpress_key: longpressKey,
  };
};

/**
 * The value of a setting as a variable: `$mac`, `$user_host1`, `$user_uid[1]`. Passwords and their like are empty.
 * `undefined` if there is no such setting.
 */
export const settingVariable = (parts: SnomParts, name: string): string | undefined => {
  if (name === 'local_ip') return parts.host;
  const setting = name.replace(/\[(\d+)\]$/, '$1');
  if (name.startsWith('sip_header(') || isPrivateSetting(setting)) return '';
  return parts.memory.running.get(setting);
};
