import type { CapabilityMap, KeyPress, Outcome, TouchAction } from '@hookswitch/core';
import { wireKeyOf } from '../keys.ts';
import type { SnomPhone } from '../phone.ts';
import { type KeyEvent, keysRequest, type TouchEvent, touchRequest } from '../wire/command-htm.ts';
import { refuse } from './arguments.ts';
import { sendPage } from './send.ts';

/** Longest hold and longest pause, in milliseconds: beyond, the phone would be busy longer than a command may take. */
export const MAX_TIME_MS = 60_000;

/** All key presses as one request, so that nothing gets between them. */
export function keysByPage(phone: SnomPhone): CapabilityMap['PRESS_KEYS'] {
  return {
    async pressKeys({ keys }, context) {
      if (keys.length === 0) return refuse('keys', 'There is no key to press.');
      const events: KeyEvent[] = [];
      for (const [index, press] of keys.entries()) {
        const event = keyEventOf(press, index, phone);
        if ('status' in event) return event;
        events.push(event);
      }
      return sendPage(context, keysRequest(events));
    },
  };
}

function keyEventOf(press: KeyPress, index: number, phone: SnomPhone): KeyEvent | Outcome<never> {
  const key = wireKeyOf(press.key, phone);
  if ('refused' in key) return refuse(`keys.${index}.key`, key.refused);
  for (const name of ['holdMs', 'pauseMs'] as const) {
    const time = press[name] ?? 0;
    if (!Number.isInteger(time) || time < 0 || time > MAX_TIME_MS) {
      return refuse(`keys.${index}.${name}`, `A whole number of milliseconds, 0 to ${MAX_TIME_MS}.`);
    }
  }
  return { key: key.wire, holdMs: press.holdMs, pauseMs: press.pauseMs };
}

const touchWords: Readonly<Record<TouchAction, TouchEvent['action']>> = { PRESS: 'p', RELEASE: 'r', TAP: 'pr' };

/** Width and height of the 870's display: "X must be between 0 and 479, Y between 0 and 271". */
const DISPLAY = { xPx: 479, yPx: 271 } as const;

/** Touches of the 870's display, as one chain. */
export function touchByPage(): CapabilityMap['TOUCH'] {
  return {
    async touch({ touches }, context) {
      if (touches.length === 0) return refuse('touches', 'There is nothing to touch.');
      for (const [index, touch] of touches.entries()) {
        for (const axis of ['xPx', 'yPx'] as const) {
          if (!Number.isInteger(touch[axis]) || touch[axis] < 0 || touch[axis] > DISPLAY[axis]) {
            return refuse(`touches.${index}.${axis}`, `The 870's display goes from 0 to ${DISPLAY[axis]}.`);
          }
        }
      }
      const events = touches.map(({ xPx, yPx, action }) => ({ xPx, yPx, action: touchWords[action] }));
      return sendPage(context, touchRequest(events));
    },
  };
}
