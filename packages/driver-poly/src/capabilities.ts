import {
  accepted,
  andThen,
  type DriverContext,
  isAtLeast,
  type Ladders,
  type Outcome,
  type PhoneInfo,
  type PhoneProfile,
  readOutcome,
  type SnapshotCall,
} from '@hookswitch/core';
import { callCommands } from './calls.ts';
import { CLAIMS, EDGE_SOURCE } from './claims.table.ts';
import { pushXml, showMessage } from './display.ts';
import { isVvx } from './models.ts';
import type { PolyOptions } from './options.ts';
import { configureActionUrls, settings, writeSettings } from './settings.ts';
import { ask, tell } from './wire/reply.ts';
import { CALLS_REQUEST, DEVICE_REQUEST, LINES_REQUEST, REBOOT_REQUEST } from './wire/requests.ts';
import { accountsOf, callsOf, deviceOf } from './wire/told.ts';

/** What a phone can do. Nothing goes over SIP: that REST is taken in a NOTIFY as well is known of one product only. */
export function capabilitiesFor({ reachableBy, model, firmware, options }: PhoneProfile<PolyOptions>): Ladders {
  if (!reachableBy.http) return {};
  const claim = (name: keyof typeof CLAIMS) =>
    isVvx(model) ? CLAIMS[name] : ({ evidence: 'ASSUMED', source: EDGE_SOURCE } as const);
  const rest = (name: keyof typeof CLAIMS) => ({ transport: 'HTTP', ...claim(name) }) as const;
  const { dial, answer, hangUp, hangUpAll, reject, setHold, setMuted, sendDtmf, transfer } = callCommands(options);
  const push: Ladders = { DISPLAY: [{ ...claim('DISPLAY'), transport: 'XML_PUSH', pushXml, showMessage }] };
  const snapshot: Ladders = { CALL_SNAPSHOT: [{ ...rest('CALL_SNAPSHOT'), refreshCalls }] };
  return {
    DIAL: [{ ...rest('DIAL'), dial }],
    ANSWER: [{ ...rest('ANSWER'), answer }],
    HANG_UP: [{ ...rest('HANG_UP'), hangUp }],
    HANG_UP_ALL: [{ ...rest('HANG_UP_ALL'), hangUpAll }],
    REJECT: [{ ...rest('REJECT'), reject }],
    HOLD: [{ ...rest('HOLD'), setHold }],
    MUTE: [{ ...rest('MUTE'), setMuted }],
    DTMF: [{ ...rest('DTMF'), sendDtmf }],
    TRANSFER_BLIND: [{ ...rest('TRANSFER_BLIND'), transfer }],
    // Without a login of its own a phone takes no push.
    ...(options.pushUsername === undefined ? {} : push),
    PHONE_INFO: [{ ...rest('PHONE_INFO'), phoneInfo }],
    READ_SETTINGS: [{ ...rest('READ_SETTINGS'), settings }],
    WRITE_SETTINGS: [{ ...rest('WRITE_SETTINGS'), writeSettings }],
    ACTION_URLS: [{ ...rest('ACTION_URLS'), configureActionUrls }],
    // Before, the phone tells of one of its calls only.
    ...(isAtLeast(firmware, '5.8', true) ? snapshot : {}),
    // The phone waits until it has no call, whatever `evenInCall` allows.
    REBOOT: [{ ...rest('REBOOT'), reboot: (_, context) => tell(context, REBOOT_REQUEST) }],
  };
}

async function phoneInfo(context: DriverContext): Promise<Outcome<PhoneInfo>> {
  return andThen(await ask(context, DEVICE_REQUEST), async (device) => {
    const { vendor: _, ...facts } = deviceOf(device);
    const lines = await ask(context, LINES_REQUEST);
    return readOutcome(lines, (data) => ({ ...facts, accounts: accountsOf(data), features: [] }));
  });
}

/** Where there is no call, some firmware says that it does not exist. */
async function refreshCalls(
  _: unknown,
  context: DriverContext,
): Promise<Outcome<{ readonly calls: readonly SnapshotCall[] }>> {
  const told = await ask(context, CALLS_REQUEST);
  const hasNone = told.status === 'FAILED' && told.failure.code === 'INVALID_CALL_STATE';
  return readOutcome(hasNone ? accepted([]) : told, (data) => ({ calls: callsOf(data) }));
}
