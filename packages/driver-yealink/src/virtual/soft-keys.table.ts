import type { KeyFunction } from './keys.table.ts';

/** What the four soft keys depend on. */
export type SoftKeyPage = 'idle' | 'typing' | 'ringing' | 'calling' | 'talking' | 'held';

/** A soft key: its label, and what it does. */
export interface SoftKey {
  readonly label: string;
  readonly action: KeyFunction | 'dial' | 'reject' | 'dndToggle' | 'deleteDigit' | 'none';
}

/** The X of `F1` to `F4`. */
export const SOFT_KEY_NUMBERS = [1, 2, 3, 4] as const;
export type SoftKeyNumber = (typeof SOFT_KEY_NUMBERS)[number];

const key = (label: string, action: SoftKey['action']): SoftKey => ({ label, action });
const page = (...keys: readonly [SoftKey, SoftKey, SoftKey, SoftKey]): Readonly<Record<SoftKeyNumber, SoftKey>> => ({
  1: keys[0],
  2: keys[1],
  3: keys[2],
  4: keys[3],
});

/** `F1` to `F4` as the user guides show them by default. */
export const SOFT_KEYS: Readonly<Record<SoftKeyPage, Readonly<Record<SoftKeyNumber, SoftKey>>>> = {
  idle: page(key('History', 'none'), key('Directory', 'none'), key('DND', 'dndToggle'), key('Menu', 'none')),
  typing: page(key('Send', 'dial'), key('IME', 'none'), key('Delete', 'deleteDigit'), key('Cancel', 'cancel')),
  ringing: page(key('Answer', 'answer'), key('FWD', 'none'), key('Silence', 'none'), key('Reject', 'reject')),
  calling: page(key('Tran', 'transfer'), key('', 'none'), key('', 'none'), key('Cancel', 'cancel')),
  talking: page(key('Tran', 'transfer'), key('Hold', 'hold'), key('Conf', 'conference'), key('EndCall', 'callEnd')),
  held: page(key('Tran', 'transfer'), key('Resume', 'hold'), key('NewCall', 'none'), key('EndCall', 'callEnd')),
};
