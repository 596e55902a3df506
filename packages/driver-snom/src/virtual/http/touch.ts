import { firmwareAtLeast } from '../firmware.ts';
import type { SnomParts } from '../parts.ts';

/** A touch of the display, in pixels from its upper left corner. */
export interface TouchPress {
  readonly x: number;
  readonly y: number;
  readonly action: 'press' | 'release' | 'tap';
}

/** What is done besides a tap, which is what no word and `pr` stand for. */
const ACTIONS: Readonly<Record<string, TouchPress['action']>> = {
  p: 'press',
  press: 'press',
  r: 'release',
  release: 'release',
};

/** Whether the phone obeys `touch=`: an 870 since 8.4.34 and 8.7.2. */
export const obeysTouch = ({ profile, firmware }: Pick<SnomParts, 'profile' | 'firmware'>): boolean => {
  const isSince84 = firmwareAtLeast(firmware, '8.4.34') && !firmwareAtLeast(firmware, '8.7');
  return profile.hasTouch && (isSince84 || firmwareAtLeast(firmware, '8.7.2'));
};

/** Reads `X Y [p|press|r|release|pr][ X2 Y2 …]`; without an action a touch is pressed and released. Outside 480 × 272 there is no display. */
export const parseTouches = (value: string): readonly TouchPress[] => {
  const chain = value.matchAll(/(\d+)\s+(\d+)(?:\s+(press|release|pr|p|r)(?![a-z]))?/gi);
  return [...chain]
    .map(([, x, y, action = '']) => ({ x: Number(x), y: Number(y), action: ACTIONS[action.toLowerCase()] ?? 'tap' }))
    .filter(({ x, y }) => x <= 479 && y <= 271);
};
