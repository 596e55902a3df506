import type { CallLeg, CallState, ForwardKind } from '@hookswitch/driver-kit/virtual';
import { childText } from '../xml.ts';
import {
  type CstaCause,
  type CstaResult,
  connection,
  done,
  legNamed,
  refuse,
  success,
  withDevice,
  withLeg,
} from './cause.ts';
import { element } from './elements.ts';
import { fireTest, getSettings, setSettings, xmlPush } from './proprietary.ts';

/** A request that phones know. */
export interface CstaService {
  readonly handle: (cause: CstaCause) => CstaResult;
  /** Whether firmware before 8.7 knows it. */
  readonly isLegacy?: boolean;
  /** The first firmware from 8.7.3 on that knows it, if not that one. */
  readonly since?: string;
  /** Whether it needs a SOAP envelope also where others do not. */
  readonly needsEnvelope?: boolean;
}

/** The state of a call at this end. Only `alerting` is in Snom's text; the others are ECMA-269's words. */
const LOCAL_STATES: Readonly<Record<CallState, string>> = {
  dialing: 'initiated',
  ringing: 'alerting',
  connected: 'connected',
  held: 'hold',
  ended: 'null',
};

const localState = ({ direction, state }: CallLeg): string =>
  direction === 'outgoing' && state === 'ringing' ? LOCAL_STATES.dialing : LOCAL_STATES[state];

const snapshotDevice = withDevice('snapshotObject', (cause, account) => {
  const legs = cause.parts.telephony.legs.filter(({ local }) => local.number === account.number);
  const infos = legs.map((leg) =>
    element('snapshotDeviceResponseInfo', [
      connection('connectionIdentifier', leg, cause),
      element('localCallState', [element('compoundCallState', [element('localConnectionState', localState(leg))])]),
    ]),
  );
  return success(element('crossRefIDorSnapshotData', [element('snapshotData', infos)]));
});

const dialFrom = (cause: CstaCause, uri: string, number: string): CallLeg | undefined =>
  cause.parts.telephony.dial(number, uri);

const makeCall = withDevice('callingDevice', (cause, { number, domain }) => {
  const leg = dialFrom(cause, `${number}@${domain}`, childText(cause.request, 'calledDirectoryNumber'));
  return leg === undefined ? refuse('invalidParameterValue') : success(connection('callingDevice', leg, cause));
});

const consultationCall = withLeg('existingCall', (cause, existing) => {
  if (existing.state === 'connected') cause.parts.telephony.hold(existing);
  if (existing.state !== 'held') return refuse('invalidObjectState');
  const { number, domain } = existing.local;
  const leg = dialFrom(cause, `${number}@${domain}`, childText(cause.request, 'consultedDevice'));
  return leg === undefined ? refuse('invalidParameterValue') : success(connection('initiatedCall', leg, cause));
});

const transferCall = withLeg('heldCall', (cause, held) => {
  const active = legNamed(cause, 'activeCall');
  if (active === undefined) return refuse('invalidCallID');
  return done(cause.parts.telephony.attendedTransfer(held, active), connection('transferredCall', active, cause));
});

const conferenceCall = withLeg('heldCall', (cause, held) => {
  const active = legNamed(cause, 'activeCall');
  if (active === undefined) return refuse('invalidCallID');
  return done(cause.parts.telephony.conference([held, active]), connection('conferenceCall', active, cause));
});

const singleStepTransferCall = withLeg('activeCall', (cause, active) => {
  const to = childText(cause.request, 'transferredTo');
  return done(cause.parts.telephony.blindTransfer(active, to), connection('transferredCall', active, cause));
});

/** Forwarding types of ECMA-323 and the switches of the phone. */
const FORWARDS: readonly (readonly [type: string, kind: ForwardKind])[] = [
  ['forwardImmediate', 'always'],
  ['forwardBusy', 'busy'],
  ['forwardNoAns', 'noAnswer'],
];

const getForwarding = withDevice('device', ({ parts }) => {
  const items = FORWARDS.map(([type, kind]) => {
    const { on, target, afterSeconds } = parts.features.forward(kind);
    return element('forwardListItem', [
      element('forwardingType', type),
      element('forwardStatus', String(on)),
      element('forwardDN', target),
      ...(kind === 'noAnswer' ? [element('ringDuration', String(afterSeconds))] : []),
    ]);
  });
  return success(element('forwardingList', items));
});

const setForwarding = withDevice('device', ({ parts, request }) => {
  const kind = FORWARDS.find(([type]) => type === childText(request, 'forwardingType'))?.[1];
  const active = childText(request, 'activateForward');
  if (kind === undefined || !['true', 'false'].includes(active)) return refuse('invalidParameterValue');
  const target = childText(request, 'forwardDN');
  const seconds = Number(childText(request, 'ringDuration'));
  parts.features.setForward(kind, {
    on: active === 'true',
    ...(target === '' ? {} : { target }),
    ...(seconds > 0 ? { afterSeconds: seconds } : {}),
  });
  return success();
});

const setDoNotDisturb = withDevice('device', ({ parts, request }) => {
  const on = childText(request, 'doNotDisturbOn');
  if (!['true', 'false'].includes(on)) return refuse('invalidParameterValue');
  parts.features.turn('dnd', on === 'true');
  return success();
});

/** The 19 requests of the standard that phones know, and Snom's own four. Children as in ECMA-323 where Snom shows none. */
export const cstaServices: Readonly<Record<string, CstaService>> = {
  RequestSystemStatus: { handle: () => success(element('systemStatus', 'normal')) },
  SnapshotDevice: { handle: snapshotDevice },
  MakeCall: { handle: makeCall, isLegacy: true },
  ConsultationCall: { handle: consultationCall, since: '8.7.4' },
  AnswerCall: {
    handle: withLeg('callToBeAnswered', ({ parts }, leg) => done(parts.telephony.answer(leg))),
    isLegacy: true,
  },
  ClearConnection: {
    handle: withLeg('connectionToBeCleared', ({ parts }, leg) => done(parts.telephony.end(leg))),
    isLegacy: true,
  },
  ClearCall: {
    handle: withLeg('callToBeCleared', ({ parts }, leg) => done(parts.telephony.end(leg))),
    isLegacy: true,
    needsEnvelope: true,
  },
  HoldCall: { handle: withLeg('callToBeHeld', ({ parts }, leg) => done(parts.telephony.hold(leg))), isLegacy: true },
  RetrieveCall: {
    handle: withLeg('callToBeRetrieved', ({ parts }, leg) => done(parts.telephony.resume(leg))),
    isLegacy: true,
  },
  ConferenceCall: { handle: conferenceCall },
  TransferCall: { handle: transferCall, isLegacy: true },
  SingleStepTransferCall: { handle: singleStepTransferCall, isLegacy: true },
  DeflectCall: {
    handle: withLeg('callToBeDiverted', ({ parts, request }, leg) =>
      done(parts.telephony.deflect(leg, childText(request, 'newDestination'))),
    ),
    since: '8.7.4',
  },
  GenerateDigits: {
    handle: withLeg('connectionToSendDigits', ({ parts, request }, leg) =>
      done(parts.telephony.sendDigits(leg, childText(request, 'charactersToSend'))),
    ),
  },
  GetSwitchingFunctionDevices: { handle: () => success(element('serviceCrossRefID', '1')) },
  GetDoNotDisturb: {
    handle: withDevice('device', ({ parts }) => success(element('doNotDisturbOn', String(parts.features.isOn('dnd'))))),
    since: '8.7.4',
  },
  SetDoNotDisturb: { handle: setDoNotDisturb, since: '8.7.4' },
  GetForwarding: { handle: getForwarding, since: '8.7.4' },
  SetForwarding: { handle: setForwarding, since: '8.7.4' },
  GetSettings: { handle: getSettings, isLegacy: true, needsEnvelope: true },
  SetSettings: { handle: setSettings, isLegacy: true, needsEnvelope: true },
  XmlPush: { handle: xmlPush, isLegacy: true, needsEnvelope: true },
  FireTest: { handle: fireTest, isLegacy: true, needsEnvelope: true },
};
