import { benchBusyPhones } from './busy-phones.ts';
import { benchCommands } from './commands.ts';
import { benchEvents } from './events.ts';
import { benchFanOut } from './fan-out.ts';
import { benchFanOutPhones } from './fan-out-phones.ts';
import { benchGuards } from './guards.ts';
import { benchIdleSubscribers } from './idle-subscribers.ts';
import { benchPeers } from './peers.ts';
import { benchReplay } from './replay.ts';
import { benchSickPhones } from './sick-phones.ts';
import { benchSip } from './sip.ts';
import { benchStart } from './start.ts';
import type { BenchSize, Row } from './table.ts';

/** The tables, by name, in the order in which they are measured. */
export const BENCHES: ReadonlyMap<string, (size: BenchSize) => Promise<readonly Row[]>> = new Map([
  ['events', benchEvents],
  ['commands', benchCommands],
  ['busy-phones', benchBusyPhones],
  ['guards', benchGuards],
  ['sick-phones', benchSickPhones],
  ['start', benchStart],
  ['fan-out', benchFanOut],
  ['fan-out-phones', benchFanOutPhones],
  ['idle-subscribers', benchIdleSubscribers],
  ['replay', benchReplay],
  ['peers', benchPeers],
  ['sip', benchSip],
]);
