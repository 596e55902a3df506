import type { DeskMoment } from '@hookswitch/driver-kit/virtual';

/** The options under Settings, Outbound Notification, Action URL, by what happened at the phone. */
export const REPORTS = {
  started: 'Setup Completed',
  registered: 'Registered',
  unregistered: 'Unregistered',
  offHook: 'Off Hook',
  onHook: 'On Hook',
  incoming: 'Incoming Call',
  dialing: 'Outgoing Call',
  missed: 'Missed Call',
  answered: 'Established Call',
  ended: 'Terminated Call',
  dndOn: 'Open DND',
  dndOff: 'Close DND',
  held: 'Hold Call',
  resumed: 'UnHold Call',
} as const satisfies Partial<Record<DeskMoment, string>>;

/** One of them. */
export type ActionUrlOption = (typeof REPORTS)[keyof typeof REPORTS];

/** All of them. */
export const ACTION_URL_OPTIONS: readonly ActionUrlOption[] = Object.values(REPORTS);
