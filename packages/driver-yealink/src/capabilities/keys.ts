import { type Commands, type DriverContext, failed, invalidArgument, type Outcome } from '@hookswitch/core';
import { toVendorKey } from '../keys.ts';
import { pressed } from '../wire/action-uri.ts';
import { misses } from './focus.ts';
import { type KeyStroke, pressInOrder } from './press.ts';
import type { KeyWay } from './way.ts';

/**
 * Presses keys in order. From afar a key is always a short press: `holdMs` is refused. `pauseMs` is waited out between
 * two requests, or after the last one.
 */
export async function pressKeys(way: KeyWay, command: Commands['pressKeys'], context: DriverContext): Promise<Outcome> {
  const strokes: KeyStroke[] = [];
  for (const [at, { key, holdMs, pauseMs }] of command.keys.entries()) {
    const vendorKey = toVendorKey(key, way.traits, `keys.${at}.key`);
    if ('refusal' in vendorKey) return vendorKey.refusal;
    if (holdMs !== undefined && holdMs !== 0) {
      return failed(
        invalidArgument(`keys.${at}.holdMs`, 'A Yealink phone cannot be told how long a key is held down.'),
      );
    }
    if (pauseMs !== undefined && pauseMs < 0) {
      return failed(invalidArgument(`keys.${at}.pauseMs`, 'A pause cannot be negative.'));
    }
    strokes.push({ key: pressed(vendorKey.name), pauseMs });
  }
  if (strokes.length === 0) return failed(invalidArgument('keys', 'Name at least one key.'));
  return pressInOrder(way, strokes, context);
}

/** Presses the keys of the pad: the phone sends them as DTMF in whatever way its account is set to. */
export async function sendDtmf(way: KeyWay, command: Commands['sendDtmf'], context: DriverContext): Promise<Outcome> {
  if (!/^[0-9*#]+$/.test(command.digits)) {
    return failed(invalidArgument('digits', 'The phone can press 0 to 9, * and # only.'));
  }
  const failure = misses(command.call, context.calls, {
    states: ['CONNECTED'],
    rivals: ['CONNECTED', 'RINGING', 'DIALING'],
    verb: 'sent digits',
  });
  if (failure !== null) return failed(failure);
  const strokes = [...command.digits].map((digit) => ({ key: pressed(digit === '#' ? 'POUND' : digit) }));
  return pressInOrder(way, strokes, context);
}
