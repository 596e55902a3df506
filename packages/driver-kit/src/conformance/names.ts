import type { MemberTrials, Trial } from './trial.ts';

/** `RINGTONE: playRingtone, the first`: the same on each rung. */
export function nameOfSample(
  { capability, member }: Pick<MemberTrials, 'capability' | 'member'>,
  { name }: Pick<Trial, 'name'>,
): string {
  return `${capability}: ${member}, ${name}`;
}

/** `DISPLAY over HTTP: pushXml`. */
export function nameOfMember({ capability, rung, member }: MemberTrials): string {
  return `${capability} over ${rung}: ${member}`;
}

/** `PROVISION over SIP_NOTIFY: provision, at once`. */
export function nameOnRung(member: MemberTrials, { name }: Pick<Trial, 'name'>): string {
  return `${nameOfMember(member)}, ${name}`;
}
