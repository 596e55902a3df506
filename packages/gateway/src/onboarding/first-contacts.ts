import type { ActionUrlReport } from '@hookswitch/core';
import { type DriverRegistry, fallbackOf } from '../drivers/driver-registry.ts';
import type { Instant } from '../model.ts';
import { decideMatch } from '../phones/decide-match.ts';
import type { PhoneRegistry } from '../phones/phone-registry.ts';
import { RequestError } from '../request-error.ts';
import type { RefusalLimiter } from '../security/refusal-limiter.ts';
import type { Everybody, Registrars } from '../sip/registrar/registrars.ts';
import type { EventLog } from '../store/ports.ts';
import type { AddressPolicy } from '../transport/address-policy.ts';
import { plainAddress } from '../transport/networks.ts';
import { createDeviceList } from './device-list.ts';
import { draftDefinition } from './draft-definition.ts';
import { fitsPhone } from './fits-phone.ts';
import { identifyBy } from './identify-by.ts';
import type { Onboarding } from './onboarding.ts';
import type { OnboardingLinks } from './onboarding-links.ts';
import { readReport } from './read-report.ts';
import { reportsOf } from './reports-of.ts';
import { sightingsOf } from './seen-at-registrar.ts';
import type { Sighting } from './seen-device.ts';
import { setupUrls } from './setup-urls.ts';

/** What became of a request to an onboarding link. */
export type ContactResult =
  /** The device is in the list, or is a phone that is registered already. */
  | 'noted'
  /** It comes from where no phone may be. */
  | 'elsewhere'
  /** That address has come too often. */
  | 'limited';

/** What the route of action URLs asks. */
export interface FirstContacts {
  /** Whether a token is that of an open onboarding link. */
  isOpen(token: string): boolean;
  /** Another gateway has changed a link. */
  reloadLinks(): Promise<void>;
  take(report: ActionUrlReport, from: string): Promise<ContactResult>;
}

/** What first contacts are made of. */
export interface FirstContactsOptions {
  readonly links: OnboardingLinks;
  readonly registry: PhoneRegistry;
  readonly drivers: DriverRegistry;
  /** Vendors: which driver gets a device that several claim alike. */
  readonly precedence: readonly string[];
  readonly registrars: Registrars;
  readonly events: Pick<EventLog, 'read'>;
  readonly policy: AddressPolicy;
  readonly limiter: RefusalLimiter;
  readonly baseUrl: () => string;
  readonly now: () => Instant;
  readonly onDriverError: (error: unknown) => void;
}

const REGISTRAR_MS = 5_000;

/** Joins links, the list of devices and what registrars know. */
export function createFirstContacts(options: FirstContactsOptions): {
  readonly contacts: FirstContacts;
  readonly onboarding: Onboarding;
} {
  const { links, registry, drivers, policy, limiter, onDriverError } = options;
  const list = createDeviceList(options.now);
  registry.onChange(({ phone }) => list.added(phone));
  const note = (sighting: Sighting): void => {
    if (!policy.allows(sighting.address)) return;
    if (registry.find((phone) => fitsPhone(sighting, phone)) === null) list.note(sighting);
  };
  // An answer of the registrars that several queries got is one sighting.
  let noted: Everybody | null = null;
  return {
    contacts: {
      isOpen: (token) => links.isOpen(token),
      reloadLinks: () => links.reload(),
      async take(report, from) {
        const address = plainAddress(from);
        if (address === null || !policy.allows(address)) return 'elsewhere';
        if (limiter.isTooMany(address)) return 'limited';
        const { device, ...seen } = await readReport(drivers.all, report, onDriverError);
        const sighting = { how: 'ACTION_URL', address, ...device, sipUri: null, report: seen } as const;
        note(sighting);
        return 'noted';
      },
    },
    onboarding: {
      links: () => Promise.resolve(links.all()),
      async createLink({ expiresAt }, caller) {
        const { token, link } = await links.create(expiresAt, caller);
        return { link, urls: await setupUrls(drivers.all, { baseUrl: options.baseUrl(), token }, onDriverError) };
      },
      revokeLink: (id) => links.revoke(id),
      async unknownDevices() {
        const everybody = await options.registrars.everybody(AbortSignal.timeout(REGISTRAR_MS));
        if (everybody !== noted) for (const sighting of sightingsOf(everybody.devices)) note(sighting);
        noted = everybody;
        const devices = list.all().map(async ({ reports: _reports, ...device }) => {
          const candidates = await identifyBy(drivers.all, device, onDriverError);
          return { ...device, candidates, match: decideMatch(candidates, options.precedence, fallbackOf(drivers)) };
        });
        return { devices: await Promise.all(devices), incomplete: everybody.faults };
      },
      async draftDefinition(of) {
        if ('phoneId' in of) {
          if (registry.get(of.phoneId) === null) throw new RequestError('NOT_FOUND', 'There is no phone with this id.');
          return draftDefinition(await reportsOf(options.events, of.phoneId), 'a phone');
        }
        const device = list.all().find(({ id }) => id === of.deviceId);
        if (device === undefined) throw new RequestError('NOT_FOUND', 'There is no unknown device with this id.');
        return draftDefinition(device.reports, 'a device');
      },
    },
  };
}
