// Appends and records from many sides, and drops what is older than a moment, until it is killed. Says which events and
// commands were acknowledged: `e sequence name.` and `c id.`, a line each.
import { setImmediate as otherWork } from 'node:timers/promises';
import { openSqliteStore } from '../../../src/store/sqlite/index.ts';
import { call, callEvent, command } from '../samples.ts';

const SIDES = 8;
const KEPT_MS = 40;
const [dataDir = '', round = ''] = process.argv.slice(2);
const store = await openSqliteStore({ dataDir });
const { events, calls, commands, retention } = store;
let derived = await calls.throughSequence();

/** What is not in the pipe when the process is killed was never acknowledged. A reader that lags is waited for. */
const say = (line: string) => new Promise((resolve) => process.stdout.write(`${line}.\n`, resolve));

async function writeForEver(side: number): Promise<never> {
  for (let count = 0; ; count += 1) {
    const name = `${round}/${side}/${count}`;
    const now = Date.now();
    const [event] = await events.append([callEvent('INCOMING', { vendorEvent: name, receivedAt: now })]);
    const sequence = event?.sequence ?? 0;
    derived = Math.max(derived, sequence);
    const ended = call(name, { state: 'ENDED', endedAt: now });
    await calls.save({ calls: [ended], eventCalls: [{ sequence, callId: name }], throughSequence: derived });
    const claim = { callerId: 'key-1', scope: 'phone-1', key: name, fingerprint: 'f' };
    await commands.insert(command(name, { requestedAt: now }), claim);
    await commands.update(command(name, { requestedAt: now, status: 'ACCEPTED', settledAt: now }));
    await say(`e ${sequence} ${name}`);
    await say(`c ${now} ${name}`);
  }
}

async function dropForEver(): Promise<never> {
  for (;;) {
    const before = Date.now() - KEPT_MS;
    await retention.dropEvents({ before, maxBytes: null, through: derived });
    await retention.dropCalls(before);
    await retention.dropCommands(before);
    await retention.dropAudit(before);
    // Where there is nothing to drop nothing was waited for.
    await otherWork();
  }
}

await Promise.all([dropForEver(), ...Array.from({ length: SIDES }, (_, side) => writeForEver(side))]);
