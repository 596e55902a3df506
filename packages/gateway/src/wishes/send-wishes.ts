import type { CommandRequest } from '../application.ts';
import type { CommandService } from '../commands/command-service.ts';
import type { Caller, SwitchFeature } from '../model.ts';
import type { PhoneRegistry } from '../phones/phone-registry.ts';
import type { PhoneStore } from '../store/ports.ts';
import type { Restarts } from './restarts.ts';
import { isAsWished, ledCommand, ledRequest, switchRequest } from './switch-wishes.ts';

/** Why a phone is told again: it started, it registered, or that switch is not as wished any more. */
export type Cause = 'STARTED' | 'REGISTERED' | SwitchFeature;

/** What sending wishes needs. */
export interface WishSenderOptions {
  readonly store: Pick<PhoneStore, 'leds' | 'features' | 'wishes'>;
  readonly registry: PhoneRegistry;
  readonly commands: Pick<CommandService, 'run' | 'runLeds'>;
}

/** What tells a sender when to let a switch be. */
export interface SenderHints {
  /** Asked before each command. */
  readonly isStopped: () => boolean;
  readonly restarts: Pick<Restarts, 'mending' | 'isMended'>;
}

/** Gives the commands that bring wishes about, one after the other but for lights that go in one request. */
export interface WishSender {
  leds(phoneId: string): Promise<void>;
  /**
   * After a start all of them: what was known of the phone is over. Else those that are a cause, and those that differ. What
   * has been set again in the same restart is let be.
   */
  switches(phoneId: string, causes: ReadonlySet<Cause>): Promise<void>;
}

/** In whose name wishes are sent: it stands in the list of commands. */
const GATEWAY: Caller = { id: 'gateway', name: 'gateway: lights and switches as wished' };

/** @returns what sends the wishes of one phone */
export function createWishSender(
  { store, registry, commands }: WishSenderOptions,
  { isStopped, restarts }: SenderHints,
): WishSender {
  const can = (phoneId: string, capability: 'LED' | 'DO_NOT_DISTURB' | 'FORWARDING'): boolean =>
    !isStopped() && registry.get(phoneId)?.ladders[capability] !== undefined;
  const give = (phoneId: string, request: CommandRequest) => commands.run(phoneId, request, { caller: GATEWAY });
  return {
    async leds(phoneId) {
      const wished = await store.leds(phoneId);
      const together = registry.get(phoneId)?.ladders.LED?.[0].together;
      const joined: (typeof wished)[number][] = [];
      for (const led of wished) if ((await together?.takes(ledCommand(led))) === true) joined.push(led);
      const inOne = joined.length > 1 && can(phoneId, 'LED') ? joined : [];
      if (inOne.length > 0) await commands.runLeds(phoneId, inOne.map(ledRequest), { caller: GATEWAY });
      for (const { key } of wished.filter((led) => !inOne.includes(led))) {
        // As it is wished now: somebody may have changed it since the list was read.
        const led = (await store.leds(phoneId)).find((one) => one.key === key);
        if (!can(phoneId, 'LED')) return;
        if (led !== undefined) await give(phoneId, ledRequest(led));
      }
    },
    async switches(phoneId, causes) {
      const isAboutAll = causes.has('STARTED') || causes.has('REGISTERED');
      const known = causes.has('STARTED') ? [] : await store.features(phoneId);
      for (const { feature } of await store.wishes(phoneId)) {
        const wish = (await store.wishes(phoneId)).find((one) => one.feature === feature);
        if (wish === undefined || restarts.isMended(phoneId, feature)) continue;
        const isDue = causes.has(feature) || (isAboutAll && !isAsWished(wish, known));
        const capability = feature === 'DO_NOT_DISTURB' ? feature : 'FORWARDING';
        if (!isDue || !can(phoneId, capability)) continue;
        const mended = restarts.mending(phoneId, feature);
        const { status, sentAt, changed } = await give(phoneId, switchRequest(wish));
        // What a switch alone was the cause of may be lost in a restart that goes on, and what is known may be from before it.
        if (isAboutAll && sentAt !== null && (status === 'CONFIRMED' || status === 'ACCEPTED')) mended(changed);
      }
    },
  };
}
