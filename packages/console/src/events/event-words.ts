import { partyFull, plainWords } from '../ui/names.ts';
import type { PhoneEvent } from './documents.ts';

/** The kinds of events that can be filtered, by their GraphQL type. */
export const EVENT_TYPES = {
  CallEvent: 'Calls',
  DeviceEvent: 'Device',
  FeatureEvent: 'Switches',
  RegistrationEvent: 'Registration',
  UserEvent: 'Keys',
  OtherEvent: 'Other',
} as const;

/** One of {@link EVENT_TYPES}. */
export type EventType = keyof typeof EVENT_TYPES;

/** What happened, in a few words. */
export function eventTitle(event: PhoneEvent): string {
  switch (event.__typename) {
    case 'CallEvent':
      return plainWords(event.callEventKind);
    case 'DeviceEvent':
      return plainWords(event.deviceEventKind);
    case 'FeatureEvent':
      return `${plainWords(event.feature)} ${event.enabled ? 'on' : 'off'}`;
    case 'RegistrationEvent':
      return plainWords(event.registrationState);
    case 'UserEvent':
      return plainWords(event.userEventKind);
    case 'OtherEvent':
      return 'Other';
  }
}

/** With whom, which key, where to. */
export function eventDetail(event: PhoneEvent): string {
  switch (event.__typename) {
    case 'CallEvent':
      return event.call === null ? '' : partyFull(event.call.remote);
    case 'FeatureEvent':
      return event.target === null ? '' : `to ${event.target}`;
    case 'RegistrationEvent':
      return event.accountUri ?? '';
    case 'UserEvent':
      return event.key ?? '';
    default:
      return '';
  }
}

const GOOD: ReadonlySet<string> = new Set(['CONNECTED', 'REGISTERED', 'RESUMED', 'TRANSFER_FINISHED', 'IDLE']);
const ASKING: ReadonlySet<string> = new Set(['INCOMING', 'OUTGOING', 'BUSY', 'SCREENING_REQUESTED', 'STARTED']);
const BAD: ReadonlySet<string> = new Set([
  'FAILED',
  'MISSED',
  'REJECTED',
  'REMOTE_BUSY',
  'TRANSFER_FAILED',
  'UNREGISTERED',
  'ACTION_URLS_DRIFTED',
]);
const HOLDING: ReadonlySet<string> = new Set(['HELD', 'REMOTE_HELD', 'MUTED']);

/** Classes of an event's badge. */
export function eventLook(event: PhoneEvent): string {
  const kind =
    event.__typename === 'CallEvent'
      ? event.callEventKind
      : event.__typename === 'RegistrationEvent'
        ? event.registrationState
        : event.__typename === 'DeviceEvent'
          ? event.deviceEventKind
          : '';
  if (GOOD.has(kind)) return 'bg-ok-wash text-ok';
  if (ASKING.has(kind)) return 'bg-ring-wash text-ring';
  if (BAD.has(kind)) return 'bg-bad-wash text-bad';
  if (HOLDING.has(kind)) return 'bg-hold-wash text-hold';
  return 'bg-calm-wash text-calm';
}
