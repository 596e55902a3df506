/** The options under Settings, Outbound Notification, Action URL, by what happened at the phone. */
export const ACTION_URL_OPTIONS = {
  setup: 'Setup Completed',
  registered: 'Registered',
  unregistered: 'Unregistered',
  offHook: 'Off Hook',
  onHook: 'On Hook',
  incoming: 'Incoming Call',
  outgoing: 'Outgoing Call',
  missed: 'Missed Call',
  established: 'Established Call',
  terminated: 'Terminated Call',
  dndOn: 'Open DND',
  dndOff: 'Close DND',
  held: 'Hold Call',
  resumed: 'UnHold Call',
} as const;

/** One of them. */
export type ActionUrlEvent = keyof typeof ACTION_URL_OPTIONS;
