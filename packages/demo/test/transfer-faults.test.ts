import { VirtualSnomPhone } from '@hookswitch/driver-snom/virtual';
import { expect, test } from 'vitest';
import { give } from './support/command.ts';
import { openOffice } from './support/open-office.ts';
import { Stage } from './support/stage.ts';
import { overWebSocket } from './support/updates.ts';

/** What goes wrong with one request. */
interface Fault {
  readonly name: string;
  set(on: boolean): void;
  /** What the command comes to, where the fault hits. */
  readonly status: string;
}

type Step = readonly ['transfer' | 'completeTransfer' | 'cancelTransfer', Readonly<Record<string, unknown>>];

/** The phone's calls between the two requests of a step that takes two. */
const HALF_DONE = { transfer: ['HELD'], cancelTransfer: ['HELD'] } as const;

function faultsOf({ phone, person }: Stage['staffed']): readonly Fault[] {
  if (person.reach === 'sip' && phone instanceof VirtualSnomPhone) {
    const { sipFaults } = phone;
    if (sipFaults === undefined) throw new Error('It has no SIP side.');
    const set = (on: boolean): void => {
      sipFaults.status = on ? 503 : undefined;
    };
    return [{ name: 'refused', set, status: 'FAILED' }];
  }
  const { faults } = phone;
  const refuse = (on: boolean): void => {
    faults.redirectToHttps = on ? 'https://127.0.0.1:9' : undefined;
  };
  const lose = (on: boolean): void => {
    faults.dropReplyAfterActing = on ? 1 : 0;
  };
  return [
    { name: 'refused', set: refuse, status: 'FAILED' },
    { name: 'reply lost', set: lose, status: 'UNKNOWN' },
  ];
}

// By CSTA, by key commands, by NOTIFY, by Action URI; those that take two requests, with a pause between them.
const PHONES: readonly (readonly [string, readonly (keyof typeof HALF_DONE)[]])[] = [
  ['101', []],
  ['102', []],
  ['104', ['transfer', 'cancelTransfer']],
  ['201', ['cancelTransfer']],
];
const STEPS = ['transfer', 'completeTransfer', 'cancelTransfer'] as const;

test.each(PHONES)(
  '%s: whichever step of an attended transfer fails, the caller is not dropped',
  {
    timeout: 60_000,
  },
  async (number, halves) => {
    const office = await openOffice();
    const updates = await overWebSocket(office);
    const stage = new Stage(office, office.phone(number), updates.received);
    const consult: Step = ['transfer', { to: stage.colleague.number, kind: 'ATTENDED' }];
    const prepare = async (name: Step[0]): Promise<Step> => {
      await stage.talk();
      if (name === 'transfer') return consult;
      await stage.give(...consult);
      await stage.untilCalls('CONNECTED', 'HELD');
      return [name, {}];
    };
    const callerIsThere = async (what: string): Promise<void> => {
      await office.exchange.settled();
      const [leg, ...others] = stage.customer.legs;
      expect([leg?.state, others], what).toEqual(['connected', []]);
    };
    for (const fault of faultsOf(stage.staffed)) {
      for (const name of STEPS) {
        const what = `${name} on ${number}, ${fault.name}`;
        const step = await prepare(name);
        fault.set(true);
        const result = await give(office, number, step);
        fault.set(false);
        expect(result, what).toMatchObject({ status: fault.status });
        await callerIsThere(what);
        await stage.clear();
      }
      for (const name of halves) {
        const what = `second half of ${name} on ${number}, ${fault.name}`;
        const step = await prepare(name);
        const running = give(office, number, step);
        await stage.untilCalls(...HALF_DONE[name]);
        fault.set(true);
        const result = await running;
        fault.set(false);
        expect(result, what).toMatchObject({ status: fault.status });
        await callerIsThere(what);
        // In what state the first half has left the phone is said.
        if (fault.status === 'FAILED') expect(result.failure?.message, what).toMatch(/\bheld\b|on hold/);
        await stage.clear();
      }
    }
    await updates.close();
  },
);
