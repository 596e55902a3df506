import type { Caller, Instant } from '../model.ts';
import type { DeviceMatch } from '../phones/device-candidate.ts';
import type { DriverDraft } from './draft-definition.ts';

/** A link by which phones make themselves known that nobody has added yet; its token is shown once only. */
export interface OnboardingLink {
  readonly id: string;
  readonly createdAt: Instant;
  /** The name of the caller. */
  readonly createdBy: string;
  readonly expiresAt: Instant;
  readonly revokedAt: Instant | null;
}

/** What is put into a setting of a vendor's phones, by hand or by provisioning. */
export interface OnboardingUrl {
  /** Whose phones have the setting. */
  readonly vendor: string;
  /** The vendor's name of the setting. */
  readonly setting: string;
  /** With the vendor's own placeholders. */
  readonly url: string;
}

/** How a device made itself known. */
export const FIRST_CONTACTS = ['ACTION_URL', 'SIP_REGISTER'] as const;
/** One of {@link FIRST_CONTACTS}. */
export type FirstContact = (typeof FIRST_CONTACTS)[number];

/** A device that is no registered phone, and what the drivers make of what is known of it. */
export interface UnknownDevice extends DeviceMatch {
  readonly id: string;
  /** The IP address that it came from, as it was seen, not as the device says. */
  readonly address: string;
  readonly mac: string | null;
  readonly model: string | null;
  readonly firmware: string | null;
  /** Under which it is registered at a registrar; null: it was not seen there. */
  readonly sipUri: string | null;
  readonly seenBy: readonly FirstContact[];
  readonly firstSeenAt: Instant;
  readonly lastSeenAt: Instant;
  /** How often: requests, and looks at the registrar at which it was there. */
  readonly timesSeen: number;
}

/** The devices that are known, and which registrars could not be asked. */
export interface UnknownDevices {
  /** Seen last comes first. */
  readonly devices: readonly UnknownDevice[];
  /** For people: which registrar could not be asked, and why; empty: all of them answered. */
  readonly incomplete: readonly string[];
}

/** Links, and the devices that come by them. */
export interface Onboarding {
  /** The expired and revoked ones included, oldest first. */
  links(): Promise<readonly OnboardingLink[]>;
  /**
   * @param input.expiresAt left out: a day from now
   * @returns the URLs for phones' settings: the token in them is shown nowhere else. Rejects with RequestError
   * BAD_USER_INPUT where there are too many open links, or `expiresAt` is no time that one may have.
   */
  createLink(
    input: { readonly expiresAt?: Instant | undefined },
    caller: Caller,
  ): Promise<{ readonly link: OnboardingLink; readonly urls: readonly OnboardingUrl[] }>;
  /** At once. One that is revoked stays as it is. Rejects with RequestError NOT_FOUND. */
  revokeLink(id: string, caller: Caller): Promise<OnboardingLink>;
  unknownDevices(): Promise<UnknownDevices>;
  /** The start of a driver, drawn from what a phone or an unknown device sent. Rejects with RequestError NOT_FOUND. */
  draftDefinition(of: { readonly phoneId: string } | { readonly deviceId: string }): Promise<DriverDraft>;
}
