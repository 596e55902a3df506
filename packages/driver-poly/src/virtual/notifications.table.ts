import type { DeskMoment } from '@hookswitch/driver-kit/virtual';

/** States of a call as `CallStateChangeEvent` and `CallInfo` have them. */
export type PolyState = 'Setup' | 'Ringback' | 'Offering' | 'Connected' | 'Hold' | 'Held' | 'Disconnected';

/** The switch of each event, below `apps.telNotification` (the guide, pages 27 to 33). */
export const EVENT_SWITCHES = {
  CallStateChangeEvent: 'callStateChangeEvent',
  IncomingCallEvent: 'incomingEvent',
  OutgoingCallEvent: 'outgoingEvent',
  OffHookEvent: 'offhookEvent',
  OnHookEvent: 'onhookEvent',
  LineRegistrationEvent: 'lineRegistrationEvent',
  LineUnregistrationEvent: 'lineRegistrationEvent',
} as const;

/** The name of an event. */
export type PolyEvent = keyof typeof EVENT_SWITCHES;

/** What the phone tells of what happens: a call's state, or an event. */
export const REPORTS: Readonly<Partial<Record<DeskMoment, PolyState | PolyEvent>>> = {
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
export const TOLD_TWICE: Readonly<Partial<Record<PolyState, PolyEvent>>> = {
  Setup: 'OutgoingCallEvent',
  Offering: 'IncomingCallEvent',
};
