import type { SnomParts } from '../parts.ts';

/** An address inside the phone: `snom://mb_exit#numberdial=1002`, `phone://mb_nop#key=F_HOLD`. */
export interface InternalUrl {
  /** Whether the minibrowser is left. */
  readonly exits: boolean;
  /** What the fragment asks for. */
  readonly action: string;
  readonly value: string;
}

const INTERNAL = /^(?:snom|phone):\/\/(mb_nop|mb_exit)(?:#([^=]*)=?(.*))?$/is;

/** Reads an address inside the phone; `undefined` if it is another. */
export const parseInternalUrl = (url: string): InternalUrl | undefined => {
  const [, place, action = '', value = ''] = INTERNAL.exec(url.trim()) ?? [];
  return place === undefined ? undefined : { exits: place.toLowerCase() === 'mb_exit', action, value };
};

type FragmentAction = (parts: SnomParts, value: string) => void;

/** Did nothing on a D862 (fspbx's driver). */
const DEAD_ON_D8XX = new Set(['OFFHOOK', 'ANSWER', 'F_ANSWER', 'OK']);

/** What fragments do, whoever sent the document. Identities count from 0 here, and -1 is all of them. */
const ACTIONS: Readonly<Record<string, FragmentAction>> = {
  key: ({ keyboard, profile, effects }, value) => {
    const key = value.toUpperCase();
    if (profile.web === 'phoneManager' && DEAD_ON_D8XX.has(key)) effects.record({ type: 'unknownKey', key });
    else keyboard.inject([{ key, timeMs: 0, pauseMs: 0 }]);
  },
  numberdial: ({ desk }, value) => desk.dialOrTransfer(value),
  reboot: ({ power }, value) => (value.toLowerCase() === 'reset' ? power.reset() : power.reboot()),
  reregister: (parts, value) => {
    for (const index of identities(parts, value)) reregister(parts, index);
  },
  unregister: (parts, value) => {
    for (const index of identities(parts, value)) void parts.telephony.logOff(index);
  },
  calllistclear: ({ callLists }, value) => {
    const list = value.toLowerCase();
    if (list === 'dialed' || list === 'received' || list === 'missed') callLists.clear(list);
  },
};

/** What only documents of hosts in `mb_trusted_hosts` may do. */
const TRUSTED_ACTION = /^(set|toggleset):(\w+)$/;

/** Does what the fragment of an internal address asks for; what it does not know it leaves. */
export const runFragment = (parts: SnomParts, { action, value }: InternalUrl, host: string): void => {
  const [, verb, setting = ''] = TRUSTED_ACTION.exec(action) ?? [];
  if (verb === undefined) {
    ACTIONS[action.toLowerCase()]?.(parts, decode(value));
    return;
  }
  // Ignored on a D862, from a trusted host as well (fspbx's driver).
  if (parts.profile.web === 'phoneManager' && setting === 'dnd_mode') return;
  if (!parts.memory.get('mb_trusted_hosts').split(/\s+/).includes(host)) return;
  const toggled = parts.memory.isOn(setting) ? 'off' : 'on';
  parts.memory.running.set(setting, verb === 'set' ? decode(value) : toggled);
};

/** Registers an identity again. */
export const reregister = (parts: SnomParts, identity: number): void => {
  if (parts.telephony.register(identity)) parts.effects.record({ type: 'reregistered', identity });
};

const identities = (parts: SnomParts, value: string): readonly number[] =>
  Number(value) < 0 ? parts.telephony.accounts.map(({ index }) => index) : [Number(value) + 1];

const decode = (value: string): string => {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
};
