import type { NamedKey } from '@hookswitch/core';

/**
 * Keys of both of Snom's pages, "Can I control my snom phone remotely" (2015) and "Remote phone control" (current),
 * without the families F1–F4, P and EK. `MUTE` stands on the current page only, yet `keyboard_lock_accepted_keys` of a
 * snom720 (8.7.3.17) names it too. `MENU` is "not used in FW 7 anymore".
 */
export const DOCUMENTED_KEYS = [
  'CANCEL',
  'ENTER',
  'OFFHOOK',
  'ONHOOK',
  'RIGHT',
  'LEFT',
  'UP',
  'DOWN',
  'VOLUME_UP',
  'VOLUME_DOWN',
  'MENU',
  'MUTE',
  'REDIAL',
  'DND',
  'REC',
  'SPEAKER',
  'HEADSET',
  'TRANSFER',
] as const;

/** Keys of the 1xx and 2xx only. */
export const LEGACY_KEYS = ['DISCONNECT', 'CLEAR', 'FUNCTION', 'RECALL'] as const;

/** The HOLD key until 8.7.3.7, and from then. */
export const HOLD_KEYS = ['F_R', 'F_HOLD'] as const;

/**
 * The common names of keys. `HOLD` and `CONFERENCE` depend on the firmware and are decided in keys.ts, as is what
 * 1xx and 2xx have instead. `MESSAGE` and `DIRECTORY` are what a snom720 has on those keys.
 */
export const NAMED_KEY_EVENTS: Readonly<Record<Exclude<NamedKey, 'HOLD' | 'CONFERENCE'>, string>> = {
  OK: 'ENTER',
  CANCEL: 'CANCEL',
  UP: 'UP',
  DOWN: 'DOWN',
  LEFT: 'LEFT',
  RIGHT: 'RIGHT',
  MENU: 'MENU',
  OFF_HOOK: 'OFFHOOK',
  ON_HOOK: 'ONHOOK',
  SPEAKER: 'SPEAKER',
  HEADSET: 'HEADSET',
  TRANSFER: 'TRANSFER',
  MUTE: 'MUTE',
  REDIAL: 'REDIAL',
  DND: 'DND',
  RECORD: 'REC',
  MESSAGE: 'F_RETRIEVE',
  DIRECTORY: 'F_ADR_BOOK',
  VOLUME_UP: 'VOLUME_UP',
  VOLUME_DOWN: 'VOLUME_DOWN',
};

/** What 1xx and 2xx have instead, but for HOLD: "FUNCTION = F (Menu key)", "DISCONNECT disconnects a call". */
export const LEGACY_KEY_EVENTS: Readonly<Partial<Record<NamedKey, string>>> = {
  MENU: 'FUNCTION',
  CANCEL: 'DISCONNECT',
};

/** Words in a key's name that make it another command: they would get round that command's policy. */
export const COMMAND_WORDS = [
  'REBOOT',
  'RESTART',
  'RESET',
  'FACTORY',
  'LOGOFF',
  'LOG_OFF',
  'LOGON',
  'LOG_ON',
  'REREGISTER',
  'UPDATE',
  'UPGRADE',
  'SWLOAD',
  'FIRMWARE',
  'RELEASE_ALL',
  'PLAY_RINGER',
  'FIX_LIL',
  'PROVISION',
] as const;
