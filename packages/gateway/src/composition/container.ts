// tsyringe refuses to load without it.
import 'reflect-metadata/lite';
import type { Logger } from 'pino';
import { type DependencyContainer, instanceCachingFactory, container as root } from 'tsyringe';
import type { LeasedLanes } from '../cluster/leased-lanes.ts';
import { SOLE_OWNER } from '../cluster/ownership.ts';
import type { Config } from '../config/config.ts';
import type { DriverPort } from '../drivers/driver-port.ts';
import { type BrokenDriver, createDriverRegistry } from '../drivers/driver-registry.ts';
import { createMetrics, type Metrics } from '../observability/metrics.ts';
import type { SecretBox } from '../security/secret-box.ts';
import type { Store } from '../store/ports.ts';
import type { Spool } from '../store/spool/spool.ts';
import { createAddressPolicy } from '../transport/address-policy.ts';
import { createHttpAgent, type HttpAgent } from '../transport/http-agent.ts';
import {
  ADDRESS_POLICY,
  BROKEN_DRIVERS,
  CERTIFICATES,
  CONFIG,
  DRIVER,
  DRIVERS,
  HTTP_AGENT,
  LEASES,
  LOG,
  METRICS,
  NOW,
  type Now,
  OWN_ENDPOINTS,
  OWNERSHIP,
  resolve,
  resolveAll,
  SECRET_BOX,
  SPOOL,
  STORE,
  TICKS,
  type Token,
} from './tokens.ts';

/** What parts are taken from. */
export type Container = DependencyContainer;

/** Parts that must be opened before, and those that tests put in the place of the usual ones. */
export interface Parts {
  readonly config: Config;
  readonly log: Logger;
  readonly store: Store;
  readonly spool: Spool;
  readonly secretBox: SecretBox;
  readonly drivers: readonly DriverPort[];
  /** Drivers that could not be loaded. */
  readonly brokenDrivers?: readonly BrokenDriver[] | undefined;
  /** Left out: it is alone, and every phone is its own. */
  readonly leases?: LeasedLanes | null | undefined;
  readonly now?: Now | undefined;
  /** Left out: `now` where that is given, else a clock that only runs forward. */
  readonly ticks?: Now | undefined;
  /** Authorities for phones' certificates, in PEM. Left out: those of the runtime. */
  readonly authorities?: string | null | undefined;
  readonly agent?: HttpAgent | undefined;
  readonly metrics?: Metrics | undefined;
}

/** The composition root: the one place where parts are chosen. Several gateways may run in one process. */
export function createContainer(parts: Parts): Container {
  const container = root.createChildContainer();
  const value = <Value>({ symbol }: Token<Value>, useValue: Value): void => {
    container.register<Value>(symbol, { useValue });
  };
  const factory = <Value>({ symbol }: Token<Value>, make: (from: DependencyContainer) => Value): void => {
    container.register<Value>(symbol, { useFactory: instanceCachingFactory(make) });
  };
  value(CONFIG, parts.config);
  value(LOG, parts.log);
  value(STORE, parts.store);
  value(SPOOL, parts.spool);
  value(SECRET_BOX, parts.secretBox);
  value(LEASES, { lanes: parts.leases ?? null });
  value(OWNERSHIP, parts.leases ?? SOLE_OWNER);
  value(NOW, parts.now ?? Date.now);
  value(TICKS, parts.ticks ?? parts.now ?? (() => Math.floor(performance.now())));
  value(BROKEN_DRIVERS, parts.brokenDrivers ?? []);
  for (const driver of parts.drivers) value(DRIVER, driver);
  factory(DRIVERS, (from) => createDriverRegistry(resolveAll(from, DRIVER), resolve(from, BROKEN_DRIVERS)));
  factory(ADDRESS_POLICY, (from) => {
    const { allowedTargets, allowedPorts } = resolve(from, CONFIG);
    const own = () => resolve(from, OWN_ENDPOINTS).flatMap((part) => part());
    return createAddressPolicy({ networks: allowedTargets, ports: allowedPorts, own });
  });
  value(OWN_ENDPOINTS, []);
  value(CERTIFICATES, { ca: parts.authorities ?? null });
  factory(HTTP_AGENT, (from) => {
    const certificates = resolve(from, CERTIFICATES);
    const options = { policy: resolve(from, ADDRESS_POLICY), certificates: () => certificates.book };
    return parts.agent ?? createHttpAgent({ ...options, ca: certificates.ca });
  });
  factory(METRICS, () => parts.metrics ?? createMetrics());
  return container;
}
