import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type RecordedRequest,
  type ScriptedParty,
  type ScriptedPartyOptions,
  VirtualExchange,
  VirtualHttpServer,
  type VirtualReply,
} from '@hookswitch/driver-kit/virtual';
import {
  actionUrlSettings,
  createVirtualSnomPhone,
  type VirtualSnomOptions,
  type VirtualSnomPhone,
} from '../../src/virtual/index.ts';

/** Every setting with an action URL that tests listen to, by the path it calls. */
const urlsOf = (
  address: string,
  settings: readonly string[],
  query = 'id=$csta_id',
): Readonly<Record<string, string>> =>
  Object.fromEntries(settings.map((setting) => [setting, `${address}/${setting}?${query}`]));

/** An exchange, a server for action URLs, one phone with the number 1001, and whoever else is needed. */
export class Office implements AsyncDisposable {
  readonly exchange = new VirtualExchange();
  readonly gateway: VirtualHttpServer;
  /** What the server answers to a path; an empty 200 otherwise. */
  readonly answers = new Map<string, VirtualReply>();
  readonly #phones: VirtualSnomPhone[] = [];

  private constructor() {
    this.gateway = new VirtualHttpServer({ handle: ({ path }) => this.answers.get(path) ?? { status: 200 } });
  }

  static async open(): Promise<Office> {
    const office = new Office();
    await office.gateway.start();
    return office;
  }

  /** A phone that is up. Unless told otherwise its number is 1001. */
  async phone(options: VirtualSnomOptions = {}): Promise<VirtualSnomPhone> {
    const phone = createVirtualSnomPhone({ exchange: this.exchange, ...options });
    this.#phones.push(phone);
    await phone.start();
    return phone;
  }

  party(number: string, options: Partial<ScriptedPartyOptions> = {}): ScriptedParty {
    return this.exchange.addParty({ number, ...options });
  }

  /** The next or an earlier request to a path of the gateway. */
  called(path: string): Promise<RecordedRequest> {
    return this.gateway.requests.waitFor((request) => request.path === path, { what: `a call of ${path}` });
  }

  /** Resolves once the exchange is quiet and every action URL fired so far has its reply. */
  async quiet(): Promise<void> {
    for (let before = -1; before !== this.gateway.requests.count; ) {
      before = this.gateway.requests.count;
      await this.exchange.settled();
      for (const phone of this.#phones) await phone.actionUrls.idle();
      // What a reply sets off begins a turn later.
      await nextTurn();
      for (const phone of this.#phones) await phone.actionUrls.idle();
    }
  }

  /** Paths called so far, in order of arrival. */
  get paths(): readonly string[] {
    return this.gateway.requests.all.map(({ path }) => path);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const phone of this.#phones) await phone.stop();
    for (const phone of this.#phones) {
      if (phone.handlerErrors.length > 0)
        throw new Error(`The virtual phone failed: ${String(phone.handlerErrors[0])}`);
    }
    await this.gateway.stop();
    this.exchange[Symbol.dispose]();
  }
}

const ALL = actionUrlSettings.map(({ setting }) => setting).filter((setting) => setting !== 'action_blacklist_url');

/** A phone that reports everything, the reports of its start forgotten. */
export const reporting = async (office: Office, options: VirtualSnomOptions = {}, query = 'id=$csta_id') => {
  const settings = { ...urlsOf(office.gateway.address, ALL, query), ...options.settings };
  const phone = await office.phone({ ...options, settings });
  await office.quiet();
  const started = [...office.paths];
  office.gateway.requests.clear();
  return { phone, started };
};
