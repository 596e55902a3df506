import type { PhoneAccount } from '@hookswitch/driver-kit/virtual';
import type { PhonecfgSelectors } from './action-uri-query.ts';
import type { PhoneBase } from './phone-base.ts';
import type { PhoneCalls } from './phone-calls.ts';
import { renderPhonecfg } from './phonecfg.ts';

/** The text of `phonecfg=get` at this moment. */
export const phonecfgOf = (base: PhoneBase, calls: PhoneCalls, selectors: PhonecfgSelectors): string => {
  const { firmware, mac, features, quirks, model } = base;
  const other = quirks.phonecfgSelectsAll;
  const { accounts = other, dnd = other, fw = other } = selectors;
  return renderPhonecfg(
    {
      firmware,
      identity: quirks.phonecfgShowsIdentity ? { mac, deviceId: mac } : undefined,
      accounts: allPositions(calls.registrations.accounts, model.accounts),
      dnd: features.isOn('dnd'),
      always: features.forward('always'),
      busy: features.forward('busy'),
      noAnswer: features.forward('noAnswer'),
    },
    { accounts, dnd, fw },
  );
};

/** Positions that nobody set up are listed as disabled. */
const allPositions = (accounts: readonly PhoneAccount[], count: number): readonly PhoneAccount[] =>
  Array.from({ length: count }, (_, at) => {
    const index = at + 1;
    const empty = { index, enabled: false, registered: false, label: '', number: '', displayName: '', domain: '' };
    return accounts.find((account) => account.index === index) ?? empty;
  });
