import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { VirtualExchange } from '@hookswitch/driver-kit/virtual';
import { createGateway, createLog, type Gateway, type GatewayOptions } from '@hookswitch/gateway';
import { type DemoConfig, type DemoSettings, demoConfig } from './demo-config.ts';
import { driversFor } from './demo-drivers.ts';
import { createGraphqlClient } from './graphql-client.ts';
import { PEOPLE, type Person, SERVICES } from './people.ts';
import { registerPhone } from './register-phone.ts';
import { addGateway, type OfficeRegistrar, registrarUri, startRegistrar, withRegistrar } from './registrar.ts';
import { type DemoTab, demoTabs } from './tabs.ts';
import { createOfficePhone, type StaffedPhone } from './virtual-phones.ts';

/** How an office is set up. */
export interface DemoOfficeOptions extends Partial<DemoSettings> {
  /** Who works there. Default {@link PEOPLE}. */
  readonly people?: readonly Person[];
  /** The gateway's log. Default: what the configuration says, on standard error. */
  readonly log?: GatewayOptions['log'];
  /** Starts a Kamailio where it is installed, at which the phones register. Default true. */
  readonly registrar?: boolean;
}

/** A running office. */
export interface DemoOffice {
  readonly gateway: Gateway;
  /** A key that may do everything. */
  readonly apiKey: string;
  readonly exchange: VirtualExchange;
  readonly registrar: OfficeRegistrar;
  readonly phones: readonly StaffedPhone[];
  /** Where the gateway keeps its data. */
  readonly dataDir: string;
  /** What stands ready in GraphiQL. */
  readonly tabs: readonly DemoTab[];
  /** GraphiQL opens with the key, since only this machine reaches it. */
  readonly graphiqlHasKey: boolean;
  /** The port that was wished for was taken by another program, and another one is used. */
  readonly portWasTaken: number | null;
  /** The phone with that number. Throws if there is none. */
  phone(number: string): StaffedPhone;
  /**
   * Ends the gateway, then the phones and Kamailio, and removes temporary data. Safe to call twice.
   * @param patienceMs after which the gateway's end is not waited for any more. Default: until it has ended.
   */
  stop(patienceMs?: number): Promise<void>;
}

/**
 * Starts phones, exchange and gateway, joins them, and resolves when everything that happens at a phone reaches the
 * gateway.
 * @throws StartError where the configuration is wrong
 */
export async function startDemoOffice(options: DemoOfficeOptions = {}): Promise<DemoOffice> {
  const { environment = {}, file = null, people = PEOPLE } = options;
  const setup = await demoConfig({ environment, file });
  const exchange = new VirtualExchange();
  const registrar = options.registrar === false ? NO_REGISTRAR : await startRegistrar();
  const surroundings = { exchange, registrar: registrarUri(registrar) };
  const phones = people.map((person) => ({ person, phone: createOfficePhone(person, surroundings) }));
  const closing: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(phones.map(({ phone }) => phone.stop()));
    exchange[Symbol.dispose]();
    await registrar.kamailio?.[Symbol.asyncDispose]();
    await setup.removeData();
  };
  try {
    addServices(exchange);
    await Promise.all(phones.map(({ phone }) => phone.start()));
    const apiKey = setup.config.adminKey ?? `demo-${randomBytes(18).toString('base64url')}`;
    const graphiqlHasKey = isLoopback(setup.config.host);
    // The tabs name phones, which have ids only after the gateway has started: it reads them when the page is asked for.
    const page: { tabs: readonly DemoTab[] } = { tabs: [] };
    const { gateway, portWasTaken } = await startGateway(setup, {
      config: withRegistrar(
        { ...setup.config, adminKey: apiKey, drivers: driversFor(people, setup.config.drivers) },
        registrar,
        exchange.domain,
      ),
      log: options.log ?? createLog(setup.config.logLevel, process.stderr),
      graphiql: {
        title: 'Hookswitch demo',
        ...(graphiqlHasKey ? { authorization: `Bearer ${apiKey}` } : {}),
        get tabs() {
          return page.tabs;
        },
      },
    });
    closing.push(() => gateway.stop());
    await addGateway(registrar, gateway);
    const api = createGraphqlClient(gateway.url, apiKey);
    const staffed = await Promise.all(
      phones.map(async ({ person, phone }) => ({
        person,
        phone,
        id: await registerPhone(person, phone, { api, byRegistrar: registrar.kamailio !== null }),
      })),
    );
    page.tabs = demoTabs(staffed);
    let stopping: Promise<void> | undefined;
    const stop = async (patienceMs: number | undefined): Promise<void> => {
      const ended = gateway.stop();
      await (patienceMs === undefined ? ended : Promise.race([ended, delay(patienceMs, undefined, { ref: false })]));
      await close();
    };
    return {
      gateway,
      apiKey,
      exchange,
      registrar,
      phones: staffed,
      dataDir: setup.config.dataDir,
      tabs: page.tabs,
      graphiqlHasKey,
      portWasTaken,
      phone(number) {
        const found = staffed.find(({ person }) => person.number === number);
        if (found === undefined) throw new Error(`Nobody here has the number ${number}.`);
        return found;
      },
      stop(patienceMs) {
        stopping ??= stop(patienceMs);
        return stopping;
      },
    };
  } catch (error) {
    for (const end of closing) await end();
    await close();
    throw error;
  }
}

const NO_REGISTRAR: OfficeRegistrar = { kamailio: null, why: 'no registrar was asked for' };

function addServices(exchange: VirtualExchange): void {
  for (const { number, name, answersAfterMs } of SERVICES) {
    exchange.addParty({
      number,
      displayName: name,
      ...(answersAfterMs === undefined ? { busy: true } : { answersAfterMs }),
    });
  }
}

/** Takes another port where the usual one is taken and nobody asked for it. */
async function startGateway(
  { anyPortWillDo }: DemoConfig,
  options: GatewayOptions,
): Promise<{ readonly gateway: Gateway; readonly portWasTaken: number | null }> {
  try {
    return { gateway: await createGateway(options), portWasTaken: null };
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (!isTaken || !anyPortWillDo) throw error;
    const gateway = await createGateway({ ...options, config: { ...options.config, port: 0 } });
    return { gateway, portWasTaken: options.config.port };
  }
}

/** Whether only programs of this machine reach that host. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}
