import {
  type ActionUrlSetting,
  type ActionUrls,
  type EventVariable,
  type PhoneEvent,
  parseParty,
  splitRawQuery,
  UNKNOWN_PARTY,
} from '@hookswitch/core';
import { parseMacAddress } from '../../phones/mac-address.ts';
import {
  GENERIC_EVENTS,
  GENERIC_VARIABLES,
  type GenericMeaning,
  type GenericVariable,
} from './generic-events.table.ts';

const QUERY = GENERIC_VARIABLES.map((name) => `${name}={${name}}`).join('&');
const SETTINGS: readonly ActionUrlSetting[] = Object.keys(GENERIC_EVENTS).map((path) => ({
  setting: path,
  path,
  query: QUERY,
}));

/** The value of a variable; null: it is missing, empty, or a placeholder that nobody replaced. */
type ValueOf = (name: GenericVariable) => string | null;

function valuesOf(variables: readonly EventVariable[]): ValueOf {
  return (wanted) => {
    const value = variables.find(({ name }) => name === wanted)?.value.trim() ?? '';
    return value === '' || value === `{${wanted}}` ? null : value;
  };
}

function eventOf(meaning: GenericMeaning | undefined, value: ValueOf): PhoneEvent {
  switch (meaning?.type) {
    case undefined:
      return { type: 'OTHER' };
    case 'FEATURE':
      return { type: 'FEATURE', feature: meaning.feature, enabled: meaning.enabled, target: null };
    case 'REGISTRATION':
      return { type: 'REGISTRATION', registrationState: meaning.state, accountUri: value('local') };
    case 'USER':
      return { type: 'USER', userEventKind: meaning.kind, key: null };
    case 'DEVICE':
      return { type: 'DEVICE', deviceEventKind: meaning.kind };
    case 'CALL': {
      const [id, remote, local] = [value('call'), value('remote'), value('local')];
      return {
        type: 'CALL',
        callEventKind: meaning.kind,
        callState: meaning.state,
        call: {
          vendorIds: id === null ? {} : { call: id },
          direction: meaning.direction,
          remote: remote === null ? UNKNOWN_PARTY : parseParty(remote, value('remote_name') ?? undefined),
          local: local === null ? UNKNOWN_PARTY : parseParty(local),
          target: null,
        },
      };
    }
  }
}

/** Every word is an event; one that is not in the table is of type OTHER, with all that came. */
export const genericActionUrls: ActionUrls = {
  maxUrlLength: null,
  settingsFor: () => SETTINGS,
  parse({ path, rawQuery }) {
    const meaning = Object.hasOwn(GENERIC_EVENTS, path) ? GENERIC_EVENTS[path] : undefined;
    const variables = splitRawQuery(rawQuery);
    const value = valuesOf(variables);
    return {
      event: eventOf(meaning, value),
      vendorEvent: path,
      variables,
      device: {
        mac: parseMacAddress(value('mac') ?? ''),
        model: value('model'),
        firmware: value('firmware'),
      },
    };
  },
};
