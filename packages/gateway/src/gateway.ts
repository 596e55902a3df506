import type { Driver } from '@hookswitch/core';
import type { Endpoint } from '@hookswitch/sip';
import type { Logger } from 'pino';
import { ensureAdminKey } from './admin-key.ts';
import type { Application } from './application.ts';
import { type Composition, compose } from './composition/compose.ts';
import { startRetention } from './composition/compose-retention.ts';
import { type Container, createContainer } from './composition/container.ts';
import { HTTP_AGENT, METRICS, OWN_ENDPOINTS, resolve, TICKS } from './composition/tokens.ts';
import type { Config } from './config/config.ts';
import { applyFilePhones } from './config/file-phones.ts';
import { driversOf } from './drivers/drivers-of.ts';
import { authoritiesOf, leasesOf, persistedOperations, secretBoxFor, spoolOf } from './gateway-parts.ts';
import { createPersistedDocuments } from './graphql/persisted.ts';
import { createActionUrlRoute } from './http/action-url-route.ts';
import { createHostCheck, namesOf } from './http/allowed-host.ts';
import { installedConsoleRoute } from './http/console.ts';
import type { GraphiqlSetup } from './http/graphiql.ts';
import { createGraphqlHandler } from './http/graphql-handler.ts';
import { attachGraphqlWebSocket } from './http/graphql-websocket.ts';
import { listen } from './http/listen.ts';
import { reachableUrl, warnOfOwnAddress } from './http/reachable-url.ts';
import { createGatewayServer } from './http/server.ts';
import { createLog } from './observability/log.ts';
import { createMetrics } from './observability/metrics.ts';
import { readinessOf } from './observability/readiness.ts';
import { createAddressBinding } from './phones/address-binding.ts';
import type { Authenticator } from './security/authenticator.ts';
import { createRefusalLimiter } from './security/refusal-limiter.ts';
import { StartError } from './start-error.ts';
import { openConfiguredStore } from './store/open-configured.ts';
import type { Store } from './store/ports.ts';
import type { Spool } from './store/spool/spool.ts';
import { ownWebEndpoints } from './transport/own-endpoints.ts';

/** What a gateway may be given beside its configuration. */
export interface GatewayOptions {
  readonly config: Config;
  /** Left out: JSON lines on standard output. */
  readonly log?: Logger | undefined;
  /** Instead of those that the configuration names. */
  readonly drivers?: readonly Driver[] | undefined;
  /** What GraphiQL shows at first. */
  readonly graphiql?: GraphiqlSetup | undefined;
  /** Instead of the system's clock, in milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
  /** Instead of the clock that only runs forward. Left out where `now` is given: that one. */
  readonly ticks?: (() => number) | undefined;
  /** The file descriptor of a listening socket that somebody else opened; it is taken instead of host and port. */
  readonly listenFd?: number | null | undefined;
}

/** A running gateway. */
export interface Gateway {
  /** Where it listens, e.g. `http://127.0.0.1:4000`. */
  readonly url: string;
  readonly application: Application;
  /** Who comes in. */
  readonly authenticator: Authenticator;
  /** Where it listens for SIP now, one a transport; empty while no phone needed it. */
  readonly sip: readonly Endpoint[];
  /** The first API key where one was made just now; it is shown nowhere else. */
  readonly newAdminKey: string | null;
  /**
   * Not ready any more, then: what runs is finished or UNKNOWN, subscribers are told to come back, the store is closed.
   * Resolves when nothing is left.
   */
  stop(): Promise<void>;
}

const GRACE_MS = 5_000;

/**
 * Starts a gateway and resolves when it listens.
 * @throws StartError where configuration or drivers do not allow it
 */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const { config } = options;
  const log = options.log ?? createLog(config.logLevel, process.stdout, { maskNumbers: config.maskNumbersInLog });
  const metrics = createMetrics();
  const opened = new AsyncDisposableStack();
  try {
    const { drivers, broken } = await driversOf(options, log, metrics);
    for (const driver of drivers) opened.defer(() => driver.close());
    const store = opened.adopt(await openConfiguredStore(config, log), (open) => open.close());
    const spool = opened.adopt(await spoolOf(config, log), (open) => open.close());
    const ticks = options.ticks ?? options.now ?? (() => Math.floor(performance.now()));
    const container = createContainer({
      config,
      log,
      store,
      spool,
      drivers,
      brokenDrivers: broken,
      metrics,
      secretBox: await secretBoxFor(config, store),
      leases: leasesOf(config, { store, log, ticks }),
      now: options.now,
      ticks,
      authorities: await authoritiesOf(config),
    });
    opened.defer(startRetention(container));
    return await start({ options, log, store, spool, container, opened });
  } catch (error) {
    await opened.disposeAsync();
    throw error;
  }
}

interface Foundation {
  readonly options: GatewayOptions;
  readonly log: Logger;
  readonly store: Store;
  readonly spool: Spool;
  readonly container: Container;
  /** What is closed last, in the reverse order. */
  readonly opened: AsyncDisposableStack;
}

/** @throws StartError with everything that is wrong with the phones of the file */
async function takeFilePhones(config: Config, parts: Composition): Promise<void> {
  const site = config.bus == null ? null : (config.bus.site ?? '');
  const faults = await applyFilePhones(config.phones, { ...parts, site });
  if (faults.length > 0) throw new StartError(faults);
}

async function start({ options, log, store, spool, container, opened }: Foundation): Promise<Gateway> {
  const { config } = options;
  const address = { url: '' };
  const parts = await compose(container, () => config.publicUrl ?? reachableUrl(address.url));
  await takeFilePhones(config, parts);
  let stopping: Promise<void> | null = null;
  const onInternalError = (error: unknown, requestId: string): void =>
    log.error({ err: error, requestId }, 'internal error');
  const [{ application }, { authenticator, onSecurityEvent }] = [parts, parts.security];
  const persisted = createPersistedDocuments(await persistedOperations(config));
  const shared = {
    application,
    authenticator,
    onSecurityEvent,
    onInternalError,
    persisted,
    limits: config.api.limits,
    allowedOrigins: config.allowedOrigins,
    isHostAllowed: createHostCheck(namesOf(config)),
  };
  const graphql = createGraphqlHandler({ ...shared, graphiql: options.graphiql });
  const { registry } = resolve(container, METRICS);
  const { server, connections } = createGatewayServer({
    graphql,
    isHostAllowed: shared.isHostAllowed,
    documents: parts.documents,
    console: config.console === 'off' ? null : installedConsoleRoute(),
    metrics: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
    ready: () => readinessOf({ store, spool, drivers: parts.application.drivers.all(), isStopping: stopping !== null }),
    isStopping: () => stopping !== null,
    onError: (error) => log.error({ err: error }, 'a request failed'),
    actionUrl: actionUrlRoute({ options, log, container }, parts),
  });
  const sockets = attachGraphqlWebSocket(server, shared);
  parts.keeper.start();
  parts.closer.start();
  await parts.sip.start().catch((error: unknown) => {
    throw new StartError([`SIP cannot be opened: ${error instanceof Error ? error.message : String(error)}`]);
  });
  address.url = await listen(server, { ...config, fd: options.listenFd }).catch(async (error: unknown) => {
    await parts.sip.line.close();
    throw error;
  });
  resolve(container, OWN_ENDPOINTS).push(() => ownWebEndpoints(address.url, config.publicUrl));
  // Only now: a key that was made for a gateway that cannot start would be seen by nobody, and none be made again.
  const newAdminKey = await ensureAdminKey(config.adminKey, {
    directory: parts.security.keys,
    store: store.apiKeys,
    audit: store.audit,
  });
  await parts.lanes.join();
  parts.monitors.start();
  if (config.publicUrl === null) warnOfOwnAddress(address.url, log);

  const stop = async (): Promise<void> => {
    await finish(parts);
    authenticator.close();
    graphql.drain();
    await sockets.drain(GRACE_MS);
    await connections.close(GRACE_MS);
    await parts.sip.line.close();
    await parts.keeper.stop();
    await parts.book.flush();
    await parts.phones.idle();
    await resolve(container, HTTP_AGENT).close();
    await opened.disposeAsync();
  };
  parts.eventPath.drift.start();
  log.info(
    { url: address.url, drivers: parts.application.drivers.all().map(({ vendor, version }) => `${vendor} ${version}`) },
    'listening',
  );
  return {
    url: address.url,
    application,
    authenticator,
    get sip() {
      return parts.sip.line.listening;
    },
    newAdminKey,
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
}

/** What runs on phones is finished, or UNKNOWN, and other gateways have them from then on. */
async function finish({ wishes, closer, eventPath, lanes, links, monitors, stopWaiting }: Composition): Promise<void> {
  // Phones do not report twice: their events are taken until the end, while commands finish.
  const own = Promise.all([wishes.stop(), closer.stop(), eventPath.drift.stop()]);
  lanes.leave();
  await links.close(GRACE_MS);
  await own;
  await monitors.stop();
  await stopWaiting();
  await lanes.handOver(GRACE_MS);
}

function actionUrlRoute(
  { options, log, container }: Pick<Foundation, 'options' | 'log' | 'container'>,
  { registry, intake, eventPath, contacts }: Composition,
): ReturnType<typeof createActionUrlRoute> {
  const [metrics, now] = [resolve(container, METRICS), resolve(container, TICKS)];
  return createActionUrlRoute({
    registry,
    intake,
    contacts,
    onContact: () => log.debug('a device that is no phone came by an onboarding link'),
    screening: options.config.policy.screening,
    onReceived: ({ phone }, { event, vendorEvent }, durationMs) => {
      metrics.eventsReceived.inc({ vendor: phone.vendor, type: event.type });
      metrics.actionUrlSeconds.observe(durationMs / 1000);
      log.debug({ phone: phone.name, vendorEvent }, 'event');
    },
    onRefused: (refused) => {
      metrics.actionUrlsRefused.inc({ reason: refused.reason });
      // A forged flood says nothing of phones, and a replay from elsewhere nothing of their URLs.
      if (refused.reason !== 'limited') eventPath.refused({ ...refused, tells: refused.reason === 'unknown' });
    },
    limiter: createRefusalLimiter({ perMinute: options.config.actionUrls.refusedPerMinute, now }),
    binding: options.config.actionUrls.bindAddress ? createAddressBinding(now) : null,
    onUnreadable: (error, vendor) => {
      metrics.unreadReports.inc({ vendor });
      log.error({ err: error, vendor }, 'a driver could not read a report; it is kept as OTHER');
    },
    onError: (error, phone) => {
      metrics.eventsFailed.inc();
      eventPath.notStored(phone);
      log.error({ err: error }, 'an event could not be stored; the phone was told so');
    },
  });
}
