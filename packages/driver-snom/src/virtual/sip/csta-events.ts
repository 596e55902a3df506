import type { CallLeg, Party } from '@hookswitch/driver-kit/virtual';
import { connection } from '../csta/cause.ts';
import { type CstaElement, element } from '../csta/elements.ts';
import type { SnomParts } from '../parts.ts';

/** What happened to a call, as the exchange told it. */
export type MonitoredChange = 'incoming' | 'dialing' | 'ringing' | 'answered' | 'held' | 'resumed' | 'ended';

interface EventShape {
  readonly event: string;
  readonly connection: string;
  /** The device that did it: this phone's, or the far end's. */
  readonly device: string;
  readonly isOwn: (leg: CallLeg) => boolean;
  readonly localState: string;
  readonly cause: string;
}

const own = (): boolean => true;
const called = ({ direction }: CallLeg): boolean => direction === 'incoming';

/** ECMA-323's events; Snom's own list of them was not readable. */
const EVENTS: Readonly<Record<MonitoredChange, EventShape>> = {
  incoming: {
    event: 'DeliveredEvent',
    connection: 'connection',
    device: 'alertingDevice',
    isOwn: own,
    localState: 'alerting',
    cause: 'newCall',
  },
  dialing: {
    event: 'OriginatedEvent',
    connection: 'originatedConnection',
    device: 'callingDevice',
    isOwn: own,
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
    isOwn: own,
    localState: 'hold',
    cause: 'normal',
  },
  resumed: {
    event: 'RetrievedEvent',
    connection: 'retrievedConnection',
    device: 'retrievingDevice',
    isOwn: own,
    localState: 'connected',
    cause: 'normal',
  },
  ended: {
    event: 'ConnectionClearedEvent',
    connection: 'droppedConnection',
    device: 'releasingDevice',
    isOwn: own,
    localState: 'null',
    cause: 'normalClearing',
  },
};

const WITH_PARTIES: ReadonlySet<MonitoredChange> = new Set(['incoming', 'dialing', 'ringing', 'answered']);

const device = (name: string, { number, domain }: Party): CstaElement =>
  element(name, [element('deviceIdentifier', `sip:${number}@${domain}`)]);

/** Tells those who monitor the phone by uaCSTA what happened to a call. */
export const tellMonitors = ({ sip }: SnomParts, change: MonitoredChange, leg: CallLeg): void => {
  if (sip === undefined) return;
  const shape = EVENTS[change];
  const [caller, callee] = called(leg) ? [leg.remote, leg.local] : [leg.local, leg.remote];
  const parties = [device('callingDevice', caller), device('calledDevice', callee)];
  const doer = device(shape.device, shape.isOwn(leg) ? leg.local : leg.remote);
  sip.csta.report(shape.event, [
    connection(shape.connection, leg, { hasBareIds: false }),
    ...(change === 'dialing' ? [] : [doer]),
    ...(WITH_PARTIES.has(change) ? parties : []),
    element('localConnectionInfo', shape.localState),
    element('cause', shape.cause),
  ]);
};
