import {
  type ActionUrls,
  type EventVariable,
  entryOf,
  normalMac,
  type PhoneEvent,
  type PhoneProfile,
  splitRawQuery,
  valueIn,
} from '@hookswitch/core';
import { directionOf, meaningOf, type StateMeaning } from './call-states.table.ts';
import { EVENTS, type EventMeaning, URL_SETTING } from './notifications.table.ts';
import type { PolyOptions } from './options.ts';
import { readNotification } from './wire/notification.ts';
import { bareRef, partyOf } from './wire/told.ts';

const PATH = 'event';

/** The setting that holds the URL, to which the phone posts its telephony notifications. */
export const actionUrls: ActionUrls<PolyOptions> = {
  maxUrlLength: null,
  settingsFor: () => [{ setting: URL_SETTING, path: PATH, query: '', isPosted: true }],
  parse({ path, rawQuery, body = '' }, phone) {
    if (path !== PATH) return null;
    const notification = readNotification(body);
    const posted = notification?.values ?? (body === '' ? [] : [{ name: 'body', value: body }]);
    const meaning = entryOf(EVENTS, notification?.name ?? '');
    const event = meaning === undefined ? null : eventOf(meaning, posted, phone);
    return {
      event: event ?? { type: 'OTHER' },
      vendorEvent: notification?.name ?? URL_SETTING,
      variables: [...splitRawQuery(rawQuery), ...posted],
      device: { mac: normalMac(valueIn(posted, 'MACAddress')), model: null, firmware: null },
      ...(event?.type === 'CALL' ? { tellsState: true } : {}),
    };
  },
};

function eventOf(
  meaning: EventMeaning,
  values: readonly EventVariable[],
  { options }: PhoneProfile<PolyOptions>,
): PhoneEvent | null {
  if (meaning.type === 'USER') return { ...meaning, key: null };
  if (meaning.type === 'REGISTRATION') {
    const line = Number(valueIn(values, 'LineNumber') ?? Number.NaN);
    return { ...meaning, accountUri: options.accounts[line - 1] ?? null };
  }
  const state = meaningOf(meaning.state ?? valueIn(values, 'CallState') ?? '');
  const direction = directionOf(meaning.direction ?? valueIn(values, 'CallType'));
  return state === undefined ? null : callEvent(state, direction, values);
}

/** A call by its own state, which stands first; the states of the lines' calls, of which it is one, follow. */
function callEvent(
  { kind, state }: StateMeaning,
  direction: 'INCOMING' | 'OUTGOING' | null,
  values: readonly EventVariable[],
): PhoneEvent {
  const party = (side: string): ReturnType<typeof partyOf> => {
    const number = valueIn(values, `${side}PartyDirNum`) ?? valueIn(values, `${side}PartyNumber`);
    return partyOf(number, valueIn(values, `${side}PartyName`));
  };
  const [calling, called] = [party('Calling'), party('Called')];
  const isOutgoing = direction === 'OUTGOING' || (direction === null && state === 'DIALING');
  const [remote, local] = isOutgoing ? [called, calling] : [calling, called];
  const reference = bareRef(valueIn(values, 'CallReference') ?? '');
  const vendorIds: Record<string, string> = reference === '' ? {} : { CallReference: reference };
  const call = { vendorIds, direction, remote, local, target: null };
  return { type: 'CALL', callEventKind: kind, callState: state, call };
}
