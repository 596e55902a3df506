import type { Result } from '../application.ts';
import { findingOf, type ReadingService } from '../readings/reading-service.ts';
import type { LaneAnswerer } from './lane-calls.ts';
import { type LaneRouter, LaneUnreached } from './lane-router.ts';

/** Readings of every phone: each is asked by the gateway that owns it. */
export function routedReadings(own: ReadingService, lanes: Pick<LaneRouter, 'ask'>): ReadingService {
  const asked = async <Value>(
    question: { readonly phoneId: string; readonly kind: keyof ReadingService; readonly given: readonly unknown[] },
    here: () => Promise<Result<Value>>,
  ): Promise<Result<Value>> => {
    try {
      return await lanes.ask(question, here);
    } catch (error) {
      if (error instanceof LaneUnreached) return { ok: false, failure: error.failure };
      throw error;
    }
  };
  return {
    phoneInfo: (phoneId, caller) =>
      asked({ phoneId, kind: 'phoneInfo', given: [caller] }, () => own.phoneInfo(phoneId, caller)),
    settings: (phoneId, names) =>
      asked({ phoneId, kind: 'settings', given: [names ?? null] }, () => own.settings(phoneId, names)),
    screen: (phoneId, caller) => asked({ phoneId, kind: 'screen', given: [caller] }, () => own.screen(phoneId, caller)),
    async diagnosis(phoneId, caller) {
      try {
        return await lanes.ask({ phoneId, kind: 'diagnosis', given: [caller] }, () => own.diagnosis(phoneId, caller));
      } catch (error) {
        if (error instanceof LaneUnreached) return [findingOf(error.failure)];
        throw error;
      }
    },
  };
}

/** What answers other gateways' readings of this one's phones. What is given is what {@link routedReadings} gave there. */
export function readingAnswerers(own: ReadingService): Readonly<Record<keyof ReadingService, LaneAnswerer>> {
  type Given<Name extends keyof ReadingService> = Parameters<ReadingService[Name]>[1];
  return {
    phoneInfo: (phoneId, [caller]) => own.phoneInfo(phoneId, caller as Given<'phoneInfo'>),
    settings: (phoneId, [names]) => own.settings(phoneId, (names ?? undefined) as Given<'settings'>),
    screen: (phoneId, [caller]) => own.screen(phoneId, caller as Given<'screen'>),
    diagnosis: (phoneId, [caller]) => own.diagnosis(phoneId, caller as Given<'diagnosis'>),
  };
}
