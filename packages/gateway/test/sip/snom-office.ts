import { driver as snom } from '@hookswitch/driver-snom';
import { createVirtualSnomPhone, type VirtualSnomPhone } from '@hookswitch/driver-snom/virtual';
import { type Config, parseConfig } from '../../src/config/config.ts';
import type { Call, LoggedEvent, Phone } from '../../src/model.ts';
import { type TestGateway, testGateway } from '../support/gateway.ts';

/** A gateway and a virtual Snom phone that it reaches by SIP alone. */
export interface SnomOffice extends AsyncDisposable {
  readonly running: TestGateway;
  readonly virtual: VirtualSnomPhone;
  readonly phone: Phone;
  /** Events of the phone from the beginning of the log, until one is as wanted. */
  until(wanted: (event: LoggedEvent) => boolean): Promise<readonly LoggedEvent[]>;
  calls(): Promise<readonly Call[]>;
  /** The codes of the diagnosis. */
  findings(): Promise<readonly string[]>;
}

export type SnomOfficeOptions = {
  readonly model?: string;
  readonly firmware?: string;
  readonly options?: Readonly<Record<string, string>>;
  readonly settings?: Readonly<Record<string, string>>;
  readonly quirks?: NonNullable<Parameters<typeof createVirtualSnomPhone>[0]>['quirks'];
  readonly identities?: readonly string[];
  readonly monitorIntervalMs?: number;
};

/** All SIP of the gateway on loopback. */
export function sipConfig(changes: Partial<Config['sip']> = {}): Config['sip'] {
  const parsed = parseConfig({ HOOKSWITCH_SIP_HOST: '127.0.0.1' }, null);
  if ('faults' in parsed) throw new Error(parsed.faults.join());
  return { ...parsed.config.sip, ...changes };
}

export async function snomOffice({
  model = 'D785',
  firmware = '10.1.33.33',
  options = {},
  settings = {},
  quirks = {},
  identities = ['1001'],
  monitorIntervalMs = 60_000,
}: SnomOfficeOptions = {}): Promise<SnomOffice> {
  const virtual = createVirtualSnomPhone({
    model,
    firmware,
    sip: {},
    identities: identities.map((number) => ({ number })),
    settings: { filter_registrar: 'off', ...settings },
    quirks: { rebootMs: 0, ...quirks },
  });
  await virtual.start();
  const running = await testGateway({ drivers: [snom], config: { sip: sipConfig({ monitorIntervalMs }) } });
  const given = { accounts: '1001@pbx.example', ...options };
  const phone = await running.addPhone({
    vendor: 'snom',
    model,
    firmware,
    sipUri: virtual.sipUri ?? '',
    options: Object.entries(given).map(([name, value]) => ({ name, value })),
  });
  return {
    running,
    virtual,
    phone,
    async until(wanted) {
      const seen: LoggedEvent[] = [];
      const controller = new AbortController();
      const { events } = running.application;
      try {
        const updates = events.subscribe({ phoneIds: [phone.id] }, events.cursorOf(0), controller.signal);
        for await (const update of updates) {
          if (update.kind !== 'event') continue;
          seen.push(update.event);
          if (wanted(update.event)) return seen;
        }
        throw new Error('the events ended before the wanted one came');
      } finally {
        controller.abort();
      }
    },
    async calls() {
      const { items } = await running.application.calls.list({ phoneIds: [phone.id] }, { first: 50 });
      return items.map(({ node }) => node);
    },
    async findings() {
      const findings = await running.application.readings.diagnosis(phone.id, running.caller);
      return findings.map(({ code }) => code);
    },
    async [Symbol.asyncDispose]() {
      await running[Symbol.asyncDispose]();
      await virtual.stop();
    },
  };
}

/** The phone's action URLs by their settings, at the address where the gateway of the test listens. */
export function actionUrls({ running, phone }: SnomOffice): Readonly<Record<string, string>> {
  const urls = running.application.phones.actionUrls(phone.id, running.caller) ?? [];
  return Object.fromEntries(
    urls.map(({ setting, url }) => [setting, url.replace(/^http:\/\/[^/]+/, running.gateway.url)]),
  );
}
