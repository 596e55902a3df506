import type {
  CallLeg,
  EndReason,
  Forward,
  ForwardKind,
  Party,
  TransferKind,
  VirtualEndpoint,
} from '@hookswitch/driver-kit/virtual';
import { connection } from '../csta/cause.ts';
import { type CstaElement, element } from '../csta/elements.ts';
import type { SnomParts } from '../parts.ts';

/** What happened to a call, as the exchange told it. */
export type MonitoredChange =
  | 'incoming'
  | 'dialing'
  | 'ringing'
  | 'answered'
  | 'held'
  | 'resumed'
  | 'remoteHeld'
  | 'remoteResumed';

interface EventShape {
  readonly event: string;
  readonly connection: string;
  /** The device that did it: this phone's, or the far end's. */
  readonly device: string;
  readonly isOwn: (leg: CallLeg) => boolean;
  readonly localState: string;
  readonly cause: string;
}

const always = (): boolean => true;
const called = ({ direction }: CallLeg): boolean => direction === 'incoming';

/** ECMA-323's events; Snom's own list of them was not readable. */
const EVENTS: Readonly<Record<MonitoredChange, EventShape>> = {
  incoming: {
    event: 'DeliveredEvent',
    connection: 'connection',
    device: 'alertingDevice',
    isOwn: always,
    localState: 'alerting',
    cause: 'newCall',
  },
  dialing: {
    event: 'OriginatedEvent',
    connection: 'originatedConnection',
    device: 'callingDevice',
    isOwn: always,
    localState: 'connected',
    cause: 'newCall',
  },
  ringing: {
    event: 'DeliveredEvent',
    connection: 'connection',
    device: 'alertingDevice',
    isOwn: () => false,
    localState: 'connected',
    cause: 'newCall',
  },
  answered: {
    event: 'EstablishedEvent',
    connection: 'establishedConnection',
    device: 'answeringDevice',
    isOwn: called,
    localState: 'connected',
    cause: 'newCall',
  },
  held: {
    event: 'HeldEvent',
    connection: 'heldConnection',
    device: 'holdingDevice',
    isOwn: always,
    localState: 'hold',
    cause: 'normal',
  },
  resumed: {
    event: 'RetrievedEvent',
    connection: 'retrievedConnection',
    device: 'retrievingDevice',
    isOwn: always,
    localState: 'connected',
    cause: 'normal',
  },
  remoteHeld: {
    event: 'HeldEvent',
    connection: 'heldConnection',
    device: 'holdingDevice',
    isOwn: () => false,
    localState: 'connected',
    cause: 'normal',
  },
  remoteResumed: {
    event: 'RetrievedEvent',
    connection: 'retrievedConnection',
    device: 'retrievingDevice',
    isOwn: () => false,
    localState: 'connected',
    cause: 'normal',
  },
};

const WITH_PARTIES: ReadonlySet<MonitoredChange> = new Set(['incoming', 'dialing', 'ringing', 'answered']);

const uri = ({ number, domain }: Party): string => `sip:${number}@${domain}`;

const device = (name: string, party: Party): CstaElement => element(name, [element('deviceIdentifier', uri(party))]);

/** A device of which the phone may know nothing. */
const subject = (name: string, party: Party | undefined): CstaElement =>
  party === undefined ? element(name, [element('notKnown')]) : device(name, party);

const partiesOf = (leg: CallLeg): readonly CstaElement[] => {
  const [caller, callee] = called(leg) ? [leg.remote, leg.local] : [leg.local, leg.remote];
  return [device('callingDevice', caller), device('calledDevice', callee)];
};

const ended = (localState: string, cause: string): readonly CstaElement[] => [
  element('localConnectionInfo', localState),
  element('cause', cause),
];

const own = (name: string, leg: CallLeg): CstaElement => connection(name, leg, { hasBareIds: false });

const tell = ({ sip }: SnomParts, leg: CallLeg, [event, children]: [string, readonly CstaElement[]]): void =>
  sip?.csta.report(leg.local.number, event, children);

/** Tells those who monitor the phone by uaCSTA what happened to a call. */
export const tellMonitors = (parts: SnomParts, change: MonitoredChange, leg: CallLeg): void => {
  const shape = EVENTS[change];
  const doer = device(shape.device, shape.isOwn(leg) ? leg.local : leg.remote);
  tell(parts, leg, [
    shape.event,
    [
      own(shape.connection, leg),
      ...(change === 'dialing' ? [] : [doer]),
      ...(WITH_PARTIES.has(change) ? partiesOf(leg) : []),
      ...ended(shape.localState, shape.cause),
    ],
  ]);
};

/** Why a call that this phone placed came to nobody. How a phone words a refusal (603) is not known; `busy` is closest. */
const FAILURES: Readonly<Partial<Record<EndReason, string>>> = {
  busy: 'busy',
  remoteRejected: 'busy',
  notFound: 'destNotObtainable',
  noAnswer: 'callNotAnswered',
};

const CLEARINGS: Readonly<Partial<Record<EndReason, string>>> = {
  cancelled: 'callCancelled',
  remoteCancelled: 'callCancelled',
  missed: 'callNotAnswered',
};

const BY_OTHERS: ReadonlySet<EndReason> = new Set([
  'remoteHungUp',
  'remoteCancelled',
  'missed',
  'remoteRejected',
  'busy',
]);

/** Tells how a call ended. One that was transferred has been told of already: the phone has left it. */
export const tellEnd = (parts: SnomParts, leg: CallLeg, reason: EndReason): void => {
  if (reason === 'transferred') return;
  if (reason === 'deflected') {
    tell(parts, leg, [
      'DivertedEvent',
      [
        own('connection', leg),
        device('divertingDevice', leg.local),
        subject('newDestination', parts.telephony.destinationOf(leg)),
        ...partiesOf(leg),
        ...ended('null', 'redirected'),
      ],
    ]);
    return;
  }
  const failure = leg.answeredAt === undefined ? FAILURES[reason] : undefined;
  if (failure !== undefined) {
    const failing = device('failingDevice', leg.remote);
    tell(parts, leg, [
      'FailedEvent',
      [own('failedConnection', leg), failing, ...partiesOf(leg), ...ended('fail', failure)],
    ]);
  }
  const releasing = device('releasingDevice', BY_OTHERS.has(reason) ? leg.remote : leg.local);
  const cause = CLEARINGS[reason] ?? 'normalClearing';
  tell(parts, leg, ['ConnectionClearedEvent', [own('droppedConnection', leg), releasing, ...ended('null', cause)]]);
};

const CAUSES: Readonly<Record<TransferKind, string>> = { blind: 'singleStepTransfer', attended: 'transfer' };

/** Tells that this phone has handed a call on. @param consulted the other call, where there was a consultation */
export const tellTransferred = (parts: SnomParts, leg: CallLeg, consulted: CallLeg | undefined): void => {
  tell(parts, leg, [
    'TransferredEvent',
    [
      own('primaryOldCall', leg),
      ...(consulted === undefined ? [] : [own('secondaryOldCall', consulted)]),
      device('transferringDevice', leg.local),
      subject('transferredToDevice', consulted?.remote ?? parts.telephony.destinationOf(leg)),
      element('transferredConnections', [leg, ...(consulted === undefined ? [] : [consulted])].map(listItem)),
      ...ended('null', CAUSES[consulted === undefined ? 'blind' : 'attended']),
    ],
  ]);
};

/** Tells that the other end has handed the call on: it goes on with somebody else. */
export const tellHandedOn = (parts: SnomParts, leg: CallLeg, kind: TransferKind): void =>
  tell(parts, leg, [
    'TransferredEvent',
    [
      own('primaryOldCall', leg),
      subject('transferringDevice', undefined),
      device('transferredToDevice', leg.remote),
      element('transferredConnections', [listItem(leg)]),
      ...ended(leg.state === 'held' ? 'hold' : 'connected', CAUSES[kind]),
    ],
  ]);

type JoinedLegs = Parameters<NonNullable<VirtualEndpoint['onConference']>>[0];

/** Tells that this phone has joined calls. */
export const tellConference = (parts: SnomParts, [first, second, ...more]: JoinedLegs): void =>
  tell(parts, first, [
    'ConferencedEvent',
    [
      own('primaryOldCall', first),
      own('secondaryOldCall', second),
      device('conferencingDevice', first.local),
      device('addedParty', second.remote),
      element('conferenceConnections', [first, second, ...more].map(listItem)),
      ...ended('connected', 'conference'),
    ],
  ]);

const listItem = (leg: CallLeg): CstaElement =>
  element('connectionListItem', [own('newConnection', leg), device('endpoint', leg.remote)]);

/** Tells that do not disturb was switched, of each identity. */
export const tellDoNotDisturb = ({ sip, telephony }: SnomParts, on: boolean): void => {
  for (const { number, domain } of telephony.accounts) {
    const itself = device('device', { number, domain, displayName: '' });
    sip?.csta.report(number, 'DoNotDisturbEvent', [itself, element('doNotDisturbOn', String(on))]);
  }
};

const FORWARDINGS: Readonly<Record<ForwardKind, string>> = {
  always: 'forwardImmediate',
  busy: 'forwardBusy',
  noAnswer: 'forwardNoAns',
};

/** Tells that a forwarding was switched, of each identity. */
export const tellForwarding = (
  { sip, telephony }: SnomParts,
  kind: ForwardKind,
  forward: Pick<Forward, 'on' | 'target'>,
): void => {
  for (const { number, domain } of telephony.accounts) {
    sip?.csta.report(number, 'ForwardingEvent', [
      device('device', { number, domain, displayName: '' }),
      element('forwardingType', FORWARDINGS[kind]),
      element('forwardStatus', String(forward.on)),
      ...(forward.target === '' ? [] : [element('forwardTo', forward.target)]),
    ]);
  }
};
