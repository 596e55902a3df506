import {
  type CallDirection,
  type CallFacts,
  normalMac,
  type ObservedDevice,
  type Party,
  type PhoneEvent,
  parseParty,
  UNKNOWN_PARTY,
} from '@hookswitch/core';
import type { Meaning } from './action-url-table.ts';
import { canonicalModel } from './models.ts';

/** What a phone sent, by the names of the vendor's variables; those that came empty are left out. */
export type Variables = ReadonlyMap<string, string>;

const looksDialable = (text: string): boolean =>
  /^(sips?:|tel:)/i.test(text) || /^[+*#\d][\d*#() .-]*$/.test(text) || /^[^\s@<>]+@[^\s@<>]+$/.test(text);

/**
 * The other side. `$remote` is its SIP URI. Where that is missing, `$callerID` stands in, which the guide calls a
 * display name and products read as a number; then `$calledNumber`, the dialled number.
 */
function remoteParty(variables: Variables, direction: CallDirection | null): Party {
  const display = variables.get('display_remote');
  const remote = variables.get('remote');
  const callerId = direction === 'OUTGOING' ? undefined : variables.get('callerID');
  const called = variables.get('calledNumber');
  const name = display ?? (callerId !== undefined && !looksDialable(callerId) ? callerId : undefined);
  const address = remote ?? (callerId !== undefined && looksDialable(callerId) ? callerId : called);
  return address === undefined && name === undefined ? UNKNOWN_PARTY : parseParty(address, name);
}

function localParty(variables: Variables): Party {
  return parseParty(variables.get('local') ?? accountUri(variables) ?? undefined, variables.get('display_local'));
}

/** The account that the event is about, as `user@host`. */
function accountUri(variables: Variables): string | null {
  const url = variables.get('active_url') ?? variables.get('local');
  if (url !== undefined) {
    const { uri } = parseParty(url);
    if (uri !== null) return uri.replace(/^(sips?|tel):/, '');
  }
  const user = variables.get('active_user');
  const host = variables.get('active_host');
  return user === undefined || host === undefined ? null : `${user}@${host}`;
}

function callFacts(variables: Variables, direction: CallDirection | null): CallFacts {
  const id = variables.get('call_id');
  return {
    vendorIds: id === undefined ? {} : { call_id: id },
    direction,
    remote: remoteParty(variables, direction),
    local: localParty(variables),
    target: null,
  };
}

/** The event in the vocabulary of the contract. */
export function eventOf(meaning: Meaning, variables: Variables): PhoneEvent {
  switch (meaning.type) {
    case 'CALL':
      return {
        type: 'CALL',
        callEventKind: meaning.kind,
        callState: meaning.state,
        call: callFacts(variables, meaning.direction),
      };
    case 'FEATURE':
      return { type: 'FEATURE', feature: meaning.feature, enabled: meaning.enabled, target: null };
    case 'REGISTRATION':
      return { type: 'REGISTRATION', registrationState: meaning.state, accountUri: accountUri(variables) };
    case 'USER':
      return { type: 'USER', userEventKind: meaning.kind, key: meaning.key };
    case 'DEVICE':
      return { type: 'DEVICE', deviceEventKind: meaning.kind };
    case 'OTHER':
      return { type: 'OTHER' };
  }
}

/** What the phone told about itself beside the event. */
export function observedDevice(variables: Variables): ObservedDevice {
  const model = variables.get('model');
  return {
    mac: normalMac(variables.get('mac')),
    model: model === undefined ? null : canonicalModel(model),
    firmware: variables.get('firmware') ?? null,
  };
}
