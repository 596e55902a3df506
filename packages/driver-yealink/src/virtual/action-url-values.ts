import { accountUri, type CallLeg, type Party, type PhoneAccount } from '@hookswitch/driver-kit/virtual';
import type { YealinkQuirks } from './quirks.ts';

/** Peripherals that the phone counts for `peripheral_information`. */
export const PERIPHERALS = ['exp', 'ehs', 'udisk', 'usbheadset', 'wifi', 'bluetooth'] as const;
/** One of {@link PERIPHERALS}. */
export type Peripheral = (typeof PERIPHERALS)[number];

/** What an event tells of a call; a whole leg fits. */
export type CallFacts = Pick<CallLeg, 'id' | 'direction' | 'local' | 'remote'>;

/** What the variables of an action URL are made of. */
export interface ActionUrlFacts {
  /** Twelve lower-case hexadecimal digits. */
  readonly mac: string;
  readonly ip: string;
  /** `SIP-T54W`. */
  readonly model: string;
  readonly firmware: string;
  readonly vpnIp: string;
  readonly peripherals: Readonly<Record<Peripheral, number>>;
  readonly quirks: Pick<YealinkQuirks, 'macForm' | 'callerIdHolds' | 'calledNumberOnIncoming'>;
  readonly leg: CallFacts | undefined;
  /** The account that an event is about which is not about a call. */
  readonly account: PhoneAccount | undefined;
}

const MAC_FORMS: Readonly<Record<YealinkQuirks['macForm'], (mac: string) => string>> = {
  plain: (mac) => mac,
  upper: (mac) => mac.toUpperCase(),
  colons: (mac) => mac.replace(/(..)(?=.)/g, '$1:'),
};

const sipUri = (party: Pick<Party, 'number' | 'domain'>): string => `sip:${party.number}@${party.domain}`;

/** The values of all variables of the administrator guide, and of the later ones but for `$cfg_all` and `$cfg_local`. */
export const actionUrlValues = (facts: ActionUrlFacts): Readonly<Record<string, string>> => ({
  mac: MAC_FORMS[facts.quirks.macForm](facts.mac),
  ip: facts.ip,
  model: facts.model,
  firmware: facts.firmware,
  vpn_ip: facts.vpnIp,
  ...Object.fromEntries(PERIPHERALS.map((name) => [`${name}_number`, String(facts.peripherals[name])])),
  ...accountValues(facts),
  ...callValues(facts),
});

const accountValues = ({ leg, account }: ActionUrlFacts): Readonly<Record<string, string>> => {
  const own = leg?.local ?? account;
  if (own === undefined) return { active_url: '', active_user: '', active_host: '' };
  return { active_url: `sip:${accountUri(own)}`, active_user: own.number, active_host: own.domain };
};

const callValues = ({ leg, quirks }: ActionUrlFacts): Readonly<Record<string, string>> => {
  const none = {
    local: '',
    remote: '',
    display_local: '',
    display_remote: '',
    call_id: '',
    callerID: '',
    calledNumber: '',
  };
  if (leg === undefined) return none;
  const { local, remote } = leg;
  const incoming = leg.direction === 'incoming';
  const caller = quirks.callerIdHolds === 'number' ? remote.number : remote.displayName;
  const called = incoming ? local.number : remote.number;
  return {
    local: sipUri(local),
    remote: sipUri(remote),
    display_local: local.displayName,
    display_remote: remote.displayName,
    call_id: leg.id,
    callerID: incoming ? caller : '',
    calledNumber: incoming && !quirks.calledNumberOnIncoming ? '' : called,
  };
};
