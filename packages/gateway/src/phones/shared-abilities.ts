import { isDeepStrictEqual } from 'node:util';
import type { PhoneProfile } from '@hookswitch/core';
import type { DriverPort, PhoneAbilities } from '../drivers/driver-port.ts';
import type { Phone } from '../model.ts';
import { checkOptions } from './options.ts';

/** What a driver says of a phone as it is described there. */
export interface Answer extends PhoneAbilities {
  readonly profile: PhoneProfile;
}

/** So many kinds of phones of a driver are kept; beyond that all are asked about anew. */
const MAX_KINDS = 1_000;

/**
 * What drivers say of phones, asked once for all that are alike but for their MAC address: an office has thousands of phones and few kinds
 * of them. Where a driver looks at the MAC address, its answer is that phone's alone.
 */
export class SharedAbilities {
  readonly #byDriver = new WeakMap<DriverPort, Map<string, Answer>>();

  /**
   * @param before what was answered last: the driver is not asked again where the profile is the same
   * @throws whatever the driver throws
   */
  async of(phone: Phone, driver: DriverPort, before: Answer | null): Promise<Answer> {
    const answers = this.#answersOf(driver);
    const kind = kindOf(phone);
    const known = answers.get(kind);
    if (known !== undefined) return { ...known, profile: { ...known.profile, mac: phone.mac } };
    const checked = await checkOptions(driver, phone.options);
    const profile = profileOf(phone, 'value' in checked ? checked.value : {});
    if (before !== null && isDeepStrictEqual(before.profile, profile)) return before;
    let isOwn = false;
    const watched = {
      ...profile,
      get mac() {
        isOwn = true;
        return profile.mac;
      },
    };
    const answer = { ...(await driver.abilities(watched)), profile };
    if (answers.size >= MAX_KINDS) answers.clear();
    if (!isOwn) answers.set(kind, answer);
    return answer;
  }

  /** What the driver said is asked again: another version of it is there. */
  forget(driver: DriverPort): void {
    this.#byDriver.delete(driver);
  }

  #answersOf(driver: DriverPort): Map<string, Answer> {
    const known = this.#byDriver.get(driver);
    if (known !== undefined) return known;
    const answers = new Map<string, Answer>();
    this.#byDriver.set(driver, answers);
    return answers;
  }
}

/** What is known of a phone, with its options as the driver made them. */
export function profileOf(
  { model, firmware, mac, address, sipUri, allowEvents }: Phone,
  options: unknown,
): PhoneProfile {
  const reachableBy = { http: address !== null, sip: sipUri !== null };
  return { model, firmware, mac, options, reachableBy, allowEvents: allowEvents ?? null };
}

/** The same text, the same profile but for the MAC address. */
function kindOf({ model, firmware, options, address, sipUri, allowEvents }: Phone): string {
  return JSON.stringify([model, firmware, options, address === null, sipUri === null, allowEvents ?? null]);
}
