/** The setting that holds the one URL of all notifications. */
export const URL_SETTING = 'apps.telNotification.URL';

/**
 * What has the phone post the notifications that the driver reads (Web Application Developer's Guide, UC Software 5.0.0, pages
 * 27 to 33; the names as in the catalogue of a phone with 8.6.0). Incoming and outgoing calls are told by their states as well,
 * and with the call's reference: these two are left as they are, and understood.
 */
export const SWITCHES: Readonly<Record<string, string>> = {
  'apps.telNotification.callStateChangeEvent': '1',
  'apps.telNotification.lineRegistrationEvent': '1',
  'apps.telNotification.offhookEvent': '1',
  'apps.telNotification.onhookEvent': '1',
};

/** What a notification is about. A call's state and direction are those that it tells, unless its name says them. */
export type EventMeaning =
  | { readonly type: 'CALL'; readonly state?: string; readonly direction?: 'INCOMING' | 'OUTGOING' }
  | { readonly type: 'USER'; readonly userEventKind: 'OFF_HOOK' | 'ON_HOOK' }
  | { readonly type: 'REGISTRATION'; readonly registrationState: 'REGISTERED' | 'UNREGISTERED' };

/** By the name of the element. What is not here (locks, log-ins, what later firmware adds) is OTHER. */
export const EVENTS: Readonly<Record<string, EventMeaning>> = {
  CallStateChangeEvent: { type: 'CALL' },
  IncomingCallEvent: { type: 'CALL', state: 'Offering', direction: 'INCOMING' },
  OutgoingCallEvent: { type: 'CALL', state: 'Setup', direction: 'OUTGOING' },
  OffHookEvent: { type: 'USER', userEventKind: 'OFF_HOOK' },
  OnHookEvent: { type: 'USER', userEventKind: 'ON_HOOK' },
  LineRegistrationEvent: { type: 'REGISTRATION', registrationState: 'REGISTERED' },
  LineUnregistrationEvent: { type: 'REGISTRATION', registrationState: 'UNREGISTERED' },
};
