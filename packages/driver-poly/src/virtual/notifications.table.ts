import type { DeskMoment } from '@hookswitch/driver-kit/virtual';

/** States of a call as `CallStateChangeEvent` and `CallInfo` have them. */
export type PolyState = 'Setup' | 'Ringback' | 'Offering' | 'Connected' | 'Hold' | 'Held' | 'Disconnected';

/** The name of an event. */
type PolyEvent =
  | 'CallStateChangeEvent'
  | 'IncomingCallEvent'
  | 'OutgoingCallEvent'
  | 'OffHookEvent'
  | 'OnHookEvent'
  | 'LineRegistrationEvent'
  | 'LineUnregistrationEvent';

/** What the phone tells of what happens: of a call its state, of everything else an event. */
export type PolyReport = PolyState | PolyEvent;

/** The switch of each event, below `apps.telNotification` (the guide, pages 27 to 33). */
export const EVENT_SWITCHES: Readonly<Partial<Record<PolyReport, string>>> = {
  CallStateChangeEvent: 'callStateChangeEvent',
  IncomingCallEvent: 'incomingEvent',
  OutgoingCallEvent: 'outgoingEvent',
  OffHookEvent: 'offhookEvent',
  OnHookEvent: 'onhookEvent',
  LineRegistrationEvent: 'lineRegistrationEvent',
  LineUnregistrationEvent: 'lineRegistrationEvent',
};

/** What is told of each moment. */
export const REPORTS: Readonly<Partial<Record<DeskMoment, PolyReport>>> = {
  registered: 'LineRegistrationEvent',
  unregistered: 'LineUnregistrationEvent',
  offHook: 'OffHookEvent',
  onHook: 'OnHookEvent',
  dialing: 'Setup',
  ringing: 'Ringback',
  incoming: 'Offering',
  answered: 'Connected',
  held: 'Hold',
  resumed: 'Connected',
  remoteHeld: 'Held',
  remoteResumed: 'Connected',
  ended: 'Disconnected',
};

/** The event that some phones post beside a state, about the same call (`tellsTwice`). */
export const TOLD_TWICE: Readonly<Partial<Record<PolyReport, PolyEvent>>> = {
  Setup: 'OutgoingCallEvent',
  Offering: 'IncomingCallEvent',
};
