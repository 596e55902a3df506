import {
  type ActionUrlSetting,
  type ActionUrls,
  type EventVariable,
  entryOf,
  normalMac,
  type PhoneEvent,
  parseParty,
  splitRawQuery,
  UNKNOWN_PARTY,
  valueIn,
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
  const call = valueIn(variables, 'call');
  return {
    type: 'CALL',
    callEventKind: meaning.kind,
    callState: meaning.state,
    call: {
      vendorIds: call === null ? {} : { call },
      direction: DIRECTIONS[path] ?? null,
      remote: parseParty(valueIn(variables, 'remote') ?? ''),
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
    const meaning = entryOf(EVENTS, path);
    if (meaning === undefined) return null;
    const variables = splitRawQuery(rawQuery, VARIABLES);
    return {
      event: eventOf(path, meaning, variables),
      vendorEvent: `event.${path}`,
      variables,
      device: { mac: normalMac(valueIn(variables, 'mac')), model: null, firmware: null },
    };
  },
};
