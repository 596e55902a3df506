import { AssertionError } from 'node:assert/strict';
import type { Outcome } from '@hookswitch/core';
import { nameOfMember, nameOfSample } from './names.ts';
import { type MemberTrials, membersOf, type Trial } from './trial.ts';

/*
 * What an author can declare in the harness where a phone is not like most. A case that fails for want of it ends with these
 * words, since nobody finds a declaration of which nobody has told.
 */

/** For a sample that the phone may have no way to serve. Empty for members that are not samples of their own. */
export function refusesHint(member: MemberTrials, trial: Trial): string {
  if (!membersOf(member.capability).some((name) => name === member.member)) return '';
  const name = nameOfSample(member, trial);
  return (
    `\nIf the phone has no way to do this, say invalidArgument() before anything is sent, and declare refuses: [${quoted(name)}] ` +
    'at the phone.'
  );
}

/** For a member that the phone may have no way to serve on a rung. */
function notHereHint(member: MemberTrials): string {
  return `\nIf the phone has no way for any ${member.member} on this rung, declare notHere: [${quoted(nameOfMember(member))}] at the phone.`;
}

/** For an outcome that is no success: what may be declared. */
export function hintOn({ status }: Outcome<unknown>, member: MemberTrials, trial: Trial): string {
  return status === 'NOT_HERE' ? notHereHint(member) : refusesHint(member, trial);
}

/** Where a success follows on a reply that should be none. */
export function unknownSettingHint({ capability }: MemberTrials, status: number): string {
  return capability === 'READ_SETTINGS'
    ? `\nIf that is what the phone says to a setting that it does not know, declare unknownSetting: { status: ${status} } in the harness.`
    : '';
}

/** Where one request differs from the dry run. */
export const CHOSEN_HINT =
  '\nIf they differ in what the phone itself has chosen, such as the token of a login, name that part under chosenByPhone of the harness.';

/** For an action URL of a kind that is not declared. */
export function otherEventsHint(setting: string, isDeclared: boolean): string {
  const word = isDeclared
    ? 'it is declared to be OTHER: take it out of'
    : 'if the contract has no word for it, declare it under';
  return `\n${setting}: ${word} otherEvents, of the harness or of this phone alone.`;
}

/** Runs it; what fails by an assertion says the hint, too. */
export async function hinted(hint: string, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof AssertionError)) throw error;
    const { message, actual, expected, operator } = error;
    throw new AssertionError({ message: `${message}${hint}`, actual, expected, operator });
  }
}

/** As it stands in code: some names have an apostrophe. */
function quoted(name: string): string {
  return name.includes("'") ? JSON.stringify(name) : `'${name}'`;
}
