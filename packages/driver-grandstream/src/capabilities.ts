import {
  accepted,
  andThen,
  type DriverContext,
  type Ladders,
  type Outcome,
  type PhoneInfo,
  type PhoneProfile,
  readOutcome,
  type SnapshotCall,
  unknown,
} from '@hookswitch/core';
import { answer, dial, hangUp, reject, setHold } from './calls.ts';
import { CLAIMS, GXP_SOURCE } from './claims.table.ts';
import { pressKeys, sendDtmf } from './keys.ts';
import { isGrp } from './models.ts';
import type { GrandstreamOptions } from './options.ts';
import { ask, tell } from './wire/reply.ts';
import { ACCOUNTS_REQUEST, DEVICE_REQUEST, LINES_REQUEST, REBOOT_REQUEST, RESET_REQUEST } from './wire/requests.ts';
import { accountsOf, callsOf, deviceOf } from './wire/told.ts';

/** What a phone can do. The object is the flag: a capability that is not in it is refused before anything is sent. */
export function capabilitiesFor({ reachableBy, model, options }: PhoneProfile<GrandstreamOptions>): Ladders {
  if (!reachableBy.http) return {};
  const claim = (name: keyof typeof CLAIMS) =>
    isGrp(model) ? CLAIMS[name] : ({ evidence: 'ASSUMED', source: GXP_SOURCE } as const);
  const cti = (name: keyof typeof CLAIMS) => ({ transport: 'HTTP', ...claim(name) }) as const;
  return {
    PRESS_KEYS: [{ ...cti('PRESS_KEYS'), pressKeys: (command, context) => pressKeys(options, command, context) }],
    DIAL: [{ ...cti('DIAL'), dial: (command, context) => dial(options, command, context) }],
    ANSWER: [{ ...cti('ANSWER'), answer }],
    HANG_UP: [{ ...cti('HANG_UP'), hangUp }],
    REJECT: [{ ...cti('REJECT'), reject }],
    HOLD: [{ ...cti('HOLD'), setHold }],
    DTMF: [{ ...cti('DTMF'), sendDtmf: (command, context) => sendDtmf(options, command, context) }],
    PHONE_INFO: [{ ...cti('PHONE_INFO'), phoneInfo }],
    CALL_SNAPSHOT: [{ ...cti('CALL_SNAPSHOT'), refreshCalls }],
    REBOOT: [{ ...cti('REBOOT'), reboot: (_, context) => tell(context, REBOOT_REQUEST) }],
    FACTORY_RESET: [{ ...cti('FACTORY_RESET'), factoryReset: (_, context) => tell(context, RESET_REQUEST) }],
  };
}

const STRANGE = unknown('The phone tells something that its guide does not know.');

async function phoneInfo(context: DriverContext): Promise<Outcome<PhoneInfo>> {
  return andThen(await ask(context, ACCOUNTS_REQUEST), async (told) => {
    const accounts = accountsOf(told);
    if (accounts === null) return STRANGE;
    return readOutcome(await ask(context, DEVICE_REQUEST), (device) => ({
      ...deviceOf(device),
      accounts,
      features: [],
    }));
  });
}

async function refreshCalls(
  _: unknown,
  context: DriverContext,
): Promise<Outcome<{ readonly calls: readonly SnapshotCall[] }>> {
  return andThen(await ask(context, LINES_REQUEST), async (told) => {
    const calls = callsOf(told);
    return calls === null ? STRANGE : accepted({ calls });
  });
}
