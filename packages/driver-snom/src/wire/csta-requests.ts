import type { ForwardingKind, SettingValue } from '@hookswitch/core';
import type { CstaContent, CstaElement, CstaMessage } from './csta-envelope.ts';

/*
 * The 19 standard requests that Snom phones take over HTTP, and Snom's own four. Snom's pages show AnswerCall,
 * RequestSystemStatus, SnapshotDevice, MakeCall and its own four in full; the elements of the others are those of
 * ECMA-323, on whose schema Snom's page relies. Ids of calls are text: phones send negative ones.
 */

/** Since which firmware a request is there: `7.3.4` is all that has CSTA over HTTP at all. */
export const CSTA_REQUESTS = {
  AnswerCall: '7.3.4',
  ClearCall: '7.3.4',
  ClearConnection: '7.3.4',
  HoldCall: '7.3.4',
  MakeCall: '7.3.4',
  RetrieveCall: '7.3.4',
  SingleStepTransferCall: '7.3.4',
  TransferCall: '7.3.4',
  ConferenceCall: '8.7.3',
  GenerateDigits: '8.7.3',
  GetSwitchingFunctionDevices: '8.7.3',
  RequestSystemStatus: '8.7.3',
  SnapshotDevice: '8.7.3',
  ConsultationCall: '8.7.4',
  DeflectCall: '8.7.4',
  GetDoNotDisturb: '8.7.4',
  GetForwarding: '8.7.4',
  SetDoNotDisturb: '8.7.4',
  SetForwarding: '8.7.4',
  FireTest: '8.7.3',
  GetSettings: '8.7.3',
  SetSettings: '8.7.3',
  XmlPush: '8.7.3',
} as const;
/** A request by its name. */
export type CstaRequestName = keyof typeof CSTA_REQUESTS;

const bare5 = { edition: 'ed5', schemaInstance: false } as const;

function act(name: CstaRequestName, content: readonly CstaElement[]): CstaMessage {
  return { name, content, readOnly: false };
}

function read(name: CstaRequestName, content: readonly CstaElement[], rehearsal: readonly CstaElement[]): CstaMessage {
  return { name, content, readOnly: true, rehearsal };
}

/** Answers a ringing call. */
export const answerCall = (call: string): CstaMessage => act('AnswerCall', [['callToBeAnswered', { call }]]);

/** Ends this phone's part of a call; rejects one that rings. */
export const clearConnection = (call: string): CstaMessage =>
  act('ClearConnection', [['connectionToBeCleared', { call }]]);

/** Ends a call for all. */
export const clearCall = (call: string): CstaMessage => act('ClearCall', [['callToBeCleared', { call }]]);

/** Holds a call. */
export const holdCall = (call: string): CstaMessage => act('HoldCall', [['callToBeHeld', { call }]]);

/** Takes a held call back. */
export const retrieveCall = (call: string): CstaMessage => act('RetrieveCall', [['callToBeRetrieved', { call }]]);

/** Holds a call and dials another number on its behalf. */
export const consultationCall = (call: string, to: string): CstaMessage =>
  act('ConsultationCall', [
    ['existingCall', { call }],
    ['consultedDevice', to],
  ]);

/** Joins the held call's other end with the active call's, and leaves. */
export const transferCall = (held: string, active: string): CstaMessage =>
  act('TransferCall', [
    ['heldCall', { call: held }],
    ['activeCall', { call: active }],
  ]);

/** Joins two calls to a conference. */
export const conferenceCall = (held: string, active: string): CstaMessage =>
  act('ConferenceCall', [
    ['heldCall', { call: held }],
    ['activeCall', { call: active }],
  ]);

/** Hands a call on unannounced. Snom says that it changed at 8.7.4, not how; both get the elements of ECMA-323. */
export const singleStepTransferCall = (call: string, to: string): CstaMessage =>
  act('SingleStepTransferCall', [
    ['activeCall', { call }],
    ['transferredTo', to],
  ]);

/** Sends a ringing call elsewhere, unanswered. */
export const deflectCall = (call: string, to: string): CstaMessage =>
  act('DeflectCall', [
    ['callToBeDiverted', { call }],
    ['newDestination', to],
  ]);

/** Sends DTMF digits into a call. */
export const generateDigits = (call: string, digits: string): CstaMessage =>
  act('GenerateDigits', [
    ['connectionToSendDigits', { call }],
    ['charactersToSend', digits],
  ]);

/** Dials from an identity, without asking at the phone first. */
export const makeCall = (device: string, to: string): CstaMessage => ({
  ...act('MakeCall', [
    ['callingDevice', device],
    ['calledDirectoryNumber', to],
    ['autoOriginate', 'doNotPrompt'],
  ]),
  bare: { edition: 'ed5', schemaInstance: true },
});

/** Asks whether CSTA is there and well. */
export const requestSystemStatus = (): CstaMessage => ({
  ...read('RequestSystemStatus', [], [['systemStatus', 'normal']]),
  bare: { edition: 'ed3', schemaInstance: true },
});

/** Asks for the calls of a device. */
export const snapshotDevice = (device: string): CstaMessage => ({
  ...read('SnapshotDevice', [['snapshotObject', device]], [['crossRefIDorSnapshotData', [['snapshotData', []]]]]),
  bare: bare5,
});

/** Asks to be told of the calls of a device, over SIP only. */
export const monitorStart = (device: string): CstaMessage => ({
  name: 'MonitorStart',
  content: [['monitorObject', [['deviceObject', device]]]],
  readOnly: false,
  bare: { edition: 'ed5', schemaInstance: true },
});

/** It is enough. Since 8.7.4, over SIP only. */
export const monitorStop = (reference: string): CstaMessage => ({
  name: 'MonitorStop',
  content: [['monitorCrossRefID', reference]],
  readOnly: false,
  bare: bare5,
});

/** Asks for the devices of the phone: its identities. */
export const getSwitchingFunctionDevices = (): CstaMessage => read('GetSwitchingFunctionDevices', [], []);

/** Asks whether a device disturbs; `rehearsed` is what a dry run is told. */
export const getDoNotDisturb = (device: string, rehearsed: boolean): CstaMessage =>
  read('GetDoNotDisturb', [['device', device]], [['doNotDisturbOn', String(rehearsed)]]);

/** Turns do-not-disturb on or off. */
export const setDoNotDisturb = (device: string, on: boolean): CstaMessage =>
  act('SetDoNotDisturb', [
    ['device', device],
    ['doNotDisturbOn', String(on)],
  ]);

const forwardingTypes: Readonly<Record<ForwardingKind, string>> = {
  ALWAYS: 'forwardImmediate',
  BUSY: 'forwardBusy',
  NO_ANSWER: 'forwardNoAns',
};

/** Asks for a device's forwarding. */
export const getForwarding = (device: string): CstaMessage => read('GetForwarding', [['device', device]], []);

/** What a device is to forward. */
export interface ForwardingWish {
  readonly kind: ForwardingKind;
  readonly enabled: boolean;
  readonly target?: string | undefined;
  /** How long it rings before. */
  readonly afterSeconds?: number | undefined;
}

/** Turns a forwarding on or off. */
export const setForwarding = (device: string, { kind, enabled, target, afterSeconds }: ForwardingWish): CstaMessage =>
  act('SetForwarding', [
    ['device', device],
    ['forwardingType', forwardingTypes[kind]],
    ['activateForward', String(enabled)],
    ...(target === undefined ? [] : [['forwardDN', target] as const]),
    ...(afterSeconds === undefined ? [] : [['ringDuration', String(afterSeconds)] as const]),
  ]);

/** Reads all settings that CSTA reaches; `rehearsed` is what a dry run is told. */
export const getSettings = (rehearsed: readonly SettingValue[] = []): CstaMessage =>
  read('GetSettings', [], rehearsed.map(settingElement));

/** Writes settings that CSTA reaches, at least one. */
export const setSettings = (settings: readonly SettingValue[]): CstaMessage =>
  act('SetSettings', settings.map(settingElement));

/** Fires the action URL for tests. */
export const fireTest = (): CstaMessage => act('FireTest', []);

/** How XmlPush carries a document: Snom shows `"XML Document as a String in Quotes"` and says no more. */
export type XmlPushForm = 'escaped' | 'quoted' | 'cdata';

/** Shows a minibrowser document. */
export const xmlPush = (document: string, form: XmlPushForm): CstaMessage =>
  act('XmlPush', [['document', pushed[form](document)]]);

const pushed: Readonly<Record<XmlPushForm, (document: string) => CstaContent>> = {
  escaped: (document) => document,
  quoted: (document) => `"${document}"`,
  cdata: (document) => ({ cdata: document }),
};

function settingElement({ name, value }: SettingValue): CstaElement {
  return [
    'Setting',
    [
      ['name', name],
      ['value', value],
    ],
  ];
}
