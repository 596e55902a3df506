import type { SnomParts } from '../parts.ts';
import { functionKeySetting } from './function-key-settings.ts';

/** A line key held longer than this fires `action_longpress_url` (Symcon's Snom module). */
const LONG_PRESS_MS = 2000;

type KeyFunction = (parts: SnomParts, key: string, value: string) => void;

const dial: KeyFunction = ({ desk }, _key, value) => {
  // `blf 1002|*8` carries the pickup code behind the number.
  const number = value
    .replace(/\|.*$/, '')
    .replace(/^<?sips?:|>$/gi, '')
    .trim();
  if (number !== '') desk.dialOrTransfer(number);
};

/** A line key answers, resumes or holds the call that is on it; a free one dials what was typed. */
const line: KeyFunction = ({ telephony, lineKeys, desk }, key) => {
  const leg = lineKeys.legAt(key);
  if (leg === undefined) {
    if (desk.digits !== '') desk.confirm();
  } else if (!telephony.answer(leg) && !telephony.resume(leg)) telephony.hold(leg);
};

/** What a programmable key does by the type in its `fkeyN`. Types that need SIP or a server are not here: they do nothing. */
const FUNCTIONS: Readonly<Record<string, KeyFunction>> = {
  line,
  speed: dial,
  dest: dial,
  blf: dial,
  icom: dial,
  orbit: dial,
  url: ({ reporter, telephony }, _key, value) => {
    const leg = telephony.focus;
    void reporter.fireUrl('fkey', value, leg === undefined ? {} : { leg });
  },
  keyevent: ({ desk }, _key, value) => {
    if (/^F_/i.test(value)) desk.press(value.toUpperCase());
  },
  dtmf: ({ telephony }, _key, value) => {
    if (telephony.focus !== undefined) telephony.sendDigits(telephony.focus, value);
  },
  button: ({ buttons }, key) => buttons.press(key),
  conference: ({ desk }) => desk.conference(),
  transfer: ({ desk }) => desk.transfer(),
  redirect: ({ features }, _key, value) => {
    const { on, target } = features.forward('always');
    const wanted = value === '' ? target : value;
    if (wanted !== '') features.setForward('always', { on: !on, target: wanted });
  },
};

/** Presses a programmable key. A long press of a line key is reported and does nothing else. */
export const pressFunctionKey = (parts: SnomParts, key: string, heldMs: number): void => {
  const { type, value } = functionKeySetting(parts, key);
  if (heldMs > LONG_PRESS_MS && type === 'line') {
    void parts.reporter.report('action_longpress_url', { longpressKey: key });
    return;
  }
  FUNCTIONS[type]?.(parts, key, value);
};
