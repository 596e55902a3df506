import { holdKeyOf } from '../firmware.ts';
import type { SnomParts } from '../parts.ts';
import { functionKeyNames } from './function-key-settings.ts';

/** Keys of every phone with `command.htm` ("Can I control my snom phone remotely", "Remote phone control"). */
const COMMON = [
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
  '0',
  '1',
  '2',
  '3',
  '4',
  '5',
  '6',
  '7',
  '8',
  '9',
  '*',
  '#',
] as const;

/** Keys of 1xx and 2xx only. */
const OLD = ['DISCONNECT', 'CLEAR', 'FUNCTION', 'RECALL'] as const;

/** Key events that are no key of the housing: what a soft key or a function key with `keyevent` does. */
const KEY_EVENTS = [
  'F_REDIAL',
  'F_PREV_ID',
  'F_NEXT_ID',
  'F_ACCEPTED_LIST',
  'F_MISSED_LIST',
  'F_RETRIEVE',
  'F_DND',
  'F_ADR_BOOK',
  'F_SETTINGS',
  'F_TRANSFER',
  'F_CALL_LIST',
  'F_REDIRECT',
  'F_SUPPORT',
  'F_LEFT',
  'F_RIGHT',
  'F_CALL_COMPLETION',
  'F_DIAL',
  'F_CONTACTPOOL',
  'F_DUAL_AUDIO',
  'F_REC',
  'F_DIALOG',
  'F_CONF_ON',
  'F_CANCEL',
  'F_CONFERENCE',
  'F_ABS',
  'F_DELETE_MSG',
  'F_CALLRECORD_CONTROL_ON',
  'F_OK',
  'F_MUTE',
  'F_DIRECTORY_SEARCH',
  'F_VOICEMAIL_INFO',
  'F_STATUS',
  'F_FAVORITES',
  'F_ABORT',
] as const;

/** Every key that this phone has, by its wire name. */
export const keysOf = (parts: Pick<SnomParts, 'profile' | 'firmware' | 'expansionKeys'>): ReadonlySet<string> =>
  new Set([
    ...COMMON,
    ...KEY_EVENTS,
    holdKeyOf(parts.firmware),
    ...(parts.profile.isOld ? OLD : []),
    ...Array.from({ length: parts.profile.softKeys }, (_, index) => `F${index + 1}`),
    ...functionKeyNames(parts),
  ]);
