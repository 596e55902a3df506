import type { Party } from '@hookswitch/core';

/** What stands where the end of a number stood; of one length, so that it does not tell the number's. */
const HIDDEN = '***';
const MOST_SHOWN = 4;
/** Fewer digits are no number. */
const FEWEST_DIGITS = 3;

// Addresses and clock times are no numbers. The repetitions cannot overlap: a text made for it cannot keep them busy.
const NUMBERS = /\b\d{1,3}(?:\.\d{1,3}){3}\b|\b[0-9a-f]{2}(?::[0-9a-f]{2}){5}\b|\+?\(?\d(?:[ ()/.-]{0,2}\d){2,40}/gi;
const ADDRESS = /^\d{1,3}(?:\.\d{1,3}){3}$|:/;

/**
 * A number cut short: of n digits the first half stays, at most four, and what stood between them.
 * `+49 30 1234567` → `+49 30***`, `0301234567` → `0301***`, `201` → `2***`.
 */
export function maskNumber(number: string): string {
  const digits = number.replace(/\D/g, '').length;
  if (digits === 0) return number;
  const shown = Math.min(MOST_SHOWN, Math.floor(digits / 2));
  let seen = 0;
  let kept = '';
  for (const character of number) {
    if (/\d/.test(character) && ++seen > shown) break;
    kept += character;
  }
  return `${kept.trimEnd()}${HIDDEN}`;
}

/** Cuts everything in a text short that could be a phone number. IPv4 and MAC addresses stay. */
export function maskText(text: string): string {
  return text.replace(NUMBERS, (found) =>
    ADDRESS.test(found) || found.replace(/\D/g, '').length < FEWEST_DIGITS ? found : maskNumber(found),
  );
}

/** The user of a URI cut short; its host stays. */
export function maskUri(uri: string): string {
  const [, scheme = '', user = '', rest = ''] = /^((?:sips?|tel):)?([^@;]*)(.*)$/s.exec(uri) ?? [];
  return `${scheme}${/^[+\d]/.test(user) ? maskNumber(user) : maskText(user)}${maskText(rest)}`;
}

/** A party without its number. A name stays, unless it is made of digits. */
export function maskParty({ number, uri, displayName }: Party): Party {
  return {
    number: number === null ? null : maskNumber(number),
    uri: uri === null ? null : maskUri(uri),
    displayName: displayName === null ? null : maskText(displayName),
  };
}
