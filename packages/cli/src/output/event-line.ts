import type { PhoneEvent } from '@hookswitch/client';
import { oneLine, paint } from './terminal.ts';

type Colour = Parameters<typeof paint>[0];

/** Kinds that are looked for first have a colour of their own. */
const COLOURS: Readonly<Record<string, Colour>> = {
  INCOMING: 'yellow',
  OUTGOING: 'cyan',
  CONNECTED: 'green',
  ENDED: 'gray',
  MISSED: 'red',
  REJECTED: 'red',
  CANCELED: 'gray',
  FAILED: 'red',
  UNREGISTERED: 'red',
  REGISTERED: 'green',
};

/** An event as a line for people: time, phone, what happened, and what belongs to it. */
export function eventLine(event: PhoneEvent): string {
  const kind = kindOf(event);
  const time = new Date(event.receivedAt).toLocaleTimeString('en-GB');
  const parts = [
    paint('gray', time),
    paint('bold', event.phone?.name ?? event.phoneId),
    paint(COLOURS[kind] ?? 'white', kind),
  ];
  const detail = detailOf(event);
  return oneLineWithColours([...parts, ...(detail === '' ? [] : [oneLine(detail)])]);
}

function oneLineWithColours(parts: readonly string[]): string {
  return parts.join('  ');
}

function kindOf(event: PhoneEvent): string {
  switch (event.__typename) {
    case 'CallEvent':
      return event.callEventKind;
    case 'DeviceEvent':
      return event.deviceEventKind;
    case 'FeatureEvent':
      return `${event.feature} ${event.enabled ? 'on' : 'off'}`;
    case 'RegistrationEvent':
      return event.registrationState;
    case 'UserEvent':
      return event.userEventKind;
    case 'OtherEvent':
      return 'OTHER';
  }
}

function detailOf(event: PhoneEvent): string {
  switch (event.__typename) {
    case 'CallEvent': {
      const { remote } = event.call ?? {};
      return [remote?.number ?? remote?.uri ?? '', remote?.displayName ?? ''].join(' ').trim();
    }
    case 'FeatureEvent':
      return event.target ?? '';
    case 'RegistrationEvent':
      return event.accountUri ?? '';
    case 'UserEvent':
      return event.key ?? '';
    default:
      return event.vendorEvent ?? '';
  }
}
