import type { Driver, Ladders, PhoneProfile } from '@hookswitch/core';

/** What a version of the contract brought, and how a driver is taken that was written before it. */
export interface ContractStep {
  readonly version: string;
  /** What it brought. */
  readonly brought: string;
  /** The members that a driver of before does not have, or has without that meaning. */
  readonly fillIn: (driver: Driver) => Partial<Driver>;
}

/** What is added to the contract and needs an answer for those who do not know it, oldest first. All else is optional there. */
export const CONTRACT_STEPS: readonly ContractStep[] = [
  {
    version: '1.1.0',
    brought: 'monitor: a phone is listened to beside its action URLs',
    fillIn: () => ({ monitor: () => null }),
  },
  {
    version: '1.2.0',
    brought: 'PhoneProfile.allowEvents, and lights that go together',
    fillIn: (driver) => ({
      capabilitiesFor: (phone) => lightsOneByOne(driver.capabilitiesFor(withoutAllowEvents(phone))),
    }),
  },
];

/** A driver of before may compare profiles, or look at whatever is in one. */
function withoutAllowEvents({ allowEvents: _allowEvents, ...phone }: PhoneProfile): PhoneProfile {
  return phone;
}

function lightsOneByOne(ladders: Ladders): Ladders {
  const { LED } = ladders;
  if (LED === undefined) return ladders;
  const [first, ...rest] = LED;
  const alone = (rung: typeof first): typeof first => {
    if (rung.together === undefined) return rung;
    const { together: _together, ...one } = rung;
    return one;
  };
  return { ...ladders, LED: [alone(first), ...rest.map(alone)] };
}
