import {
  type ActionUrls,
  type EventVariable,
  type ParsedReport,
  type PhoneEvent,
  type PhoneProfile,
  parseParty,
  splitRawQuery,
} from '@hookswitch/core';
import { meaningOf } from './call-states.table.ts';
import { URL_SETTING } from './notifications.table.ts';
import type { PolyOptions } from './options.ts';
import { type Notification, readNotification } from './wire/notification.ts';
import { bareRef, directionOf, normalMac } from './wire/told.ts';

const PATH = 'event';

/** The setting that holds the URL, to which the phone posts its telephony notifications. */
export const actionUrls: ActionUrls<PolyOptions> = {
  maxUrlLength: null,
  settingsFor: () => [{ setting: URL_SETTING, path: PATH, query: '', isPosted: true }],
  parse({ path, rawQuery, body }, phone): ParsedReport | null {
    if (path !== PATH) return null;
    const notification = readNotification(body ?? '');
    const event = notification === null ? null : eventOf(notification, phone);
    const posted = notification?.values ?? (body === undefined || body === '' ? [] : [{ name: 'body', value: body }]);
    return {
      event: event ?? { type: 'OTHER' },
      vendorEvent: notification?.name ?? URL_SETTING,
      variables: [...splitRawQuery(rawQuery), ...posted],
      device: { mac: normalMac(valueIn(posted, 'MACAddress') ?? null), model: null, firmware: null },
      ...(event?.type === 'CALL' ? { tellsState: true } : {}),
    };
  },
};

type Reader = (notification: Notification, phone: PhoneProfile<PolyOptions>) => PhoneEvent | null;

const user =
  (userEventKind: 'OFF_HOOK' | 'ON_HOOK'): Reader =>
  () => ({ type: 'USER', userEventKind, key: null });
const registration =
  (registrationState: 'REGISTERED' | 'UNREGISTERED'): Reader =>
  ({ values }, { options }) => {
    const line = Number(valueIn(values, 'LineNumber') ?? Number.NaN);
    return { type: 'REGISTRATION', registrationState, accountUri: options.accounts[line - 1] ?? null };
  };

/** By the name of the element. What is not here (locks, log-ins, what later firmware adds) is OTHER. */
const READERS: Readonly<Record<string, Reader>> = {
  CallStateChangeEvent: ({ values }) => callEvent(values, valueIn(values, 'CallState') ?? ''),
  IncomingCallEvent: ({ values }) => callEvent([...values, { name: 'CallType', value: 'Incoming' }], 'Offering'),
  OutgoingCallEvent: ({ values }) => callEvent([...values, { name: 'CallType', value: 'Outgoing' }], 'Setup'),
  OffHookEvent: user('OFF_HOOK'),
  OnHookEvent: user('ON_HOOK'),
  LineRegistrationEvent: registration('REGISTERED'),
  LineUnregistrationEvent: registration('UNREGISTERED'),
};

function eventOf(notification: Notification, phone: PhoneProfile<PolyOptions>): PhoneEvent | null {
  const { name } = notification;
  return Object.hasOwn(READERS, name) ? (READERS[name]?.(notification, phone) ?? null) : null;
}

function valueIn(values: readonly EventVariable[], wanted: string): string | undefined {
  return values.find(({ name, value }) => name === wanted && value !== '')?.value;
}

/** A call by its own state, which stands first; the states of the lines' calls, of which it is one, follow. */
function callEvent(values: readonly EventVariable[], state: string): PhoneEvent | null {
  const meaning = meaningOf(state);
  if (meaning === undefined) return null;
  const [calling, called] = ['Calling', 'Called'].map((side) => {
    const number = valueIn(values, `${side}PartyDirNum`) ?? valueIn(values, `${side}PartyNumber`);
    const name = valueIn(values, `${side}PartyName`);
    return parseParty(number, name === number ? undefined : name);
  });
  const direction = directionOf(valueIn(values, 'CallType') ?? null);
  const isOutgoing = (direction ?? (meaning.state === 'DIALING' ? 'OUTGOING' : 'INCOMING')) === 'OUTGOING';
  const nobody = parseParty('');
  const [remote = nobody, local = nobody] = isOutgoing ? [called, calling] : [calling, called];
  const reference = bareRef(valueIn(values, 'CallReference') ?? '');
  return {
    type: 'CALL',
    callEventKind: meaning.kind,
    callState: meaning.state,
    call: {
      vendorIds: reference === '' ? {} : { CallReference: reference },
      direction,
      remote,
      local,
      target: null,
    },
  };
}
