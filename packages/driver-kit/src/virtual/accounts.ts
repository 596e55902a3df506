/** A SIP identity that a phone is set up with. */
export interface PhoneAccount {
  /** Position as the phone's user counts it, from 1. Vendors that count from 0 subtract. */
  readonly index: number;
  readonly enabled: boolean;
  readonly registered: boolean;
  /** What the screen shows beside the line key. */
  readonly label: string;
  /** The SIP user name, which is the number at the exchange. */
  readonly number: string;
  readonly displayName: string;
  /** The registrar's domain. */
  readonly domain: string;
}

/** `user@domain`, the form that stands in `outgoing_uri` of both vendors. */
export const accountUri = (account: Pick<PhoneAccount, 'number' | 'domain'>): string =>
  `${account.number}@${account.domain}`;

/** The account that a phone dials from: the one that `uri` names (with or without `sip:`), or else the first that is registered. */
export const accountFor = (accounts: readonly PhoneAccount[], uri = ''): PhoneAccount | undefined => {
  const wanted = uri.replace(/^sips?:/i, '');
  const usable = accounts.filter((account) => account.enabled && account.registered);
  return wanted === '' ? usable[0] : usable.find((account) => [accountUri(account), account.number].includes(wanted));
};
