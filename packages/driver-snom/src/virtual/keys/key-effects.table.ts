import type { Desk } from './desk.ts';

/** What a key does. */
type KeyEffect = (desk: Desk) => void;

/** What each key does, function keys and digits apart. Keys that only open menus are not here: they do nothing. */
export const keyEffects: Readonly<Record<string, KeyEffect>> = {
  ENTER: (desk) => desk.confirm(),
  F_OK: (desk) => desk.confirm(),
  F_DIAL: (desk) => desk.confirm(),
  CANCEL: (desk) => desk.cancel(),
  F_CANCEL: (desk) => desk.cancel(),
  F_ABORT: (desk) => desk.cancel(),
  DISCONNECT: (desk) => desk.cancel(),
  CLEAR: (desk) => desk.clearDigits(),
  OFFHOOK: (desk) => desk.liftHandset(),
  ONHOOK: (desk) => desk.replaceHandset(),
  SPEAKER: (desk) => desk.useAudio('speaker'),
  HEADSET: (desk) => desk.useAudio('headset'),
  F_HOLD: (desk) => desk.toggleHold(),
  F_R: (desk) => desk.toggleHold(),
  RECALL: (desk) => desk.toggleHold(),
  TRANSFER: (desk) => desk.transfer(),
  F_TRANSFER: (desk) => desk.transfer(),
  F_CONFERENCE: (desk) => desk.conference(),
  F_CONF_ON: (desk) => desk.conference(),
  REDIAL: (desk) => desk.redial(),
  F_REDIAL: (desk) => desk.redial(),
  DND: (desk) => desk.toggleDoNotDisturb(),
  F_DND: (desk) => desk.toggleDoNotDisturb(),
  MUTE: (desk) => desk.toggleMute(),
  F_MUTE: (desk) => desk.toggleMute(),
  F_REDIRECT: (desk) => desk.toggleForwarding(),
  REC: (desk) => desk.record(),
  F_REC: (desk) => desk.record(),
  VOLUME_UP: (desk) => desk.changeVolume(1),
  VOLUME_DOWN: (desk) => desk.changeVolume(-1),
  UP: (desk) => desk.navigate(-1),
  DOWN: (desk) => desk.navigate(1),
};
