import type { DriverContext, Outcome } from '@hookswitch/core';
import { cancelKey, conferenceKey, holdKey } from '../keys.ts';
import type { SnomPhone } from '../phone.ts';
import { keysRequest } from '../wire/command-htm.ts';
import { type Fragment, keyFragment, silentDocument, xmlNotify } from '../wire/snom-xml-notify.ts';
import { sendPage, sendSip } from './send.ts';

/** A way to press one key, and what it calls the keys that commands need. */
export interface Keypad {
  readonly press: (context: DriverContext, key: string) => Promise<Outcome>;
  readonly answer: string;
  readonly cancel: string;
  readonly hold: string;
  readonly mute: string;
  readonly doNotDisturb: string;
  readonly conference: string;
}

/** Keys by `command.htm`. Answering is by the option `answerKey`; 1xx and 2xx have keys of their own. */
export function pageKeypad(phone: SnomPhone): Keypad {
  return {
    press: (context, key) => sendPage(context, keysRequest([{ key }])),
    answer: phone.options.answerKey,
    cancel: cancelKey(phone),
    hold: holdKey(phone),
    mute: 'MUTE',
    doNotDisturb: 'DND',
    conference: conferenceKey(phone),
  };
}

/**
 * Keys by NOTIFY, as client code that was tried on a D862 names them. There ENTER answers; OFFHOOK, ANSWER, F_ANSWER and OK
 * did nothing, so the option `answerKey` has no say.
 */
export function notifyKeypad(phone: SnomPhone): Keypad {
  return {
    press: (context, key) => sendFragment(context, keyFragment(key)),
    answer: 'ENTER',
    cancel: 'F_CANCEL',
    hold: holdKey(phone),
    mute: 'F_MUTE',
    doNotDisturb: 'F_DND',
    conference: conferenceKey(phone),
  };
}

/** Sends one fragment in a document of its own. */
export function sendFragment(context: DriverContext, fragment: Fragment): Promise<Outcome> {
  return sendSip(context, xmlNotify(silentDocument(fragment)));
}
