import type { Command } from '../live/documents.ts';

/** How far a command has come, for people. */
export type CommandTone = 'busy' | 'good' | 'accepted' | 'bad' | 'unsure';

const TONES: Readonly<Record<Command['status'], CommandTone>> = {
  QUEUED: 'busy',
  SENT: 'busy',
  ACCEPTED: 'accepted',
  CONFIRMED: 'good',
  FAILED: 'bad',
  UNKNOWN: 'unsure',
};

/** The tone of a command. */
export function toneOf({ status }: Pick<Command, 'status'>): CommandTone {
  return TONES[status];
}

const UNPROVEN: Readonly<Record<NonNullable<Command['unproven']>, string>> = {
  GATEWAY_STOPPED: 'The gateway stopped while it waited for the proof.',
  NEVER_HEARD: 'This phone has never reported anything: write its action URLs, then check the event path.',
  NOT_REPORTABLE: 'No event of this phone tells this effect: its word is all there is.',
  NOT_REPORTED: 'The phone reports such things and did not: it probably had no effect. Look at the phone.',
};

/** What became of a command, and what to do where something is left to do. */
export function outcomeOf(command: Command): string {
  const { status, failure, changed, unproven, confirmedBy, settledAt } = command;
  if (failure !== null) return failure.message;
  if (unproven !== null) return UNPROVEN[unproven];
  switch (status) {
    case 'QUEUED':
      return 'Waits for its turn at the phone.';
    case 'SENT':
      return 'Sent; the phone has not answered yet.';
    case 'ACCEPTED':
      return settledAt === null ? 'The phone took it; its event has not come yet.' : 'The phone took it.';
    case 'CONFIRMED':
      if (changed === false) return 'The phone already was as asked; nothing was sent.';
      return confirmedBy?.vendorEvent ? `Proven by the phone’s event “${confirmedBy.vendorEvent}”.` : 'Proven.';
    case 'UNKNOWN':
      return 'Nobody knows whether it reached the phone. It is not sent again by itself: look at the phone first.';
    case 'FAILED':
      return 'It failed.';
  }
}

/** Whether somebody should see to it: it failed, or it is not known, or probably did nothing. */
export function needsLook({ status, failure, unproven }: Pick<Command, 'status' | 'failure' | 'unproven'>): boolean {
  return failure !== null || unproven === 'NOT_REPORTED' || status === 'FAILED' || status === 'UNKNOWN';
}

/** `setDoNotDisturb` → `Set do not disturb`. */
export function commandName(name: string): string {
  const words = name
    .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .replace(/\burls\b/, 'URLs')
    .replace(/\b(api|dtmf|led|xml)\b/g, (word) => word.toUpperCase());
  return words.charAt(0).toUpperCase() + words.slice(1);
}
