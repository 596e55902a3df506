import { randomUUID } from 'node:crypto';
import { type ActionUrl, invalidArgument, type ObservedDevice } from '@hookswitch/core';
import {
  type DeviceAt,
  type DeviceMatch,
  type NewPhone,
  type PhoneFailure,
  type PhonePatch,
  type ProvisioningView,
  RequestError,
  type Result,
} from '../application.ts';
import { driverFailure } from '../drivers/driver-failure.ts';
import { type DriverRegistry, fallbackOf } from '../drivers/driver-registry.ts';
import type { Instant, Phone, PhoneSecrets } from '../model.ts';
import { makeActionUrlToken } from '../security/action-url-tokens.ts';
import type { AddressPolicy } from '../transport/address-policy.ts';
import type { DocumentShelf } from '../transport/documents.ts';
import { actionUrlsOf } from './action-url-links.ts';
import { changedTls } from './changed-tls.ts';
import { conflictOf, faultOf, splitOptions } from './check-phone.ts';
import { decideMatch } from './decide-match.ts';
import { askDevice, type DeviceTransport, findVendor } from './find-vendor.ts';
import { parseOrigin } from './origin.ts';
import type { PhoneRegistry, RegisteredPhone } from './phone-registry.ts';

/** A provisioning file is fetched by hand or by a server that polls. */
const PROVISIONING_LIFETIME_MS = 24 * 60 * 60_000;

/** What the service is made of. */
export interface PhoneServiceOptions {
  readonly registry: PhoneRegistry;
  readonly drivers: DriverRegistry;
  /** Vendors: which driver gets a device that several claim alike. */
  readonly precedence: readonly string[];
  readonly policy: AddressPolicy;
  readonly documents: DocumentShelf;
  /** The gateway's address as phones see it, without a slash at the end. */
  readonly baseUrl: () => string;
  readonly now: () => Instant;
  readonly transportTo: DeviceTransport;
  /** The certificate that a device at that origin showed before it was registered; null: none. */
  readonly certificateSeenAt: (origin: string) => string | null;
  /** A driver threw or did not answer. */
  readonly onDriverError: (error: unknown) => void;
}

/** What became of a change of the registry. */
type Changed = Promise<Result<Phone, PhoneFailure>>;

/** Adds, changes and removes phones, and tells what they must be given. What it promises is on disk. */
export class PhoneService {
  readonly #options: PhoneServiceOptions;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: PhoneServiceOptions) {
    this.#options = options;
  }

  /** @param from where the phone comes from: the API, or the configuration file */
  async add(input: NewPhone, from: Phone['origin'] = 'api'): Changed {
    const { drivers, now, certificateSeenAt } = this.#options;
    const address = this.#address(input.address);
    if (!address.ok) return address;
    const found = await findVendor(input, address.value, { ...this.#options, isInFile: from === 'file' });
    if (!found.ok) return found;
    const { vendor, model = null, firmware = null, mac = null } = found.value;
    const options = splitOptions(vendor, input.options, drivers);
    const seen = address.value === null ? null : certificateSeenAt(address.value);
    const tls = changedTls({ check: 'PINNED', fingerprint: seen }, input);
    if (tls === null) return NO_FINGERPRINT;
    const phone: Phone = {
      id: randomUUID(),
      name: input.name.trim(),
      vendor,
      model: input.model ?? model,
      firmware: input.firmware ?? firmware,
      mac: input.mac ?? mac,
      address: address.value,
      sipUri: input.sipUri ?? null,
      tags: [...new Set(input.tags ?? [])],
      username: input.username ?? null,
      options: options.shown,
      origin: from,
      tls,
      createdAt: now(),
      removedAt: null,
    };
    const tokens = [{ token: makeActionUrlToken(), expiresAt: null }];
    return this.#inTurn(() => this.#save(phone, { password: input.password ?? null, options: options.secret, tokens }));
  }

  /** Whose a device may be, the likeliest first. Nothing is kept of it. */
  async identify(device: DeviceAt): Promise<Result<DeviceMatch, PhoneFailure>> {
    const address = this.#address(device.address);
    if (!address.ok) return address;
    const found = await askDevice(device, address.value ?? '', this.#options);
    if ('failure' in found) return { ok: false, failure: found.failure };
    const { precedence, drivers } = this.#options;
    const candidates = found.candidates.map(({ driver, identification }) => ({
      ...identification,
      vendor: driver.vendor,
    }));
    return { ok: true, value: { candidates, match: decideMatch(candidates, precedence, fallbackOf(drivers)) } };
  }

  /** Left out: stays as it is. Null: cleared. */
  update(id: string, patch: PhonePatch): Changed {
    return this.#inTurn(() => this.#update(id, patch));
  }

  async #update(id: string, patch: PhonePatch): Changed {
    const { registry, drivers } = this.#options;
    const { phone } = this.#registered(id);
    const secrets = registry.secrets(id);
    if (phone.removedAt !== null) throw new RequestError('NOT_FOUND', 'This phone has been removed. Add it again.');
    if (patch.name === null) return refused('name', 'A phone needs a name.');
    const address = this.#address(patch.address ?? undefined);
    if (!address.ok) return address;
    const tls = changedTls({ check: 'PINNED', fingerprint: null, ...phone.tls }, patch);
    if (tls === null) return NO_FINGERPRINT;
    const options = patch.options === undefined ? null : splitOptions(phone.vendor, patch.options, drivers);
    const changed: Phone = {
      ...phone,
      name: patch.name?.trim() ?? phone.name,
      model: patched(patch.model, phone.model),
      firmware: patched(patch.firmware, phone.firmware),
      mac: patched(patch.mac, phone.mac),
      address: patch.address === undefined ? phone.address : address.value,
      sipUri: patched(patch.sipUri, phone.sipUri),
      username: patched(patch.username, phone.username),
      tags: patch.tags === undefined ? phone.tags : [...new Set(patch.tags ?? [])],
      options: options?.shown ?? phone.options,
      tls,
    };
    // Another phone may answer there.
    const known: Phone = changed.sipUri === phone.sipUri ? changed : { ...changed, allowEvents: null };
    const password = patched(patch.password, secrets.password);
    return this.#save(known, { ...secrets, password, options: options?.secret ?? secrets.options });
  }

  /** It keeps its history; its action URLs are over. */
  remove(id: string): Changed {
    return this.#inTurn(() => this.#remove(id));
  }

  async #remove(id: string): Changed {
    const { registry, now } = this.#options;
    const { phone } = this.#registered(id);
    const removed = phone.removedAt === null ? { ...phone, removedAt: now() } : phone;
    return { ok: true, value: (await registry.save(removed, { ...registry.secrets(id), tokens: [] })).phone };
  }

  /** New action URLs; the old ones go on for `overlapSeconds`. */
  rotateActionUrls(id: string, overlapSeconds: number): Changed {
    return this.#inTurn(() => this.#rotateActionUrls(id, overlapSeconds));
  }

  async #rotateActionUrls(id: string, overlapSeconds: number): Changed {
    const { registry, now } = this.#options;
    if (!Number.isInteger(overlapSeconds) || overlapSeconds < 0)
      return refused('overlapSeconds', 'It must be 0 or more seconds.');
    const { phone } = this.#registered(id);
    if (phone.removedAt !== null) throw new RequestError('NOT_FOUND', 'This phone has been removed. Add it again.');
    const secrets = registry.secrets(id);
    const end = now() + overlapSeconds * 1000;
    const old = secrets.tokens.map(({ token, expiresAt }) => ({ token, expiresAt: Math.min(expiresAt ?? end, end) }));
    const tokens = [
      { token: makeActionUrlToken(), expiresAt: null },
      ...old.filter(({ expiresAt }) => expiresAt > now()),
    ];
    return { ok: true, value: (await registry.save(phone, { ...secrets, tokens })).phone };
  }

  /** What a phone told about itself: fills in what nobody typed. */
  async observe(id: string, seen: ObservedDevice): Promise<void> {
    const { registry } = this.#options;
    // Nearly every report tells what is known: that waits for nobody.
    if (learnt(this.#registered(id).phone, seen) === null) return;
    await this.#inTurn(async () => {
      const next = learnt(this.#registered(id).phone, seen);
      if (next !== null && conflictOf(next, registry) === null) await registry.save(next, registry.secrets(id));
    });
  }

  /** Pins the first certificate of a phone. @returns what is pinned now: another's, where one came first */
  pin(id: string, fingerprint: string): Promise<string | null> {
    return this.#inTurn(async () => {
      const { registry } = this.#options;
      const { phone } = this.#registered(id);
      const tls = { check: 'PINNED', fingerprint: null, ...phone.tls } as const;
      if (tls.check !== 'PINNED') return null;
      if (tls.fingerprint !== null) return tls.fingerprint;
      await registry.save({ ...phone, tls: { ...tls, fingerprint } }, registry.secrets(id));
      return fingerprint;
    });
  }

  /** Which SIP events a phone says that it takes: the ways that it is controlled by may follow from it. */
  async observeEvents(id: string, allowEvents: readonly string[]): Promise<void> {
    const { registry } = this.#options;
    const isKnown = () => registry.get(id)?.phone.allowEvents?.join() === allowEvents.join();
    if (isKnown()) return;
    await this.#inTurn(async () => {
      const { phone } = this.#registered(id);
      if (isKnown() || phone.removedAt !== null) return;
      await registry.save({ ...phone, allowEvents }, registry.secrets(id));
    });
  }

  /** Where this phone's action URLs lead. */
  link(id: string): { readonly baseUrl: string; readonly token: string } {
    const { registry, baseUrl } = this.#options;
    const current = registry.secrets(id).tokens.find(({ expiresAt }) => expiresAt === null);
    return { baseUrl: baseUrl(), token: current?.token ?? '' };
  }

  /**
   * None for a phone that has been removed: its tokens are gone.
   * @throws RequestError where the URLs are longer than the phone takes
   */
  actionUrls(id: string): readonly ActionUrl[] {
    const phone = this.#registered(id);
    if (phone.phone.removedAt !== null) return [];
    const result = actionUrlsOf(phone, this.link(id));
    if ('failure' in result) throw new RequestError('BAD_USER_INPUT', result.failure.message);
    return result.urls;
  }

  /**
   * Null where the vendor has no such file, or the phone has been removed.
   * @throws RequestError where its driver throws or does not answer
   */
  async provisioning(id: string): Promise<ProvisioningView | null> {
    const { baseUrl, documents, onDriverError } = this.#options;
    const { phone, profile, driver } = this.#registered(id);
    if (driver === null || phone.removedAt !== null) return null;
    const gatewayHost = new URL(baseUrl()).hostname;
    const request = { phone: profile, actionUrls: this.actionUrls(id), gatewayHost };
    const file = await (async () => driver.provisioning(request))().catch((error: unknown) => {
      onDriverError(error);
      throw new RequestError('UPSTREAM_UNAVAILABLE', driverFailure(error, driver.name).message);
    });
    if (file === null) return null;
    const { url, expiresAt } = documents.publish(
      { mediaType: file.mediaType, body: file.text },
      PROVISIONING_LIFETIME_MS,
    );
    return { ...file, url, expiresAt };
  }

  /** Resolves when all changes that were asked for are written. */
  async idle(): Promise<void> {
    await this.#turn;
  }

  /** Changes read and write again, so one waits for the other, at whichever gateway: none is lost. */
  #inTurn<Value>(change: () => Promise<Value>): Promise<Value> {
    const turn = this.#turn.then(() => this.#options.registry.exclusively(change));
    this.#turn = turn.catch(() => {});
    return turn;
  }

  #registered(id: string): RegisteredPhone {
    const phone = this.#options.registry.get(id);
    if (phone === null) throw new RequestError('NOT_FOUND', 'There is no phone with this id.');
    return phone;
  }

  #address(text: string | undefined): Result<string | null, PhoneFailure> {
    if (text === undefined) return { ok: true, value: null };
    const parsed = parseOrigin(text, this.#options.policy);
    return 'origin' in parsed ? { ok: true, value: parsed.origin } : { ok: false, failure: parsed.failure };
  }

  async #save(phone: Phone, secrets: PhoneSecrets): Changed {
    const { registry, drivers, onDriverError } = this.#options;
    const failure = (await faultOf(phone, drivers, onDriverError)) ?? conflictOf(phone, registry);
    if (failure !== null) return { ok: false, failure };
    return { ok: true, value: (await registry.save(phone, secrets)).phone };
  }
}

const NO_FINGERPRINT = refused('certificate', 'It must be a SHA-256 fingerprint such as AB:CD:…, 32 bytes.');

function refused(argument: string, message: string): { readonly ok: false; readonly failure: PhoneFailure } {
  return { ok: false, failure: invalidArgument(argument, message) };
}

/** The phone with what it told about itself; null: that was known. */
function learnt(phone: Phone, seen: ObservedDevice): Phone | null {
  const next: Phone = {
    ...phone,
    mac: phone.mac ?? seen.mac,
    model: phone.model ?? seen.model,
    // What a phone says of its own firmware is newer than what was typed.
    firmware: seen.firmware ?? phone.firmware,
  };
  const same = next.mac === phone.mac && next.model === phone.model && next.firmware === phone.firmware;
  return same || phone.removedAt !== null ? null : next;
}

function patched<Value>(patch: Value | null | undefined, value: Value | null): Value | null {
  return patch === undefined ? value : patch;
}
