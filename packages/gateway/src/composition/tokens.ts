import type { Logger } from 'pino';
import type { DependencyContainer } from 'tsyringe';
import type { LeasedLanes } from '../cluster/leased-lanes.ts';
import type { Ownership } from '../cluster/ownership.ts';
import type { Config } from '../config/config.ts';
import type { DriverPort } from '../drivers/driver-port.ts';
import type { BrokenDriver, DriverRegistry } from '../drivers/driver-registry.ts';
import type { Metrics } from '../observability/metrics.ts';
import type { PhoneCertificates } from '../phones/certificate-book.ts';
import type { SecretBox } from '../security/secret-box.ts';
import type { Store } from '../store/ports.ts';
import type { Spool } from '../store/spool/spool.ts';
import type { AddressPolicy } from '../transport/address-policy.ts';
import type { HttpAgent } from '../transport/http-agent.ts';
import type { OwnEndpoint } from '../transport/own-endpoints.ts';

/** The name under which a part of type `Value` is registered. */
export interface Token<Value> {
  readonly symbol: symbol;
  /** Only for the compiler. */
  readonly type?: Value;
}

/** Milliseconds since 1970. */
export type Now = () => number;

/** How the gateway is to run. */
export const CONFIG: Token<Config> = { symbol: Symbol('config') };
/** The clock. */
export const NOW: Token<Now> = { symbol: Symbol('now') };
/** Milliseconds of a clock that only runs forward, whatever is done to the other one: for windows, pauses and deadlines. */
export const TICKS: Token<Now> = { symbol: Symbol('ticks') };
/** The log. */
export const LOG: Token<Logger> = { symbol: Symbol('log') };
/** Where everything is kept. */
export const STORE: Token<Store> = { symbol: Symbol('store') };
/** Where events are kept while the store does not take them. */
export const SPOOL: Token<Spool> = { symbol: Symbol('spool') };
/** Which phones are this gateway's own. */
export const OWNERSHIP: Token<Ownership> = { symbol: Symbol('ownership') };
/** Which leases this gateway keeps; null: it is alone. In an object, since the container gives no null. */
export const LEASES: Token<{ readonly lanes: LeasedLanes | null }> = { symbol: Symbol('leases') };
/** Seals secrets. */
export const SECRET_BOX: Token<SecretBox> = { symbol: Symbol('secret box') };
/** A loaded driver; registered once for each. */
export const DRIVER: Token<DriverPort> = { symbol: Symbol('driver') };
/** Drivers that could not be loaded. */
export const BROKEN_DRIVERS: Token<readonly BrokenDriver[]> = { symbol: Symbol('broken drivers') };
/** All loaded drivers. */
export const DRIVERS: Token<DriverRegistry> = { symbol: Symbol('drivers') };
/** Which addresses phones may have. */
export const ADDRESS_POLICY: Token<AddressPolicy> = { symbol: Symbol('address policy') };
/** Each tells where a part of the gateway listens now; filled in as the parts are made. */
export const OWN_ENDPOINTS: Token<(() => readonly OwnEndpoint[])[]> = { symbol: Symbol('own endpoints') };
/** Which certificates phones must have. The book needs the phones, and they need what connects: it is put in late. */
export const CERTIFICATES: Token<{ book?: PhoneCertificates; ca: string | null }> = { symbol: Symbol('certificates') };
/** Connects to phones. */
export const HTTP_AGENT: Token<HttpAgent> = { symbol: Symbol('http agent') };
/** Counts and measures. */
export const METRICS: Token<Metrics> = { symbol: Symbol('metrics') };

/** What is registered under a token, typed. */
export function resolve<Value>(container: DependencyContainer, token: Token<Value>): Value {
  return container.resolve<Value>(token.symbol);
}

/** Everything that is registered under a token; nothing is no error. */
export function resolveAll<Value>(container: DependencyContainer, token: Token<Value>): readonly Value[] {
  return container.isRegistered(token.symbol) ? container.resolveAll<Value>(token.symbol) : [];
}
