import {
  type ActionUrlSetting,
  type ActionUrls,
  normalMac,
  type PhoneEvent,
  type PhoneProfile,
  parseParty,
  splitRawQuery,
  valueIn,
} from '@hookswitch/core';
import { ACTION_URLS, type EventMeaning, VARIABLES } from './action-urls.table.ts';
import { canonicalModel } from './models.ts';
import type { GrandstreamOptions } from './options.ts';

const SETTINGS: readonly ActionUrlSetting[] = ACTION_URLS.map(({ setting, path }) => ({
  setting,
  path,
  query: VARIABLES.map((name) => `${name}=$${name}`).join('&'),
}));

type Value = (name: string) => string | null;

/** The options that hold action URLs, and what the phone's requests mean. */
export const actionUrls: ActionUrls<GrandstreamOptions> = {
  maxUrlLength: null,
  settingsFor: () => SETTINGS,
  parse({ path, rawQuery }, phone) {
    const row = ACTION_URLS.find((one) => one.path === path);
    if (row === undefined) return null;
    const variables = splitRawQuery(rawQuery, VARIABLES);
    const value: Value = (wanted) => valueIn(variables, wanted);
    const product = value('product');
    return {
      event: eventOf(row.meaning, value, phone),
      vendorEvent: row.setting,
      variables,
      device: {
        mac: normalMac(value('mac')),
        model: canonicalModel(product) ?? product,
        firmware: value('program_version'),
      },
    };
  },
};

const DIRECTIONS: Readonly<Partial<Record<string, 'INCOMING' | 'OUTGOING'>>> = {
  INCOMING: 'INCOMING',
  MISSED: 'INCOMING',
  OUTGOING: 'OUTGOING',
};

function eventOf(meaning: EventMeaning, value: Value, { options }: PhoneProfile<GrandstreamOptions>): PhoneEvent {
  if (meaning.type === 'PLAIN') return meaning.event;
  if (meaning.type === 'REGISTRATION') {
    const accountUri = options.accounts[Number(value('active_user') ?? Number.NaN) - 1] ?? null;
    return { type: 'REGISTRATION', registrationState: meaning.state, accountUri };
  }
  return {
    type: 'CALL',
    callEventKind: meaning.kind,
    callState: meaning.state,
    call: {
      vendorIds: {},
      direction: DIRECTIONS[meaning.kind] ?? null,
      remote: parseParty(value('remote') ?? '', value('display_remote') ?? ''),
      local: parseParty(value('local') ?? '', value('display_local') ?? ''),
      target: null,
    },
  };
}
