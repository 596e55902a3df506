import type { RegistrarConfig } from '../../config/sip.ts';
import { createFreeSwitchRegistrar } from './freeswitch.ts';
import { createKamailioRegistrar } from './kamailio.ts';
import {
  type RegisteredDevice,
  type RegisteredUser,
  type Registrar,
  RegistrarError,
  type Registration,
} from './registrar.ts';

/** All registrars that are configured. */
export interface Registrars {
  /** Whether one of them serves that domain. */
  serves(domain: string): boolean;
  /**
   * The registrations of a user, the best one first; a list that is empty: nobody is registered under that name.
   * @throws RegistrarError where the registrar that serves the domain could not be asked
   */
  find(user: RegisteredUser, signal: AbortSignal): Promise<readonly Registration[]>;
  /** Everybody who is registered anywhere. A registrar that could not be asked is a fault in words and keeps no other back. */
  everybody(signal: AbortSignal): Promise<Everybody>;
}

/** Who is registered, and which registrars did not say. */
export interface Everybody {
  readonly devices: readonly RegisteredDevice[];
  readonly faults: readonly string[];
}

/** What registrars are made of. */
export interface RegistrarsOptions {
  readonly registrars: readonly Registrar[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Told of each question that was really asked. */
  readonly onAnswer: (kind: Registrar['kind'], result: 'found' | 'none' | 'failed') => void;
}

/** Phones register again within minutes; several commands on one phone need one question. */
const FRESH_MS = 5_000;
const MAX_KEPT = 10_000;

/** Makes the registrars of the configuration. @param domain of those that name none */
export function registrarsOf(configs: readonly RegistrarConfig[], domain: string | null): readonly Registrar[] {
  return configs.map((config) => {
    const domains = config.domains ?? (domain === null ? [] : [domain]);
    return config.kind === 'kamailio'
      ? createKamailioRegistrar({ ...config, domains })
      : createFreeSwitchRegistrar({ ...config, domains });
  });
}

/** Asks the registrar that serves the domain, and keeps its answers for a short while. Failures are not kept. */
export function createRegistrars({ registrars, now, onAnswer }: RegistrarsOptions): Registrars {
  const kept = new Map<string, { readonly at: number; readonly registrations: readonly Registration[] }>();

  const ask = async (
    registrar: Registrar,
    user: RegisteredUser,
    signal: AbortSignal,
  ): Promise<readonly Registration[]> => {
    const key = [registrars.indexOf(registrar), user.user, user.domain, user.profile].join(' ');
    const known = kept.get(key);
    if (known !== undefined && now() - known.at < FRESH_MS) return known.registrations;
    try {
      const registrations = await registrar.find(user, signal);
      onAnswer(registrar.kind, registrations.length > 0 ? 'found' : 'none');
      kept.delete(key);
      // Who is not registered now may be in a moment.
      if (registrations.length > 0) kept.set(key, { at: now(), registrations });
      const [oldest] = kept.keys();
      if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest);
      return registrations;
    } catch (error) {
      onAnswer(registrar.kind, 'failed');
      throw error;
    }
  };

  let all: { readonly at: number; readonly found: Promise<Everybody> } | null = null;
  const askAll = async (signal: AbortSignal): Promise<Everybody> => {
    const asked = await Promise.all(
      registrars.map(async (registrar) => {
        try {
          const devices = await registrar.everybody(signal);
          onAnswer(registrar.kind, devices.length > 0 ? 'found' : 'none');
          return { devices, faults: [] };
        } catch (error) {
          onAnswer(registrar.kind, 'failed');
          if (!(error instanceof RegistrarError)) throw error;
          return { devices: [], faults: [`${registrar.kind}: ${error.message}`] };
        }
      }),
    );
    return { devices: asked.flatMap(({ devices }) => devices), faults: asked.flatMap(({ faults }) => faults) };
  };

  const serving = (domain: string | null): readonly Registrar[] =>
    domain === null ? registrars : registrars.filter(({ domains }) => domains.includes(domain));

  return {
    serves: (domain) => serving(domain.toLowerCase()).length > 0,
    everybody(signal) {
      if (all === null || now() - all.at >= FRESH_MS) {
        const found = askAll(signal);
        all = { at: now(), found };
        found.catch(() => {
          all = null;
        });
      }
      return all.found;
    },
    async find(user, signal) {
      let failure: unknown = null;
      for (const registrar of serving(user.domain)) {
        const domain = user.domain ?? registrar.domains[0] ?? null;
        try {
          const registrations = await ask(registrar, { ...user, domain }, signal);
          if (registrations.length > 0) return registrations;
        } catch (error) {
          failure ??= error;
        }
      }
      if (failure !== null) throw failure;
      return [];
    },
  };
}
