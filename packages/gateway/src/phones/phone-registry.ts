import type { Driver, Ladders, PhoneProfile } from '@hookswitch/core';
import type { DriverRegistry } from '../drivers/driver-registry.ts';
import type { Phone, PhoneSecrets } from '../model.ts';
import { hashActionUrlToken } from '../security/action-url-tokens.ts';
import type { SealContext, SecretBox } from '../security/secret-box.ts';
import type { PhoneStore, StoredPhone } from '../store/ports.ts';
import type { Credentials } from '../transport/digest.ts';
import { checkOptions } from './options.ts';

/** A phone with what its driver makes of it. */
export interface RegisteredPhone {
  readonly phone: Phone;
  /** Null where that driver is not installed any more. */
  readonly driver: Driver | null;
  readonly profile: PhoneProfile;
  readonly ladders: Ladders;
}

/** All phones, in memory and in the store. */
export interface PhoneRegistry {
  /** The removed ones included. */
  get(id: string): RegisteredPhone | null;
  all(): Iterable<RegisteredPhone>;
  /** A phone that has not been removed. */
  find(matches: (phone: Phone) => boolean): Phone | null;
  /** The phone that an action URL's token stands for; null: none, or its time is over. */
  byToken(token: string): RegisteredPhone | null;
  /** Decrypts. */
  secrets(id: string): PhoneSecrets;
  /** Credentials by the name of their set. */
  credentials(id: string): ReadonlyMap<string, Credentials>;
  /** Writes to the store, then to memory. */
  save(phone: Phone, secrets: PhoneSecrets): Promise<RegisteredPhone>;
  /** Called after each change of a phone. */
  onChange(listener: (phone: RegisteredPhone) => void): void;
}

/** What a registry is made of. */
export interface PhoneRegistryOptions {
  readonly store: PhoneStore;
  readonly drivers: DriverRegistry;
  readonly secretBox: SecretBox;
  readonly now: () => number;
}

/** Loads all phones. Secrets stay sealed until they are used. */
export async function createPhoneRegistry({
  store,
  drivers,
  secretBox,
  now,
}: PhoneRegistryOptions): Promise<PhoneRegistry> {
  const entries = new Map<string, { registered: RegisteredPhone; stored: StoredPhone }>();
  const tokens = new Map<string, { readonly phoneId: string; readonly expiresAt: number | null }>();
  const listeners: ((phone: RegisteredPhone) => void)[] = [];

  const remember = async (stored: StoredPhone): Promise<RegisteredPhone> => {
    const registered = await register(stored.phone, drivers);
    for (const { hash } of entries.get(stored.phone.id)?.stored.tokenHashes ?? []) tokens.delete(hash);
    entries.set(stored.phone.id, { registered, stored });
    if (stored.phone.removedAt === null) {
      for (const { hash, expiresAt } of stored.tokenHashes) tokens.set(hash, { phoneId: stored.phone.id, expiresAt });
    }
    return registered;
  };
  for (const stored of await store.all()) await remember(stored);

  const registry: PhoneRegistry = {
    get: (id) => entries.get(id)?.registered ?? null,
    *all() {
      for (const { registered } of entries.values()) yield registered;
    },
    find(matches) {
      for (const { registered } of entries.values()) {
        if (registered.phone.removedAt === null && matches(registered.phone)) return registered.phone;
      }
      return null;
    },
    byToken(token) {
      const found = tokens.get(hashActionUrlToken(token));
      if (found === undefined || (found.expiresAt !== null && found.expiresAt <= now())) return null;
      return registry.get(found.phoneId);
    },
    secrets(id) {
      const entry = entries.get(id);
      if (entry === undefined) throw new Error(`no phone ${id}`);
      const opened = secretBox.open(entry.stored.sealedSecrets, contextOf(id));
      return JSON.parse(opened) as PhoneSecrets;
    },
    credentials(id) {
      const entry = entries.get(id);
      const secrets = registry.secrets(id);
      const sets = new Map<string, Credentials>();
      const username = entry?.registered.phone.username ?? null;
      if (username !== null) sets.set('web', { username, password: secrets.password ?? '' });
      const named = entry?.registered.driver?.options.credentials ?? {};
      for (const [name, option] of Object.entries(named)) {
        const user = entry?.registered.phone.options[option.username];
        if (user !== undefined) sets.set(name, { username: user, password: secrets.options[option.password] ?? '' });
      }
      return sets;
    },
    async save(phone, secrets) {
      const stored: StoredPhone = {
        phone,
        sealedSecrets: secretBox.seal(JSON.stringify(secrets), contextOf(phone.id)),
        tokenHashes: secrets.tokens.map(({ token, expiresAt }) => ({ hash: hashActionUrlToken(token), expiresAt })),
      };
      await store.put(stored);
      const registered = await remember(stored);
      for (const listener of listeners) listener(registered);
      return registered;
    },
    onChange(listener) {
      listeners.push(listener);
    },
  };
  return registry;
}

/** What phones' secrets are sealed for. */
export const PHONE_SECRETS = 'phone-secrets';

function contextOf(id: string): SealContext {
  return { purpose: PHONE_SECRETS, subject: id };
}

async function register(phone: Phone, drivers: DriverRegistry): Promise<RegisteredPhone> {
  const driver = drivers.get(phone.vendor);
  const checked = driver === null ? null : await checkOptions(driver, phone.options);
  const profile: PhoneProfile = {
    model: phone.model,
    firmware: phone.firmware,
    mac: phone.mac,
    options: checked !== null && 'value' in checked ? checked.value : {},
    reachableBy: { http: phone.address !== null, sip: phone.sipUri !== null },
    allowEvents: phone.allowEvents ?? null,
  };
  return {
    phone,
    driver,
    profile,
    ladders: driver === null || phone.removedAt !== null ? {} : driver.capabilitiesFor(profile),
  };
}
