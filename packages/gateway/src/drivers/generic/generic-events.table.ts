import type {
  CallDirection,
  CallEventKind,
  CallState,
  DeviceEventKind,
  PhoneFeature,
  RegistrationState,
  UserEventKind,
} from '@hookswitch/core';

/** What a word of {@link GENERIC_EVENTS} means. */
export type GenericMeaning =
  | {
      readonly type: 'CALL';
      readonly kind: CallEventKind;
      /** The state that the event by itself tells; null: none. */
      readonly state: CallState | null;
      readonly direction: CallDirection | null;
    }
  | { readonly type: 'FEATURE'; readonly feature: PhoneFeature; readonly enabled: boolean }
  | { readonly type: 'REGISTRATION'; readonly state: RegistrationState }
  | { readonly type: 'USER'; readonly kind: UserEventKind }
  | { readonly type: 'DEVICE'; readonly kind: DeviceEventKind };

const call = (
  kind: CallEventKind,
  state: CallState | null,
  direction: CallDirection | null = null,
): GenericMeaning => ({ type: 'CALL', kind, state, direction });
const feature = (name: PhoneFeature, enabled: boolean): GenericMeaning => ({ type: 'FEATURE', feature: name, enabled });

/** Events by the word that stands in the URL: whoever sets the phone up chooses it by what the phone's manual says. */
export const GENERIC_EVENTS: Readonly<Record<string, GenericMeaning>> = {
  incoming: call('INCOMING', 'RINGING', 'INCOMING'),
  outgoing: call('OUTGOING', 'DIALING', 'OUTGOING'),
  connected: call('CONNECTED', 'CONNECTED'),
  ended: call('ENDED', 'ENDED'),
  missed: call('MISSED', 'ENDED', 'INCOMING'),
  rejected: call('REJECTED', 'ENDED', 'INCOMING'),
  canceled: call('CANCELED', 'ENDED', 'OUTGOING'),
  busy: call('REMOTE_BUSY', 'ENDED', 'OUTGOING'),
  forwarded: call('FORWARDED', 'ENDED', 'INCOMING'),
  held: call('HELD', 'HELD'),
  resumed: call('RESUMED', 'CONNECTED'),
  'dnd-on': feature('DO_NOT_DISTURB', true),
  'dnd-off': feature('DO_NOT_DISTURB', false),
  'forward-on': feature('FORWARD', true),
  'forward-off': feature('FORWARD', false),
  registered: { type: 'REGISTRATION', state: 'REGISTERED' },
  unregistered: { type: 'REGISTRATION', state: 'UNREGISTERED' },
  'register-failed': { type: 'REGISTRATION', state: 'FAILED' },
  'off-hook': { type: 'USER', kind: 'OFF_HOOK' },
  'on-hook': { type: 'USER', kind: 'ON_HOOK' },
  started: { type: 'DEVICE', kind: 'STARTED' },
};

/** Variables by what they hold; in a URL each stands as `{name}`, to be replaced by the phone's own placeholder, or left out. */
export const GENERIC_VARIABLES = ['call', 'remote', 'remote_name', 'local', 'mac', 'model', 'firmware'] as const;
/** One of {@link GENERIC_VARIABLES}. */
export type GenericVariable = (typeof GENERIC_VARIABLES)[number];
