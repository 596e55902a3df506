import type { HttpRequest } from '@hookswitch/core';
import { encodeValue } from './encode.ts';

/*
 * `command.htm`, and `dummy.htm?REREGISTER`: "Can I control my snom phone remotely" (2015) and "Remote phone control".
 * All are GETs; their replies' bodies are not documented and not looked into.
 */

/** `KEYEVENT = Key[,Time[,Pause]]`, times in milliseconds. */
export interface KeyEvent {
  /** The phone's own name. */
  readonly key: string;
  readonly holdMs?: number | undefined;
  readonly pauseMs?: number | undefined;
}

/** A touch, in pixels. */
export interface TouchEvent {
  readonly xPx: number;
  readonly yPx: number;
  readonly action: 'p' | 'r' | 'pr';
}

/**
 * Presses keys, all in one request: `key=OFFHOOK;1,80,120;%23`. An empty Time before a Pause (`ENTER,,1000`) is what
 * clients send; Snom's grammar makes both optional and does not say how to leave out the first.
 */
export function keysRequest(events: readonly KeyEvent[]): HttpRequest {
  return command(`key=${events.map(keyEvent).join(';')}`);
}

function keyEvent({ key, holdMs, pauseMs }: KeyEvent): string {
  const times = pauseMs !== undefined ? [holdMs ?? '', pauseMs] : holdMs !== undefined ? [holdMs] : [];
  return [encodeValue(key), ...times].join(',');
}

/** Each character of a number as a key press of its own. */
export function digitEvents(digits: string): readonly KeyEvent[] {
  return [...digits].map((key) => ({ key }));
}

/** Dials. The phone answers 302. `from`: the identity to dial from, as `user@host`. */
export function dialRequest(to: string, from?: string): HttpRequest {
  const line = from === undefined ? '' : `&outgoing_uri=${encodeValue(from, '@:')}`;
  return { ...command(`number=${encodeValue(to, '@:')}${line}`), rehearsal: { status: 302 } };
}

/** Sends DTMF digits into the active call. */
export function dtmfRequest(digits: string): HttpRequest {
  return command(`key_dtmf=${encodeValue(digits)}`);
}

/** Ends all calls. */
export function releaseAllCallsRequest(): HttpRequest {
  return command('RELEASE_ALL_CALLS');
}

/** Logs off one identity, from 1, or all. */
export function logOffRequest(account?: number): HttpRequest {
  return command(account === undefined ? 'LOGOFFALL' : `LOGOFFLINE=${account}`);
}

/** Re-registers an identity, from 1. The page of 2015 has it on `command.htm`, the current one on `dummy.htm`. */
export function reregisterRequest(account: number, spelling: '2015' | 'CURRENT'): HttpRequest {
  if (spelling === '2015') return command(`REREGISTER=${account}`);
  return { method: 'GET', target: `/dummy.htm?REREGISTER=${account}` };
}

/** Fixes the line info layer of 820 and 821, so that `screen.bmp` shows the screen. */
export function fixLineInfoLayerRequest(): HttpRequest {
  return command('FIX_LIL=true');
}

/** Touches the display of the 870. The spaces of Snom's examples go out as `%20`. */
export function touchRequest(touches: readonly TouchEvent[]): HttpRequest {
  return command(`touch=${encodeValue(touches.map(({ xPx, yPx, action }) => `${xPx} ${yPx} ${action}`).join(' '))}`);
}

function command(query: string): HttpRequest {
  return { method: 'GET', target: `/command.htm?${query}` };
}
