import type { ExchangeLine, PhoneAccount, VirtualExchange } from '@hookswitch/driver-kit/virtual';
import { accountEndpoint, type EndpointHost } from './account-endpoint.ts';

/** The accounts of a phone and their lines at the exchange. */
export class Registrations {
  readonly #exchange: VirtualExchange | undefined;
  readonly #host: EndpointHost;
  readonly #lines = new Map<number, ExchangeLine>();
  readonly #accounts: PhoneAccount[];

  constructor(accounts: readonly PhoneAccount[], exchange: VirtualExchange | undefined, host: EndpointHost) {
    this.#accounts = [...accounts];
    this.#exchange = exchange;
    this.#host = host;
  }

  get accounts(): readonly PhoneAccount[] {
    return [...this.#accounts];
  }

  /** The lines of the accounts that are connected, in the order of the accounts. */
  get lines(): readonly ExchangeLine[] {
    return this.#accounts.flatMap(({ index }) => this.#lines.get(index) ?? []);
  }

  /** The line of an account, if it is connected. */
  lineOf(account: PhoneAccount | undefined): ExchangeLine | undefined {
    return account && this.#lines.get(account.index);
  }

  /** Connects all accounts that are to be registered. @returns those. */
  connectAll(): readonly PhoneAccount[] {
    const wanted = this.#accounts.filter((account) => account.enabled && account.registered);
    for (const account of wanted) this.#connect(account);
    return wanted;
  }

  /** Registers or unregisters one account. Throws if there is none with this index. */
  set(index: number, registered: boolean): PhoneAccount {
    const at = this.#accounts.findIndex((account) => account.index === index);
    const before = this.#accounts[at];
    if (before === undefined) throw new Error(`The phone has no account ${index}.`);
    const account = { ...before, registered };
    this.#accounts[at] = account;
    if (registered) this.#connect(account);
    else this.#leave(index);
    return account;
  }

  /** Leaves the exchange with all accounts; they stay registered as far as the phone remembers. */
  disconnectAll(): void {
    for (const { index } of this.#accounts) this.#disconnect(index);
  }

  #connect(account: PhoneAccount): void {
    if (this.#exchange === undefined || this.#lines.has(account.index)) return;
    this.#lines.set(account.index, this.#exchange.connect(accountEndpoint(account, this.#host)));
  }

  /** Who leaves the exchange is told nothing by it any more, so the phone is told here that the calls are over. */
  #leave(index: number): void {
    const lost = this.#lines.get(index)?.legs ?? [];
    this.#disconnect(index);
    for (const leg of lost) this.#host.ended(leg, 'disconnected');
    this.#host.changed();
  }

  #disconnect(index: number): void {
    this.#lines.get(index)?.disconnect();
    this.#lines.delete(index);
  }
}
