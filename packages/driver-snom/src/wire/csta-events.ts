import {
  type CallDirection,
  type CallEventKind,
  type EventVariable,
  type JoinedCall,
  type ParsedReport,
  type Party,
  type PhoneEvent,
  type PhoneFeature,
  parseParty,
  UNKNOWN_PARTY,
} from '@hookswitch/core';
import { CSTA_ENDINGS, CSTA_EVENT_ROWS, type CstaEventRow, type CstaStep } from './csta-events.table.ts';
import { find, parseXml, type XmlElement } from './xml.ts';

/** What an event means: the reports that it makes, in their order. */
export interface CstaEventReading {
  readonly reports: readonly ParsedReport[];
  /** Calls were joined under another id: the phone has to be asked which calls it has. */
  readonly isUnsure: boolean;
  /** The phone tells nothing more. */
  readonly isLast: boolean;
}

/** Whether a device is one of the phone's identities; null: nobody knows them, or which device it is. */
export type IsOwnDevice = (device: string) => boolean | null;

/** @param accounts the phone's identities as `user@host`; empty: they are not known */
export function ownDevices(accounts: readonly string[]): IsOwnDevice {
  const own = new Set(accounts.map((account) => account.toLowerCase()));
  return (device) => {
    if (own.size === 0 || device === '') return null;
    const [address = ''] = device
      .trim()
      .replace(/^sips?:/i, '')
      .split(/[;?]/, 1);
    return own.has(address.toLowerCase());
  };
}

/**
 * Reads what a monitored phone says by itself. An event that is not known is kept as OTHER.
 * @returns null where it is no event: a response, or nothing that can be read
 */
export function readCstaEvent(body: string, isOwn: IsOwnDevice): CstaEventReading | null {
  const root = parseXml(body);
  if (root === null) return null;
  // The phone gives it up by itself (ECMA-323, MonitorStop of the switching function).
  if (root.name === 'MonitorStop') return { reports: [], isUnsure: false, isLast: true };
  if (!root.name.endsWith('Event')) return null;
  const scene: Scene = { root, isOwn };
  const isJoin = root.name in JOINS;
  return {
    reports: reportsOf(root, isOwn),
    isUnsure: isJoin && !(root.name === 'TransferredEvent' && hasLeft(scene)),
    isLast: false,
  };
}

/** The reports that an event makes, in their order. */
export function reportsOf(root: XmlElement, isOwn: IsOwnDevice): readonly ParsedReport[] {
  const scene: Scene = { root, isOwn };
  const events = JOINS[root.name]?.(scene) ?? [eventOf(scene)];
  const variables = variablesOf(root);
  return events.map((event) => ({
    event,
    vendorEvent: `uacsta:${root.name}`,
    variables,
    device: { mac: null, model: null, firmware: null },
  }));
}

interface Scene {
  readonly root: XmlElement;
  readonly isOwn: IsOwnDevice;
}

function eventOf(scene: Scene): PhoneEvent {
  const row = CSTA_EVENT_ROWS.find(({ event }) => event === scene.root.name);
  if (row === undefined) return featureOf(scene.root) ?? { type: 'OTHER' };
  const step = isOwnDoing(row, scene) ? row.own : row.other;
  if (step === null) return { type: 'OTHER' };
  return callEvent(scene, { ...step, kind: endingOf(step, scene) }, callId(scene.root, row.connection));
}

/** By the state of the phone's own connection, which is optional in ECMA-323; else by the device that is named. */
function isOwnDoing(row: CstaEventRow, { root, isOwn }: Scene): boolean {
  const local = text(root, 'localConnectionInfo');
  if (row.ownWhen.includes(local)) return true;
  if (row.notOwnWhen?.includes(local) === true) return false;
  return (row.device === null ? null : isOwn(device(root, row.device))) ?? true;
}

/** An ending that has a cause that says more. Who is not known to have brought it about is given no reason. */
function endingOf({ kind, state }: NonNullable<CstaStep>, { root, isOwn }: Scene): CallEventKind {
  const row = CSTA_ENDINGS[text(root, 'cause')];
  if (state !== 'ENDED' || row === undefined) return kind;
  // What fails is the far end's, unless the phone is named: it hears of its own failures only as a caller.
  const releasing =
    root.name === 'FailedEvent'
      ? (isOwn(device(root, 'failingDevice')) ?? false)
      : isOwn(device(root, 'releasingDevice'));
  if (releasing === null) return kind;
  return (releasing ? row.own : row.other) ?? kind;
}

/** Both calls leave a phone that has joined them; for others the call goes on with somebody else. */
function transferred(scene: Scene): readonly PhoneEvent[] {
  const { root } = scene;
  const ids = ['primaryOldCall', 'secondaryOldCall'].flatMap((name) => callId(root, name) ?? []);
  const [first = null] = ids;
  if (!hasLeft(scene)) return [callEvent(scene, { kind: 'TRANSFER_RECEIVED', state: null }, first)];
  const target = partyOf(device(root, 'transferredToDevice'));
  return [
    callEvent(scene, { kind: 'TRANSFER_FINISHED', state: null, target }, first),
    ...ids.map((id) => callEvent(scene, { kind: 'ENDED', state: 'ENDED' }, id)),
  ];
}

/**
 * This phone has joined its two calls. Of others' conferences it is not told which of the calls are its own.
 * @returns null where nothing says that
 */
function conferenced(scene: Scene): readonly PhoneEvent[] | null {
  const { root, isOwn } = scene;
  const ids = ['primaryOldCall', 'secondaryOldCall'].flatMap((name) => callId(root, name) ?? []);
  if (ids.length < 2 || isOwn(device(root, 'conferencingDevice')) !== true) return null;
  return ids.map((id) => {
    const others = ids.filter((other) => other !== id);
    const conferencedWith = others.map((other) => ({ vendorIds: { csta_id: other }, remote: UNKNOWN_PARTY }));
    return callEvent(scene, { kind: 'CONFERENCED', state: 'CONNECTED', conferencedWith }, id);
  });
}

/** The events about two calls of the phone. */
const JOINS: Readonly<Record<string, (scene: Scene) => readonly PhoneEvent[] | null>> = {
  TransferredEvent: transferred,
  ConferencedEvent: conferenced,
};

function hasLeft({ root, isOwn }: Scene): boolean {
  const local = text(root, 'localConnectionInfo');
  return local === '' ? (isOwn(device(root, 'transferringDevice')) ?? true) : local === 'null';
}

/** The switches of a device that ECMA-323 has events for. */
function featureOf(root: XmlElement): PhoneEvent | null {
  if (root.name === 'DoNotDisturbEvent') {
    return {
      type: 'FEATURE',
      feature: 'DO_NOT_DISTURB',
      enabled: /^(?:true|1)$/.test(text(root, 'doNotDisturbOn')),
      target: null,
    };
  }
  const feature = root.name === 'ForwardingEvent' ? FORWARDINGS[text(root, 'forwardingType')] : undefined;
  if (feature === undefined) return null;
  const target = device(root, 'forwardTo') || text(root, 'forwardDN');
  return {
    type: 'FEATURE',
    feature,
    enabled: /^(?:true|1)$/.test(text(root, 'forwardStatus')),
    target: target === '' ? null : target,
  };
}

const FORWARDINGS: Readonly<Record<string, PhoneFeature>> = {
  forwardImmediate: 'FORWARD_ALWAYS',
  forwardBusy: 'FORWARD_BUSY',
  forwardNoAns: 'FORWARD_NO_ANSWER',
};

/** What an event about two calls tells beside the step. */
interface Joined {
  readonly target?: Party;
  readonly conferencedWith?: readonly JoinedCall[];
}

function callEvent(
  scene: Scene,
  { kind, state, direction, target, conferencedWith }: NonNullable<CstaStep> & Joined,
  id: string | null,
): PhoneEvent {
  const side = direction ?? directionOf(scene);
  const { root } = scene;
  const calling = partyOf(device(root, 'callingDevice'));
  const called = partyOf(device(root, 'calledDevice'));
  return {
    type: 'CALL',
    callEventKind: kind,
    callState: state,
    call: {
      // Named as in action URLs, so that both are one call.
      vendorIds: id === null ? {} : { csta_id: id },
      direction: side,
      remote: side === null ? UNKNOWN_PARTY : side === 'INCOMING' ? calling : called,
      local: side === null ? UNKNOWN_PARTY : side === 'INCOMING' ? called : calling,
      target: target ?? divertedTo(root),
      ...(conferencedWith === undefined ? {} : { conferencedWith }),
    },
  };
}

/** Who called whom, where the phone's identities are known. */
function directionOf({ root, isOwn }: Scene): CallDirection | null {
  const calling = device(root, 'callingDevice');
  if (calling !== '' && isOwn(calling) === true) return 'OUTGOING';
  const others = ['calledDevice', 'alertingDevice', 'answeringDevice'].map((name) => device(root, name));
  return others.some((one) => one !== '' && isOwn(one) === true) ? 'INCOMING' : null;
}

function divertedTo(root: XmlElement): Party | null {
  const to = device(root, 'newDestination');
  return to === '' ? null : partyOf(to);
}

function partyOf(address: string): Party {
  return address === '' ? UNKNOWN_PARTY : parseParty(address);
}

/** With nested ids and without: firmware differs. */
function callId(root: XmlElement, name: string): string | null {
  const connection = child(root, name);
  const id = connection === null ? '' : (find(connection, 'callID')?.text ?? connection.text);
  return id === '' ? null : id;
}

/** A device: in `deviceIdentifier`, or as bare text; empty: not told, or `notKnown`. */
function device(root: XmlElement, name: string): string {
  const element = child(root, name);
  return element === null ? '' : (find(element, 'deviceIdentifier')?.text ?? element.text);
}

function text(root: XmlElement, name: string): string {
  return child(root, name)?.text ?? '';
}

function child(root: XmlElement, name: string): XmlElement | null {
  return root.children.find((one) => one.name === name) ?? null;
}

/** More of them, or longer ones, no call has. */
const MAX_VARIABLES = 40;
const MAX_LENGTH = 500;

/** What came with the event, by the elements that have text; of a connection its call as `connection.callID`. */
function variablesOf(root: XmlElement): readonly EventVariable[] {
  return root.children
    .flatMap((part) => leaves(part, part.name))
    .slice(0, MAX_VARIABLES)
    .map(({ name, value }) => ({ name, value: value.slice(0, MAX_LENGTH) }));
}

function leaves(element: XmlElement, path: string): readonly EventVariable[] {
  if (element.children.length === 0) return element.text === '' ? [] : [{ name: path, value: element.text }];
  return element.children.flatMap((one) => leaves(one, one.name === 'deviceIdentifier' ? path : `${path}.${one.name}`));
}
