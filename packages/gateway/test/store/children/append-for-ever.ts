// Appends from many sides at once until it is killed, and says which events were acknowledged: `sequence name.`, a line
// each.
import { UNKNOWN_PARTY } from '@hookswitch/core';
import { openSqliteStore } from '../../../src/store/sqlite/index.ts';

const APPENDERS = 32;
const [dataDir = '', round = ''] = process.argv.slice(2);
const store = await openSqliteStore({ dataDir });

async function appendForEver(appender: number): Promise<never> {
  for (let count = 0; ; count += 1) {
    const name = `${round}/${appender}/${count}`;
    const call = { vendorIds: {}, direction: null, remote: UNKNOWN_PARTY, local: UNKNOWN_PARTY, target: null };
    const [event] = await store.events.append([
      {
        phoneId: `phone-${appender}`,
        vendor: 'snom',
        receivedAt: Date.now(),
        vendorEvent: name,
        variables: [],
        event: { type: 'CALL', callEventKind: 'INCOMING', callState: null, call },
      },
    ]);
    // What is not in the pipe when the process is killed was never acknowledged. A reader that lags is waited for.
    await new Promise((resolve) => process.stdout.write(`${event?.sequence} ${name}.\n`, resolve));
  }
}

await Promise.all(Array.from({ length: APPENDERS }, (_, appender) => appendForEver(appender)));
