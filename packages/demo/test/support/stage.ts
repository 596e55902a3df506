import type { CommandName } from '@hookswitch/core';
import type { Recorder, ScriptedParty } from '@hookswitch/driver-kit/virtual';
import { VirtualSnomPhone } from '@hookswitch/driver-snom/virtual';
import { expect } from 'vitest';
import type { DemoOffice } from '../../src/office.ts';
import type { StaffedPhone } from '../../src/virtual-phones.ts';
import { ask, give } from './command.ts';
import { PATIENCE } from './patience.ts';
import type { Update } from './updates.ts';

/** What a trial of a capability gave. */
export interface Tried {
  /** `ACCEPTED`, `CONFIRMED`, `UNKNOWN` or, where something was read, `READ`. */
  readonly status: string;
  readonly transport: string | null;
  /** A command whose proof may still come. */
  readonly awaited?: string;
}

/** A phone, with two others outside who call and are called, to try capabilities on. */
export class Stage {
  readonly office: DemoOffice;
  readonly staffed: StaffedPhone;
  /** Answers at once. */
  readonly colleague: ScriptedParty;
  readonly #received: Recorder<Update>;
  #mark = 0;
  #customers = 0;
  #customer: ScriptedParty;

  constructor(office: DemoOffice, staffed: StaffedPhone, received: Recorder<Update>) {
    const { number } = staffed.person;
    this.office = office;
    this.staffed = staffed;
    this.#received = received;
    this.#customer = this.#nextCustomer();
    this.colleague = office.exchange.addParty({ number: `8${number}`, displayName: 'Colleague', answersAfterMs: 0 });
  }

  /** Calls the phone, and hangs up when told to. */
  get customer(): ScriptedParty {
    return this.#customer;
  }

  #nextCustomer(): ScriptedParty {
    const number = `9${this.staffed.person.number}${this.#customers || ''}`;
    this.#customers += 1;
    return this.office.exchange.addParty({ number, displayName: 'Customer' });
  }

  /** Waits for an event of the phone that comes after the last command, or has come since. */
  async event(what: string, isIt: (update: Update) => boolean): Promise<Update> {
    const fits = (update: Update) => update.phone?.id === this.staffed.id && isIt(update);
    const present = this.#received.all.slice(this.#mark).find(fits);
    return (
      present ?? this.#received.waitForNext(fits, { ...PATIENCE, what: `${what} at ${this.staffed.person.number}` })
    );
  }

  /** Gives a command that reaches the phone and does not fail. */
  async give(name: CommandName, command: Readonly<Record<string, unknown>> = {}): Promise<Tried> {
    const { phone, person } = this.staffed;
    this.#mark = this.#received.count;
    const before = requestsOf(phone);
    const result = await give(this.office, person.number, [name, command]);
    // An order in a document waits for some milliseconds after the phone has answered.
    if (phone instanceof VirtualSnomPhone) await phone.browser.settled();
    expect(result.failure, `${name} on ${person.number}`).toBeNull();
    expect(requestsOf(phone), `requests of ${name} at ${person.number}`).toBeGreaterThan(before);
    return {
      status: result.status,
      transport: result.transport,
      ...(result.settledAt === null ? { awaited: result.id } : {}),
    };
  }

  /** Reads from the phone. @param field of `Query`, e.g. `phoneInfo(phoneId: $id)`; @param value of what is read. */
  async read(
    field: string,
    type: string,
    fields: string,
  ): Promise<{ readonly tried: Tried; readonly value: Readonly<Record<string, unknown>> }> {
    const { phone, person, id } = this.staffed;
    const before = requestsOf(phone);
    const query = `query ($id: ID!) { result: ${field} { __typename ... on ${type} { ${fields} } ... on Failure { message } } }`;
    const { result } = await ask<{ result: Record<string, unknown> }>(this.office, query, { id });
    expect(result, `${field} of ${person.number}`).toMatchObject({ __typename: type });
    expect(requestsOf(phone), `requests of ${field} at ${person.number}`).toBeGreaterThan(before);
    const { transport } = result;
    return { tried: { status: 'READ', transport: typeof transport === 'string' ? transport : null }, value: result };
  }

  /** The customer calls, and the gateway knows it. */
  async ring(): Promise<void> {
    this.#mark = this.#received.count;
    // Of phones that name no calls, two of the same party within seconds are one for the gateway.
    if (this.staffed.person.vendor === 'grandstream') this.#customer = this.#nextCustomer();
    this.customer.dial(this.staffed.person.number);
    await this.event('INCOMING', ({ callEventKind }) => callEventKind === 'INCOMING');
    await this.untilCalls('RINGING');
  }

  /** The customer and the phone talk. */
  async talk(): Promise<void> {
    await this.ring();
    await this.give('answer');
    await this.untilCalls('CONNECTED');
  }

  /** The phone holds the customer and talks to the colleague. */
  async talkToBoth(): Promise<void> {
    await this.talk();
    await this.give('dial', { to: this.colleague.number });
    await this.untilCalls('CONNECTED', 'HELD');
  }

  /** Everybody hangs up, and the gateway knows it. */
  async clear(): Promise<void> {
    this.customer.hangUp();
    this.colleague.hangUp();
    await this.office.exchange.settled();
    await this.untilCalls();
  }

  /** Waits, event by event, until the phone's calls are in these states, whatever their order. */
  async untilCalls(...states: readonly string[]): Promise<void> {
    const query = 'query ($id: ID!) { phone(by: { id: $id }) { activeCalls { state } } }';
    const wanted = JSON.stringify(states.toSorted());
    for (;;) {
      const seen = this.#received.count;
      const { phone } = await ask<{ phone: { activeCalls: { state: string }[] } }>(this.office, query, {
        id: this.staffed.id,
      });
      const now = JSON.stringify(phone.activeCalls.map(({ state }) => state).toSorted());
      if (now === wanted) return;
      await this.#received.waitForCount(seen + 1, {
        ...PATIENCE,
        what: `calls of ${this.staffed.person.number} as ${wanted} instead of ${now}`,
      });
    }
  }
}

/** All that the phone was asked, over HTTP and by SIP. */
export function requestsOf({ requests, sipRequests }: StaffedPhone['phone']): number {
  return requests.count + (sipRequests?.count ?? 0);
}
