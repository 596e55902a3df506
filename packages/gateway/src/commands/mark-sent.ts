import { LaneLost } from '../cluster/lane-lost.ts';
import type { Command } from '../model.ts';
import { isOvertaken } from '../store/store-away.ts';
import { meantCall, picturesOf } from './call-picture.ts';
import type { CommandExecutionOptions } from './command-execution-options.ts';
import { expectationOf } from './expectations.ts';
import { type Journey, withTimeout } from './journey.ts';
import type { ResolvedCommand } from './resolve-command.ts';

/**
 * On disk before a byte leaves: after a crash it is known that the phone may have acted. That a command was queued may still be on its way
 * there: a store that keeps the order takes both in one commit.
 * @param announce tells a change that is in the store
 */
export async function markSent(
  { confirmations, now, store }: CommandExecutionOptions,
  journeys: readonly Journey[],
  announce: (command: Command, resolved: ResolvedCommand) => Command,
): Promise<void> {
  for (const journey of journeys) {
    if (store.keepsOrder !== true) await journey.recorded;
    const { phone, command, calls } = journey;
    const pictures = picturesOf(calls, confirmations.callChanges(phone.phone.id));
    const meant = meantCall(journey.resolved, pictures);
    const resolved = { ...journey.resolved, callId: journey.resolved.callId ?? meant?.id ?? null };
    journey.resolved = resolved;
    journey.unrecorded = true;
    const sent: Command = { ...command, status: 'SENT', callId: resolved.callId, sentAt: now() };
    await Promise.all([journey.recorded, store.update(sent)]).catch((error: unknown) => {
      if (!isOvertaken(error)) throw error;
      journey.overtaken = true;
      throw new LaneLost();
    });
    journey.command = announce(sent, resolved);
    journey.unrecorded = false;
    const expectation = expectationOf({ resolved, calls, meant });
    journey.expectation = expectation;
    if (expectation !== null) journey.awaited = confirmations.await(phone.phone.id, withTimeout(expectation, journey));
  }
}
