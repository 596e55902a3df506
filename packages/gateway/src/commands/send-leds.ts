import type { Commands, DriverContext } from '@hookswitch/core';
import type { Command } from '../model.ts';
import type { Carriers, PhoneLinks } from '../phones/phone-links.ts';
import type { RegisteredPhone } from '../phones/phone-registry.ts';
import { type LadderResult, notClimbed, outcomeOf } from './climb-ladder.ts';
import type { Journey } from './journey.ts';

/** What lights are sent with. */
export interface LedsOnTheirWay {
  readonly links: PhoneLinks;
  /** As it is now; null: there is none any more. */
  readonly phone: RegisteredPhone | null;
  /** Aborts when the time is over. */
  readonly signal: AbortSignal;
  /** The context's transports, with what is to happen before the first byte leaves. */
  readonly around: (context: DriverContext) => Carriers;
  /** A driver that threw. */
  readonly onError: (error: unknown, command: Command) => void;
}

/**
 * Sends lights in one request, on the phone's first way to lights: the outcome is that of each of them.
 * @returns null where that way does not take all of them now, and nothing was done: they are to be given one by one
 */
export async function sendLeds(
  journeys: readonly Journey[],
  { links, phone, signal, around, onError }: LedsOnTheirWay,
): Promise<LadderResult<undefined> | null> {
  const [first] = journeys;
  const rung = phone?.ladders.LED?.[0];
  if (first === undefined || phone === null || rung?.together === undefined) return null;
  const { transport, together } = rung;
  const commands: Commands['setLed'][] = [];
  for (const journey of journeys) {
    const checked = await journey.check();
    if ('refused' in checked || checked.resolved.name !== 'setLed') return null;
    if (!(await together.takes(checked.resolved.command))) return null;
    commands.push(checked.resolved.command);
  }
  const { id } = phone.phone;
  const refused = links.refusal(id);
  if (refused !== null) return notClimbed({ status: 'FAILED', failure: refused });
  const context = await links.context(phone, signal);
  try {
    const outcome = await outcomeOf(() => together.setLeds(commands, { ...context, ...around(context) }), signal);
    if (outcome.status === 'NOT_HERE') return null;
    if (outcome.status === 'FAILED') links.recordFailure(id, outcome.failure, transport);
    return { transport, skipped: [], outcome };
  } catch (error) {
    onError(error, first.command);
    return notClimbed({ status: 'UNKNOWN', reason: 'The driver failed.' });
  }
}
