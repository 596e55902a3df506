import { describe, expect, onTestFinished, test } from 'vitest';
import type { DemoOffice } from '../src/office.ts';
import { FURTHER_PEOPLE, PEOPLE } from '../src/people.ts';
import { ask, type CommandView, give } from './support/command.ts';
import { openOffice } from './support/open-office.ts';
import { PATIENCE } from './support/patience.ts';
import { overServerSentEvents, overWebSocket, type Subscribe, type Update, type Updates } from './support/updates.ts';

// Caller, called, and who the call is transferred to: within each vendor, and across.
const TRIOS = [
  ['101', '102', '103'],
  ['201', '202', '203'],
  ['101', '201', '103'],
  ['202', '103', '201'],
  // The D862 knows SIP only.
  ['104', '201', '101'],
  ['102', '104', '202'],
  // Poly phones name their calls, and post states.
  ['401', '101', '103'],
  ['101', '401', '402'],
  ['402', '201', '401'],
] as const;

const WAYS: readonly (readonly [string, Subscribe])[] = [
  ['WebSocket', overWebSocket],
  ['server-sent events', overServerSentEvents],
];

/** The request that the vendor's documents give for dialling. */
const DIAL_REQUEST = {
  snom: (to: string) => `GET /command.htm?number=${to}`,
  yealink: (to: string) => `GET /servlet?key=number=${to}`,
  poly: () => 'POST /api/v1/callctrl/dial',
  grandstream: (to: string) => `GET /cgi-bin/api-make_call?passcode=demo-office&phonenumber=${to}`,
} as const;

describe.each(WAYS)('over %s', (_, subscribe) => {
  test.each(TRIOS)('%s calls %s, holds, resumes and transfers to %s', async (caller, called, third) => {
    const people = [caller, called, third].some((number) => number.startsWith('4'))
      ? [...PEOPLE, ...(FURTHER_PEOPLE['poly'] ?? [])]
      : PEOPLE;
    const office = await openOffice({ people });
    const story = await open(office, subscribe);

    await story.done(caller, 'dial', { to: called });
    const { person, phone } = office.phone(caller);
    const dialled = phone.requests.all.map(({ method, target }) => `${method} ${target}`);
    if (person.reach === 'sip') {
      expect(phone.sipRequests?.all.map(({ body }) => body).join('\n')).toContain(`#numberdial=${called}</fetch>`);
      expect(dialled).toEqual([]);
    } else expect(dialled).toContain(DIAL_REQUEST[person.vendor](called));
    const incoming = await story.callEvent(called, 'INCOMING');
    expect(incoming).toMatchObject({ __typename: 'CallEvent', callState: 'RINGING' });
    expect(incoming.call).toMatchObject({ direction: 'INCOMING', remote: { number: caller } });
    await story.callEvent(caller, 'OUTGOING');

    await story.done(called, 'answer', {});
    await Promise.all([story.callEvent(caller, 'CONNECTED'), story.callEvent(called, 'CONNECTED')]);
    expect(await activeStates(office, caller)).toEqual(['CONNECTED']);
    expect(await activeStates(office, called)).toEqual(['CONNECTED']);

    await story.done(caller, 'setHold', { held: true });
    await story.callEvent(caller, 'HELD');
    if (called === '401') await story.callEvent(called, 'REMOTE_HELD');
    expect(await activeStates(office, caller)).toEqual(['HELD']);
    await story.done(caller, 'setHold', { held: false });
    await story.callEvent(caller, 'RESUMED');
    // It tells that it is connected again, and not what it was before.
    if (called === '401') await story.callEvent(called, 'REMOTE_RESUMED');
    expect(await activeStates(office, caller)).toEqual(['CONNECTED']);

    await story.done(caller, 'transfer', { to: third, kind: 'BLIND' });
    expect((await story.callEvent(third, 'INCOMING')).call).toMatchObject({ direction: 'INCOMING' });
    await story.untilCalls(caller, []);
    await story.done(third, 'answer', {});
    await story.callEvent(third, 'CONNECTED');
    await story.untilCalls(third, ['CONNECTED']);

    await story.done(third, 'hangUp', {});
    await story.callEvent(third, 'ENDED');
    await story.callEvent(called, 'ENDED');
    await Promise.all([story.untilCalls(called, []), story.untilCalls(third, [])]);

    expect(await pastCalls(office, caller)).toEqual([
      { state: 'ENDED', direction: 'OUTGOING', remote: { number: called } },
    ]);
    expect(await pastCalls(office, called)).toMatchObject([{ state: 'ENDED', direction: 'INCOMING' }]);
    expect(await pastCalls(office, third)).toMatchObject([{ state: 'ENDED', direction: 'INCOMING' }]);
    expect(story.failures).toEqual([]);
    expect(office.phones.flatMap(({ phone: each }) => each.handlerErrors)).toEqual([]);
  });
});

test('a number that is busy is told as such, a service answers by itself', async () => {
  const office = await openOffice();
  const story = await open(office, overWebSocket);
  await story.done('202', 'dial', { to: '301' });
  expect(await story.callEvent('202', 'REMOTE_BUSY')).toMatchObject({ __typename: 'CallEvent' });
  await story.untilCalls('202', []);

  await story.done('101', 'dial', { to: '300' });
  await story.callEvent('101', 'CONNECTED');
  expect(await activeStates(office, '101')).toEqual(['CONNECTED']);
  await story.done('101', 'hangUp', {});
  await story.untilCalls('101', []);
});

/** A subscription, and what is done and waited for while it is open. */
interface Story {
  readonly failures: Updates['failures'];
  /** Gives a command that must not fail. */
  done(number: string, ...command: Parameters<typeof give>[2]): Promise<CommandView>;
  /** That phone's next event of that kind, or one that has come already. */
  callEvent(number: string, kind: string): Promise<Update>;
  /** Waits, event by event, until the phone's calls are in these states. */
  untilCalls(number: string, states: readonly string[]): Promise<void>;
}

async function open(office: DemoOffice, subscribe: Subscribe): Promise<Story> {
  const { received, failures, close } = await subscribe(office);
  onTestFinished(close);
  return {
    failures,
    async done(number, ...command) {
      const result = await give(office, number, command);
      expect(result, `${command[0]} on ${number}`).toMatchObject({
        status: expect.stringMatching(/^(ACCEPTED|CONFIRMED)$/),
        failure: null,
      });
      return result;
    },
    callEvent(number, kind) {
      const { id } = office.phone(number);
      return received.waitFor((update) => update.phone?.id === id && update.callEventKind === kind, {
        ...PATIENCE,
        what: `${kind} at ${number}`,
      });
    },
    async untilCalls(number, states) {
      for (;;) {
        const seen = received.count;
        if (JSON.stringify(await activeStates(office, number)) === JSON.stringify(states)) return;
        await received.waitForCount(seen + 1, {
          ...PATIENCE,
          what: `calls of ${number} as ${states.join(', ') || 'none'}`,
        });
      }
    },
  };
}

async function activeStates(office: DemoOffice, number: string): Promise<readonly string[]> {
  const query = 'query ($id: ID!) { phone(by: { id: $id }) { activeCalls { state } } }';
  const { phone } = await ask<{ phone: { activeCalls: { state: string }[] } }>(office, query, {
    id: office.phone(number).id,
  });
  return phone.activeCalls.map(({ state }) => state);
}

async function pastCalls(office: DemoOffice, number: string): Promise<readonly unknown[]> {
  const query =
    'query ($ids: [ID!]) { calls(filter: { phoneIds: $ids }) { nodes { state direction remote { number } } } }';
  const { calls } = await ask<{ calls: { nodes: unknown[] } }>(office, query, { ids: [office.phone(number).id] });
  return calls.nodes;
}
