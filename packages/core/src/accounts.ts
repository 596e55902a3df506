import { invalidArgument } from './failures.ts';
import { failed, type Outcome } from './outcome.ts';

/** What {@link accountUris} gives is made of these. */
export const ACCOUNT_URI = /^[^\s@;&=]+@[^\s@;&=]+$/;

/** The accounts of a phone as somebody writes them in an option, `anna@pbx.example, sip:bert@pbx.example`, without their schemes. */
export function accountUris(text: string): string[] {
  return text
    .split(',')
    .map((uri) => uri.trim().replace(/^sips?:/i, ''))
    .filter((uri) => uri !== '');
}

/**
 * The place of an account in a list, from 0; null: nobody named one.
 * @param where completes "It is none of the" where it is not in the list: `accounts in the option accounts`
 * @returns a failure then
 */
export function placeOfAccount(
  from: string | undefined,
  accounts: readonly string[],
  where: string,
): number | null | Extract<Outcome<never>, { readonly status: 'FAILED' }> {
  if (from === undefined) return null;
  const place = accounts.indexOf(from.replace(/^sips?:/i, ''));
  return place === -1 ? failed(invalidArgument('from', `It is none of the ${where}.`)) : place;
}
