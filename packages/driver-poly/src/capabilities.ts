import {
  ACCEPTED,
  accepted,
  type DriverContext,
  type Ladders,
  type Outcome,
  type PhoneProfile,
} from '@hookswitch/core';
import { callCommands } from './calls.ts';
import { CLAIMS, EDGE_SOURCE } from './claims.table.ts';
import { pushXml, showMessage } from './display.ts';
import { isAtLeast } from './firmware.ts';
import { generationOf } from './models.ts';
import type { PolyOptions } from './options.ts';
import { configureActionUrls, settings, write } from './settings.ts';
import { type RestReply, readReply } from './wire/reply.ts';
import { CALLS_REQUEST, DEVICE_REQUEST, LINES_REQUEST, REBOOT_REQUEST } from './wire/requests.ts';
import { accountsOf, callsOf, deviceOf } from './wire/told.ts';

/** What a phone can do. Nothing goes over SIP: that REST is taken in a NOTIFY as well is known of one product only. */
export function capabilitiesFor({ reachableBy, model, firmware, options }: PhoneProfile<PolyOptions>): Ladders {
  if (!reachableBy.http) return {};
  const isVvx = generationOf(model) === 'VVX';
  const claim = (name: keyof typeof CLAIMS) =>
    isVvx ? CLAIMS[name] : ({ evidence: 'ASSUMED', source: EDGE_SOURCE } as const);
  const rest = (name: keyof typeof CLAIMS) => ({ transport: 'HTTP', ...claim(name) }) as const;
  const { dial, answer, hangUp, hangUpAll, reject, setHold, setMuted, sendDtmf, transfer } = callCommands(options);
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
    ...(options.pushUsername === undefined
      ? {}
      : { DISPLAY: [{ ...claim('DISPLAY'), transport: 'XML_PUSH', pushXml, showMessage }] }),
    PHONE_INFO: [{ ...rest('PHONE_INFO'), phoneInfo }],
    READ_SETTINGS: [{ ...rest('READ_SETTINGS'), settings }],
    WRITE_SETTINGS: [
      {
        ...rest('WRITE_SETTINGS'),
        writeSettings: (command, context) =>
          write(Object.fromEntries(command.settings.map(({ name, value }) => [name, value])), context),
      },
    ],
    ACTION_URLS: [{ ...rest('ACTION_URLS'), configureActionUrls }],
    // Before, the phone tells of one of its calls only.
    ...(isAtLeast(firmware, '5.8')
      ? {
          CALL_SNAPSHOT: [
            {
              ...rest('CALL_SNAPSHOT'),
              refreshCalls: async (_, { http }) => {
                const reply = readReply(await http.send(CALLS_REQUEST));
                return told(hasNoCall(reply) ? { data: [] } : reply, (data) => ({ calls: callsOf(data) }));
              },
            },
          ],
        }
      : {}),
    REBOOT: [{ ...rest('REBOOT'), reboot }],
  };
}

function told<Value>(reply: RestReply, read: (data: unknown) => Value): Outcome<Value> {
  return 'refusal' in reply ? reply.refusal : accepted(read(reply.data));
}

/** Where there is no call, some firmware says that it does not exist. */
function hasNoCall(reply: RestReply): boolean {
  return 'refusal' in reply && reply.refusal.status === 'FAILED' && reply.refusal.failure.code === 'INVALID_CALL_STATE';
}

async function phoneInfo({ http }: DriverContext) {
  const device = readReply(await http.send(DEVICE_REQUEST));
  if ('refusal' in device) return device.refusal;
  const { vendor: _, ...facts } = deviceOf(device.data);
  const lines = readReply(await http.send(LINES_REQUEST));
  return told(lines, (data) => ({ ...facts, accounts: accountsOf(data), features: [] }));
}

/** The phone waits until it has no call, whatever `evenInCall` allows. */
async function reboot(_: unknown, { http }: DriverContext): Promise<Outcome> {
  const reply = readReply(await http.send(REBOOT_REQUEST));
  return 'refusal' in reply ? reply.refusal : ACCEPTED;
}
