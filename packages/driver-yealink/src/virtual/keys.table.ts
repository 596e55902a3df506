/** What a key of the table does, one word for all its spellings. */
export type KeyFunction =
  | 'ok'
  | 'enter'
  | 'speaker'
  | 'headset'
  | 'transfer'
  | 'conference'
  | 'hold'
  | 'mute'
  | 'cancel'
  | 'callEnd'
  | 'answer'
  | 'volumeUp'
  | 'volumeDown'
  | 'message'
  | 'redial'
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'offHook'
  | 'onHook'
  | 'dndOn'
  | 'dndOff'
  | 'reboot'
  | 'autoProvision'
  | 'factoryReset'
  | 'callWaitingOn'
  | 'callWaitingOff'
  | 'backToIdle'
  | 'swap';

/** Names without a value in the administrator guide V80. */
export const NAMED_KEYS: Readonly<Record<string, KeyFunction>> = {
  OK: 'ok',
  ENTER: 'enter',
  SPEAKER: 'speaker',
  F_TRANSFER: 'transfer',
  VOLUME_UP: 'volumeUp',
  VOLUME_DOWN: 'volumeDown',
  MUTE: 'mute',
  F_HOLD: 'hold',
  F_CONFERENCE: 'conference',
  X: 'cancel',
  MSG: 'message',
  HEADSET: 'headset',
  RD: 'redial',
  UP: 'up',
  DOWN: 'down',
  LEFT: 'left',
  RIGHT: 'right',
  Reboot: 'reboot',
  AutoP: 'autoProvision',
  DNDOn: 'dndOn',
  DNDOff: 'dndOff',
  OFFHOOK: 'offHook',
  ONHOOK: 'onHook',
  ANSWER: 'answer',
  Reset: 'factoryReset',
  CALLEND: 'callEnd',
};

/** Names that later guides add: "F_HOLD/HOLD", "CANCEL/X", "CALLEND/CallEnd", "ASW". */
export const NEWER_KEYS: Readonly<Record<string, KeyFunction>> = {
  HOLD: 'hold',
  CANCEL: 'cancel',
  CallEnd: 'callEnd',
  ASW: 'answer',
};

/** Names that only third parties use. */
export const UNVERIFIED_KEYS: Readonly<Record<string, KeyFunction>> = {
  BACK_IDLE: 'backToIdle',
  SWAP: 'swap',
  CallWaitingOn: 'callWaitingOn',
  CallWaitingOff: 'callWaitingOff',
};

/** Names that set forwarding, with a value after `=` or without one; later guides too. */
export const FORWARD_KEYS = {
  AlwaysFwdOn: { kind: 'always', on: true },
  AlwaysFwdOff: { kind: 'always', on: false },
  BusyFwdOn: { kind: 'busy', on: true },
  BusyFwdOff: { kind: 'busy', on: false },
  NoAnswFwdOn: { kind: 'noAnswer', on: true },
  NoAnswFwdOff: { kind: 'noAnswer', on: false },
} as const;

/** Names with a call's id after `:`. */
export const ADDRESSED_KEYS = { ASW: 'answer', CANCEL: 'cancel', HOLD: 'hold', UNHOLD: 'resume' } as const;
