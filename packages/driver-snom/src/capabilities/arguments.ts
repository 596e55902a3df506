import { failed, invalidArgument, type Outcome } from '@hookswitch/core';
import { hasControlCharacters } from '../wire/encode.ts';

/** A refusal of an argument, before any traffic. */
export function refuse(argument: string, message: string): Outcome<never> {
  return failed(invalidArgument(argument, message));
}

/** Why a number or SIP URI cannot be dialled; null: it can. */
export function undialable(argument: string, to: string): Outcome<never> | null {
  if (to.trim() === '') return refuse(argument, 'There is nothing to dial.');
  if (to.length > 256) return refuse(argument, 'Longer than 256 characters.');
  if (/\s/.test(to) || hasControlCharacters(to)) {
    return refuse(argument, 'A number or SIP URI has no spaces and no control characters.');
  }
  return null;
}

/** Why nobody can dial from that identity; null: somebody can, or none is named. */
export function wrongIdentity(argument: string, from: string | undefined): Outcome<never> | null {
  if (from === undefined || (/^[^@\s]+@[^@\s]+$/.test(from) && !hasControlCharacters(from))) return null;
  return refuse(argument, 'The identity to dial from, as user@host.');
}

/** Whether each character is a key of the keypad. */
export function isKeypadNumber(to: string): boolean {
  return /^[0-9*#]+$/.test(to);
}

/** Why a count from 1 is out of range; null: it is in it. */
export function outOfRange(argument: string, value: number, most: number): Outcome<never> | null {
  if (Number.isInteger(value) && value >= 1 && value <= most) return null;
  return refuse(argument, `Snom phones take 1 to ${most}.`);
}
