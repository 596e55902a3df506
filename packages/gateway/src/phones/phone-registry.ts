import { isDeepStrictEqual } from 'node:util';
import {
  type ActionUrlSetting,
  type CallMonitor,
  type DriverFailed,
  driverFailed,
  type Ladders,
  type PhoneKey,
  type PhoneProfile,
} from '@hookswitch/core';
import type { DriverPort } from '../drivers/driver-port.ts';
import { brokenWords, type DriverRegistry } from '../drivers/driver-registry.ts';
import type { Phone, PhoneSecrets } from '../model.ts';
import { hashActionUrlToken } from '../security/action-url-tokens.ts';
import type { SealContext, SecretBox } from '../security/secret-box.ts';
import type { PhoneStore, StoredPhone } from '../store/ports.ts';
import type { Credentials } from '../transport/digest.ts';
import { type ChangedPhones, createChangedPhones } from './changed-phones.ts';
import { KnownTokens } from './known-tokens.ts';
import { type AskedAbilities, askAbilities } from './phone-abilities.ts';
import { SharedAbilities } from './shared-abilities.ts';
import { TakenPlaces } from './taken-places.ts';

/** A phone with what its driver makes of it. */
export interface RegisteredPhone {
  readonly phone: Phone;
  /** Null where that driver is not installed any more. */
  readonly driver: DriverPort | null;
  readonly profile: PhoneProfile;
  readonly ladders: Ladders;
  /** The action URLs that this model and firmware have. */
  readonly actionUrlSettings: readonly ActionUrlSetting[];
  /** How it is listened to beside them; null: not at all. */
  readonly monitor: CallMonitor | null;
  /** The keys that it has of its own; null: its driver does not tell. */
  readonly keys: readonly PhoneKey[] | null;
  /** Why its driver could not say what it can do; it has no ladders then. Null: it could. */
  readonly fault: DriverFailed | null;
}

/** All phones, in memory and in the store. */
export interface PhoneRegistry extends Pick<ChangedPhones, 'catchUp' | 'exclusively'> {
  /** The removed ones included. */
  get(id: string): RegisteredPhone | null;
  all(): Iterable<RegisteredPhone>;
  /** A phone that has not been removed. */
  find(matches: (phone: Phone) => boolean): Phone | null;
  /** Another phone, that has not been removed, with this one's MAC address or address; null: none. */
  twinOf(phone: Phone): Phone | null;
  /** The phone that an action URL's token stands for; null: none, or its time is over. */
  byToken(token: string): RegisteredPhone | null;
  /** Whether other gateways change phones too. */
  readonly isShared: boolean;
  /** As {@link PhoneRegistry.byToken} for a token that another gateway may just have given out: the store is asked. */
  lookUp(token: string): Promise<RegisteredPhone | null>;
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
  /** A driver threw or did not answer where it was asked what a phone can do. */
  readonly onDriverError: (error: unknown, phone: Phone) => void;
}

/** Loads all phones. Secrets stay sealed until they are used. */
export async function createPhoneRegistry(options: PhoneRegistryOptions): Promise<PhoneRegistry> {
  const { store, drivers, secretBox, now, onDriverError } = options;
  const entries = new Map<string, Entry>();
  const tokens = new KnownTokens();
  const places = new TakenPlaces();
  const listeners: ((phone: RegisteredPhone) => void)[] = [];
  const tell = (phone: RegisteredPhone): void => {
    for (const listener of listeners) listener(phone);
  };
  const shared = new SharedAbilities();

  const ask = (
    { phone }: StoredPhone,
    before: AskedAbilities | null | undefined = entries.get(phone.id)?.asked,
  ): Promise<AskedAbilities> =>
    askAbilities(phone, drivers.get(phone.vendor), {
      shared,
      before: before ?? undefined,
      onError: (error) => onDriverError(error, phone),
    });
  const put = (stored: StoredPhone, asked: AskedAbilities): RegisteredPhone => {
    const { phone } = stored;
    const driver = drivers.get(phone.vendor);
    const registered = register(phone, driver, { ...asked, fault: asked.fault ?? absence(phone, drivers) });
    const before = entries.get(phone.id)?.stored;
    tokens.change(before, stored);
    places.change(before?.phone, phone);
    entries.set(phone.id, { registered, stored, asked });
    return registered;
  };
  const remember = async (stored: StoredPhone) => put(stored, await ask(stored));
  const changed = await createChangedPhones(store, async (stored) => {
    if (!isDeepStrictEqual(entries.get(stored.phone.id)?.stored, stored)) tell(await remember(stored));
  });
  for await (const page of store.pages()) for (const stored of page) await remember(stored);

  const registry: PhoneRegistry = {
    isShared: store.changes !== undefined,
    catchUp: changed.catchUp,
    exclusively: changed.exclusively,
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
    twinOf(phone) {
      const owner = places.ownerBeside(phone);
      return owner === null ? null : (entries.get(owner)?.registered.phone ?? null);
    },
    byToken(token) {
      const owner = tokens.ownerOf(token, now());
      return owner === null ? null : registry.get(owner);
    },
    async lookUp(token) {
      if ((await store.changes?.isToken(hashActionUrlToken(token))) !== true) return null;
      await changed.catchUp();
      return registry.byToken(token);
    },
    secrets(id) {
      const entry = entries.get(id);
      if (entry === undefined) throw new Error(`no phone ${id}`);
      const opened = secretBox.open(entry.stored.sealedSecrets, contextOf(id));
      return JSON.parse(opened) as PhoneSecrets;
    },
    credentials: (id) => credentialsOf(entries.get(id)?.registered ?? null, registry.secrets(id)),
    async save(phone, secrets) {
      const stored: StoredPhone = {
        phone,
        sealedSecrets: secretBox.seal(JSON.stringify(secrets), contextOf(phone.id)),
        tokenHashes: secrets.tokens.map(({ token, expiresAt }) => ({ hash: hashActionUrlToken(token), expiresAt })),
      };
      return await changed.writing(async (seen) => {
        await store.put(stored, seen);
        const registered = await remember(stored);
        tell(registered);
        return registered;
      });
    },
    onChange(listener) {
      listeners.push(listener);
    },
  };
  followReloads(drivers, { entries, shared }, async (stored) => {
    const asked = await ask(stored, null);
    // It was changed meanwhile, and asked about then.
    if (entries.get(stored.phone.id)?.stored !== stored) return;
    tell(put(stored, asked));
  });
  followRecoveries(drivers, entries, async (stored) => {
    const asked = await ask(stored);
    // It was changed, or answered, meanwhile.
    if (asked.fault !== null || entries.get(stored.phone.id)?.stored !== stored) return;
    tell(put(stored, asked));
  });
  return registry;
}

function credentialsOf(registered: RegisteredPhone | null, secrets: PhoneSecrets): ReadonlyMap<string, Credentials> {
  const sets = new Map<string, Credentials>();
  const username = registered?.phone.username ?? null;
  if (username !== null) sets.set('web', { username, password: secrets.password ?? '' });
  for (const [name, option] of Object.entries(registered?.driver?.options.credentials ?? {})) {
    const user = registered?.phone.options[option.username];
    if (user !== undefined) sets.set(name, { username: user, password: secrets.options[option.password] ?? '' });
  }
  return sets;
}

interface Entry {
  readonly registered: RegisteredPhone;
  readonly stored: StoredPhone;
  readonly asked: AskedAbilities;
}

/** A phone that its driver could not be asked about is asked about again so often: one that ends it each time is let be. */
const MAX_TRIES = 3;

/** Asks a driver that was loaded again about all its phones. */
function followReloads(
  drivers: DriverRegistry,
  { entries, shared }: { readonly entries: ReadonlyMap<string, Entry>; readonly shared: SharedAbilities },
  ask: (stored: StoredPhone) => Promise<void>,
): void {
  for (const driver of drivers.all) {
    driver.onReloaded?.(async () => {
      shared.forget(driver);
      const own = [...entries.values()].filter(({ registered }) => registered.driver === driver);
      await Promise.all(own.map(({ stored }) => ask(stored)));
    });
  }
}

/** Asks a driver that is there again about the phones that it owes an answer for. */
function followRecoveries(
  drivers: DriverRegistry,
  entries: ReadonlyMap<string, Entry>,
  ask: (stored: StoredPhone) => Promise<void>,
): void {
  const tries = new WeakMap<Phone, number>();
  for (const driver of drivers.all) {
    driver.onRecovered(async () => {
      for (const { registered, stored } of [...entries.values()]) {
        const { phone } = stored;
        if (registered.driver !== driver || registered.fault === null) continue;
        const count = tries.get(phone) ?? 0;
        if (count >= MAX_TRIES) continue;
        tries.set(phone, count + 1);
        await ask(stored);
      }
    });
  }
}

/** What phones' secrets are sealed for. */
export const PHONE_SECRETS = 'phone-secrets';

function contextOf(id: string): SealContext {
  return { purpose: PHONE_SECRETS, subject: id };
}

function register(phone: Phone, driver: DriverPort | null, asked: AskedAbilities): RegisteredPhone {
  const { profile, actionUrlSettings, monitor, keys, fault } = asked;
  const ladders = phone.removedAt === null ? asked.ladders : {};
  return { phone, driver, profile, ladders, actionUrlSettings, monitor, keys, fault };
}

/** A phone whose driver is not there, perhaps because it could not be loaded; null: it is there, or was never named. */
function absence({ vendor }: Phone, drivers: DriverRegistry): DriverFailed | null {
  if (drivers.get(vendor) !== null || drivers.broken.length === 0) return null;
  return driverFailed(`No driver serves "${vendor}".${brokenWords(drivers)}`, false);
}
