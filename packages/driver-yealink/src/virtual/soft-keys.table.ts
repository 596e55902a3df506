import type { KeyFunction } from './keys.table.ts';

/** What the four soft keys depend on. */
export type SoftKeyPage = 'idle' | 'typing' | 'ringing' | 'calling' | 'talking' | 'held';

/** A soft key: its label, and what it does. */
export interface SoftKey {
  readonly label: string;
  readonly action: KeyFunction | 'dial' | 'reject' | 'dndToggle' | 'deleteDigit' | 'none';
}

const key = (label: string, action: SoftKey['action']): SoftKey => ({ label, action });

/** `F1` to `F4` as the user guides show them by default. */
export const SOFT_KEYS: Readonly<Record<SoftKeyPage, readonly [SoftKey, SoftKey, SoftKey, SoftKey]>> = {
  idle: [key('History', 'none'), key('Directory', 'none'), key('DND', 'dndToggle'), key('Menu', 'none')],
  typing: [key('Send', 'dial'), key('IME', 'none'), key('Delete', 'deleteDigit'), key('Cancel', 'cancel')],
  ringing: [key('Answer', 'answer'), key('FWD', 'none'), key('Silence', 'none'), key('Reject', 'reject')],
  calling: [key('Tran', 'transfer'), key('', 'none'), key('', 'none'), key('Cancel', 'cancel')],
  talking: [key('Tran', 'transfer'), key('Hold', 'hold'), key('Conf', 'conference'), key('EndCall', 'callEnd')],
  held: [key('Tran', 'transfer'), key('Resume', 'hold'), key('NewCall', 'none'), key('EndCall', 'callEnd')],
};
