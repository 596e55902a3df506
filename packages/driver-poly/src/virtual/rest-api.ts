import { entryOf, isRecord, recordIn, type ToldRecord } from '@hookswitch/core';
import {
  type CallLeg,
  type ExchangeLine,
  holdConnected,
  isConnected,
  type RecordedRequest,
  ringsHere,
  type VirtualReply,
} from '@hookswitch/driver-kit/virtual';
import { stateOf, wordOf } from './notifications.ts';
import type { PolyQuirks } from './quirks.ts';

/** The phone behind its API. */
export interface RestPhone {
  readonly model: string;
  readonly firmware: string;
  readonly mac: string;
  readonly quirks: PolyQuirks;
  readonly line: ExchangeLine;
  readonly lines: () => readonly Readonly<Record<string, string>>[];
  readonly setting: (name: string) => string | undefined;
  readonly write: (settings: Readonly<Record<string, string>>) => void;
  readonly mute: (on: boolean) => void;
  readonly reboot: () => void;
}

/** Success without data, success with data, or one of the manual's codes. */
type Said = { readonly data?: unknown } | string;

const MAX_SETTINGS = 20;

/** Answers a request of the REST API: 404 for a path that there is not, else 200 with a Status. */
export function answerRest(request: RecordedRequest, phone: RestPhone): VirtualReply {
  const path = request.path.replace(/^\/api\//, '');
  if (phone.quirks.noCallControl && path.startsWith('v1/callctrl/'))
    return { status: 404, body: '<html>Not found</html>' };
  const said = request.method === 'GET' ? read(path, phone) : command(path, request.body, phone);
  if (said === null) return { status: 404, body: '<html>Not found</html>' };
  const body = typeof said === 'string' ? { Status: said } : { ...said, Status: '2000' };
  return {
    status: 200,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    ...(path === 'v1/mgmt/safeReboot' && body.Status === '2000' ? { afterwards: phone.reboot } : {}),
  };
}

function read(path: string, phone: RestPhone): Said | null {
  const { quirks, model, mac, firmware } = phone;
  const legs = phone.line.legs;
  switch (path) {
    case 'v1/mgmt/device/info': {
      const about = { ModelNumber: model, MACAddress: mac, DeviceType: 'hardwareEndpoint', DeviceVendor: 'Polycom' };
      const release = quirks.nestedFirmware
        ? { Firmware: { Application: `${firmware} 02-Jul-19 06:14`, Updater: '5.9.7.26508' } }
        : { FirmwareRelease: firmware };
      return { data: { ...about, ...release, AttachedHardware: {} } };
    }
    case 'v1/mgmt/lineInfo':
      return { data: phone.lines() };
    case 'v1/webCallControl/callStatus':
      return legs[0] === undefined ? '4007' : { data: callOf(legs[0], quirks) };
    case 'v2/webCallControl/callStatus':
      if (legs.length === 0 && quirks.noCalls === '4007') return '4007';
      return { data: legs.map((leg) => callOf(leg, quirks)) };
    default:
      return null;
  }
}

function callOf(leg: CallLeg, quirks: PolyQuirks): ToldRecord {
  return {
    CallHandle: quirks.handles === '0x' ? `0x${leg.id}` : leg.id,
    Type: leg.direction === 'incoming' ? 'Incoming' : 'Outgoing',
    Protocol: 'SIP',
    CallState: wordOf(stateOf(leg), quirks),
    LineID: '1',
    CallSequence: '1',
    UIAppearanceIndex: leg.state === 'connected' ? '1*' : '1',
    RemotePartyName: leg.remote.displayName === '' ? leg.remote.number : leg.remote.displayName,
    RemotePartyNumber: leg.remote.number,
    Ringing: ringsHere(leg) ? '1' : '0',
    Muted: '0',
    DurationSeconds: '0',
  };
}

function command(path: string, body: string, phone: RestPhone): Said | null {
  const data = recordIn(body)?.['data'];
  if (path === 'v1/mgmt/config/get') return readSettings(data, phone);
  const act = entryOf(COMMANDS, path);
  if (act === undefined) return null;
  if (phone.quirks.refusesWith !== null) return phone.quirks.refusesWith;
  return act(isRecord(data) ? data : {}, phone);
}

type Act = (data: ToldRecord, phone: RestPhone) => Said;

const DONE: Said = {};
const done = (isDone: boolean): Said => (isDone ? DONE : '4003');
const text = (data: ToldRecord, name: string): string => {
  const value = data[name];
  return typeof value === 'string' ? value : '';
};

/** What is done to the call of a `Ref`: with `0x` or without. */
const onCall =
  (act: (line: ExchangeLine, leg: CallLeg, data: ToldRecord) => boolean): Act =>
  (data, { line }) => {
    const ref = text(data, 'Ref').toLowerCase().replace(/^0x/, '');
    const leg = line.legs.find(({ id }) => id === ref);
    if (ref === '') return '4000';
    return leg === undefined ? '4007' : done(act(line, leg, data));
  };

const COMMANDS: Readonly<Record<string, Act>> = {
  'v1/callctrl/dial': (data, { line, lines }) => {
    const dest = text(data, 'Dest').replace(/^sips?:/, '');
    if (dest === '' || !['', 'TEL', 'SIP'].includes(text(data, 'Type'))) return '4000';
    if (lines()[Number(text(data, 'Line')) - 1] === undefined) return '4005';
    holdConnected(line);
    line.dial(dest.replace(/@.*$/s, ''));
    return DONE;
  },
  'v1/callctrl/answerCall': onCall((line, leg) => {
    holdConnected(line);
    return line.answer(leg);
  }),
  'v1/callctrl/rejectCall': onCall((line, leg) => line.reject(leg)),
  // It ends an active call: one that rings here is none.
  'v1/callctrl/endCall': onCall((line, leg) => !ringsHere(leg) && line.end(leg)),
  'v1/callctrl/holdCall': onCall((line, leg) => line.hold(leg)),
  'v1/callctrl/resumeCall': onCall((line, leg) => {
    holdConnected(line);
    return line.resume(leg);
  }),
  'v1/callctrl/transferCall': onCall((line, leg, data) => line.blindTransfer(leg, text(data, 'TransferDest'))),
  'v1/callctrl/sendDTMF': (data, { line }) => {
    const leg = line.legs.find(isConnected);
    if (!/^[0-9*#]+$/.test(text(data, 'Digits'))) return '4000';
    return leg === undefined ? '4007' : done(line.sendDigits(leg, text(data, 'Digits')));
  },
  'v1/callctrl/mute': (data, { line, mute }) => {
    const state = text(data, 'state');
    if (state !== '0' && state !== '1') return '4000';
    if (line.legs.length === 0) return '4007';
    mute(state === '1');
    return DONE;
  },
  'v1/mgmt/config/set': (data, { write }) => {
    const entries = Object.entries(data).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
    if (entries.length === 0) return '4000';
    if (entries.length > MAX_SETTINGS) return '4009';
    write(Object.fromEntries(entries));
    return DONE;
  },
  'v1/mgmt/safeReboot': () => DONE,
};

function readSettings(names: unknown, { setting }: RestPhone): Said {
  if (!Array.isArray(names) || names.length === 0) return '4000';
  if (names.length > MAX_SETTINGS) return '4009';
  const known = names.flatMap((name: unknown) => {
    const value = setting(String(name));
    return value === undefined
      ? []
      : [[String(name), { Value: value, Source: value === '' ? 'default' : 'web' }] as const];
  });
  return { data: Object.fromEntries(known) };
}
