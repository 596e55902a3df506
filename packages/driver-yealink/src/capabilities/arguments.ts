import { failed, invalidArgument, type Outcome } from '@hookswitch/core';
import { leakObjection } from '../action-urls.ts';
import { isXmlText } from '../wire/encoding.ts';
import type { KeyWay } from './way.ts';

/** A value that was taken, or why it was not. */
export type Taken<Value> = { readonly value: Value } | { readonly refusal: Outcome<never> };

/** The value at `argument` cannot be taken. */
export function refuse(argument: string, message: string): { readonly refusal: Outcome<never> } {
  return { refusal: failed(invalidArgument(argument, message)) };
}

const CONTROL = /\p{Cc}/u;

/**
 * A number or SIP URI as the phone dials it: without `sip:`, and without what the phone would read as the beginning of
 * the next key (`;`) or as its own parameter once it has decoded it.
 * @param way by which it goes, where that has an alphabet of its own
 */
export function takeDestination(to: string, argument: string, way?: Pick<KeyWay, 'objectionTo'>): Taken<string> {
  // Spaces around it are a slip of the hand; line ends and their like are not.
  const bare = to.replace(/^ +| +$/g, '').replace(/^(sips?|tel):/i, '');
  if (bare === '') return refuse(argument, 'Give a number or a SIP URI.');
  if (bare.length > 256) return refuse(argument, 'Longer than 256 characters.');
  if (/[\s\p{Cc}]/u.test(bare)) return refuse(argument, 'A number or SIP URI has no spaces and no control characters.');
  if (!isXmlText(bare)) return refuse(argument, 'It holds what is no character.');
  if (bare.includes(';')) {
    return refuse(argument, 'The phone reads `;` as the beginning of another key: leave URI parameters out.');
  }
  const objection = way?.objectionTo(bare) ?? null;
  return objection === null ? { value: bare } : refuse(argument, objection);
}

/** An account as `user@host`. */
export function takeAccount(from: string, argument: string, way?: Pick<KeyWay, 'objectionTo'>): Taken<string> {
  const taken = takeDestination(from, argument, way);
  if ('refusal' in taken) return taken;
  if (!/^[^@\s]+@[^@\s]+$/.test(taken.value)) return refuse(argument, 'Give the account as user@host.');
  return taken;
}

/** The name of a line of the phone's configuration, e.g. `linekey.3.label`. */
export function takeSettingName(name: string, argument: string): Taken<string> {
  if (/^[A-Za-z][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)+$/.test(name)) return { value: name };
  return refuse(argument, 'Give the name as the provisioning file writes it, such as linekey.3.label.');
}

/**
 * The value of a line of the phone's configuration: a line end in it would begin another setting, and where it is a
 * URL, `$cfg_all` would have the phone upload its configuration.
 */
export function takeSettingValue(value: string, argument: string): Taken<string> {
  if (CONTROL.test(value)) return refuse(argument, 'A value is one line without control characters.');
  if (!isXmlText(value)) return refuse(argument, 'It holds characters that XML does not allow.');
  const leak = leakObjection(value);
  return leak === null ? { value } : refuse(argument, leak);
}
