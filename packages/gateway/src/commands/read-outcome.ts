import type { LadderResult } from './climb-ladder.ts';
import type { ResolvedCommand } from './resolve-command.ts';

/** Settings of which the phone does not tell what they hold now. */
export function unreadableOf(
  { name }: ResolvedCommand,
  outcome: LadderResult<unknown>['outcome'],
): readonly string[] | null {
  if (name !== 'configureActionUrls' || !('value' in outcome)) return null;
  const { value } = outcome;
  return typeof value === 'object' && value !== null && 'unreadable' in value
    ? (value.unreadable as readonly string[])
    : null;
}

/** Whether no reply came. */
export function isSilence(outcome: LadderResult<unknown>['outcome']): boolean {
  if (outcome.status === 'FAILED') return outcome.failure.code === 'PHONE_UNREACHABLE';
  return outcome.status === 'UNKNOWN';
}
