import type { Driver } from '@hookswitch/core';
import { type Logger, pino } from 'pino';
import type { Application, CommandRequest, NewPhone } from '../../src/application.ts';
import { type Config, parseConfig } from '../../src/config/config.ts';
import { createGateway, type Gateway } from '../../src/gateway.ts';
import type { Caller, Command, Phone } from '../../src/model.ts';
import { temporaryDirectory } from '../store/temporary.ts';
import { acme } from './driver.ts';

/** The API key of every gateway in tests. */
export const ADMIN_KEY = 'key-of-the-tests-0123456789';

/** What a gateway in tests may be given. */
export interface TestGatewayOptions {
  readonly config?: Partial<Config>;
  /** Null: those that the configuration names. */
  readonly drivers?: readonly Driver[] | null;
  readonly log?: Logger;
  readonly now?: () => number;
  /** A clock that only runs forward, beside `now`. */
  readonly ticks?: () => number;
}

/** A gateway on a port and in a directory of its own, with the real store. */
export interface TestGateway extends AsyncDisposable {
  readonly gateway: Gateway;
  readonly application: Application;
  readonly caller: Caller;
  readonly dataDir: string;
  /** Stops it and starts another one over the same data. */
  restart(): Promise<void>;
  addPhone(input?: Partial<NewPhone>): Promise<Phone>;
  run(phone: Phone, request: CommandRequest, idempotencyKey?: string): Promise<Command>;
  /** What the phone would be told at one of its action URLs. */
  report(phone: Phone, path: string, query?: string): Promise<{ readonly status: number; readonly body: string }>;
  /** The path and the token of the phone's action URLs: `/a/token`. */
  actionUrlPath(phone: Phone): string;
}

export async function testGateway(options: TestGatewayOptions = {}): Promise<TestGateway> {
  const directory = await temporaryDirectory();
  const parsed = parseConfig(
    {
      HOOKSWITCH_PORT: '0',
      HOOKSWITCH_DATA_DIR: directory.path,
      HOOKSWITCH_ADMIN_KEY: ADMIN_KEY,
      HOOKSWITCH_ALLOWED_TARGETS: '127.0.0.0/8',
    },
    null,
  );
  if ('faults' in parsed) throw new Error(parsed.faults.join('\n'));
  const start = (): Promise<Gateway> =>
    createGateway({
      config: { ...parsed.config, ...options.config },
      drivers: options.drivers === null ? undefined : (options.drivers ?? [acme]),
      log: options.log ?? pino({ level: 'silent' }),
      now: options.now,
      ticks: options.ticks,
    });
  let gateway = await start();
  const session = await gateway.authenticator.authenticate(ADMIN_KEY);
  const caller = session?.principal;
  if (caller === undefined) throw new Error('the key does not open the gateway');
  const running: TestGateway = {
    get gateway() {
      return gateway;
    },
    get application() {
      return gateway.application;
    },
    caller,
    dataDir: directory.path,
    async restart() {
      await gateway.stop();
      gateway = await start();
    },
    async addPhone(input = {}) {
      const result = await gateway.application.phones.add({ name: 'Desk', vendor: 'acme', ...input }, caller);
      if (!result.ok) throw new Error(result.failure.message);
      return result.value;
    },
    run: (phone, request, idempotencyKey) =>
      gateway.application.commands.run(phone.id, request, { caller, idempotencyKey }),
    actionUrlPath(phone) {
      const [first] = gateway.application.phones.actionUrls(phone.id, caller) ?? [];
      const [, path] = /^http:\/\/[^/]+(\/a\/[^/]+)\//.exec(first?.url ?? '') ?? [];
      if (path === undefined) throw new Error('the phone has no action URL');
      return path;
    },
    async report(phone, path, query = '') {
      const response = await fetch(`${gateway.url}${running.actionUrlPath(phone)}/${path}?${query}`);
      return { status: response.status, body: await response.text() };
    },
    async [Symbol.asyncDispose]() {
      await gateway.stop();
      await directory[Symbol.asyncDispose]();
    },
  };
  return running;
}
