/**
 * The keys of `api-send_key` by their common names. The CTI guide for GRP26xx shows STAR, ONHOOK, OFFHOOK, OK, UP, DOWN, LEFT, RIGHT and
 * MPK1 to MPKx, and says that there are keys for the digits, hold, mute and the speaker: how it writes those is ASSUMED, and so are
 * the soft keys, which public code presses as SOFT1 to SOFT4.
 */
export const NAMED: Readonly<Record<string, string>> = {
  '*': 'STAR',
  OK: 'OK',
  UP: 'UP',
  DOWN: 'DOWN',
  LEFT: 'LEFT',
  RIGHT: 'RIGHT',
  OFF_HOOK: 'OFFHOOK',
  ON_HOOK: 'ONHOOK',
  HOLD: 'HOLD',
  MUTE: 'MUTE',
  SPEAKER: 'SPEAKER',
};

/** Families of keys that are counted, with the word before the number and the highest one: a GXP2170 has 48 line keys. */
export const NUMBERED: Readonly<Record<string, readonly [prefix: string, highest: number]>> = {
  FUNCTION: ['MPK', 48],
  SOFT: ['SOFT', 4],
};
