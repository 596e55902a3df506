import {
  type ActionUrlSetting,
  type ActionUrls,
  type EventVariable,
  type PhoneEvent,
  parseParty,
  splitRawQuery,
  UNKNOWN_PARTY,
} from '@hookswitch/core';
import { EVENTS, type EventMeaning, VARIABLES } from './action-urls.table.ts';
import type { AcmeOptions } from './options.ts';

const DIRECTIONS: Readonly<Record<string, 'INCOMING' | 'OUTGOING'>> = { incoming: 'INCOMING', dialing: 'OUTGOING' };

const SETTINGS: readonly ActionUrlSetting[] = Object.keys(EVENTS).map((path) => ({
  setting: `event.${path}`,
  path,
  query: VARIABLES.map((name) => `${name}=$${name}`).join('&'),
}));

function eventOf(path: string, meaning: EventMeaning, variables: readonly EventVariable[]): PhoneEvent {
  if (meaning.type === 'DO_NOT_DISTURB') {
    return { type: 'FEATURE', feature: 'DO_NOT_DISTURB', enabled: meaning.enabled, target: null };
  }
  const value = (wanted: string): string => variables.find(({ name }) => name === wanted)?.value ?? '';
  const call = value('call');
  return {
    type: 'CALL',
    callEventKind: meaning.kind,
    callState: meaning.state,
    call: {
      vendorIds: call === '' ? {} : { call },
      direction: DIRECTIONS[path] ?? null,
      remote: parseParty(value('remote')),
      local: UNKNOWN_PARTY,
      target: null,
    },
  };
}

/** The settings that hold action URLs, and what the phone's requests mean. */
export const actionUrls: ActionUrls<AcmeOptions> = {
  maxUrlLength: 255,
  settingsFor: () => SETTINGS,
  parse: ({ path, rawQuery }) => {
    const meaning = Object.hasOwn(EVENTS, path) ? EVENTS[path] : undefined;
    if (meaning === undefined) return null;
    const variables = splitRawQuery(rawQuery, VARIABLES);
    const mac = variables.find(({ name }) => name === 'mac')?.value ?? '';
    return {
      event: eventOf(path, meaning, variables),
      vendorEvent: `event.${path}`,
      variables,
      device: { mac: normalMac(mac), model: null, firmware: null },
    };
  },
};

function normalMac(text: string): string | null {
  return /^[0-9a-f]{12}$/i.test(text) ? (text.toLowerCase().match(/../g)?.join(':') ?? null) : null;
}
