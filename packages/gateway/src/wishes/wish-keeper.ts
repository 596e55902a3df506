import type { PhoneEvent } from '@hookswitch/core';
import type { ResolvedCommand } from '../commands/resolve-command.ts';
import type { Command, Instant, SwitchFeature } from '../model.ts';
import type { PhoneStore } from '../store/ports.ts';
import { createOwnEchoes } from './own-echoes.ts';
import { type Cause, createWishSender, type WishSenderOptions } from './send-wishes.ts';
import { contradicts, switchOf, wishOf } from './switch-wishes.ts';

/** What keeping wishes needs. */
export interface WishKeeperOptions extends WishSenderOptions {
  readonly store: Pick<PhoneStore, 'leds' | 'features' | 'wishes' | 'putWish' | 'dropWish'>;
  readonly now: () => Instant;
  /** Milliseconds of a clock that only runs forward. */
  readonly ticks: () => number;
  /** A phone undid a switch at once that was set again for it: it is let be until its next start or registration. */
  readonly onGivenUp: (phoneId: string, feature: SwitchFeature) => void;
  readonly onError: (error: unknown) => void;
}

/** Lights and kept switches are desired state: a phone that forgot them is told again, once a cause. */
export interface WishKeeper {
  /** Takes a command that has changed: one that set a switch declares a wish or ends it. */
  follow(command: Command, resolved: ResolvedCommand): void;
  /** Takes an event of a phone. Each cause sends the wishes once; those that come while it runs count as one. */
  after(phoneId: string, event: PhoneEvent): void;
  /** Takes no more, and resolves when nothing runs. */
  stop(): Promise<void>;
}

/** A switch that is undone sooner after it was set again is undone by something that would never stop. */
const QUIET_MS = 60_000;

/** @returns what is to be told of every event and of every command */
export function createWishKeeper(options: WishKeeperOptions): WishKeeper {
  const { store, now, ticks, onError } = options;
  /** Causes that wait while a phone is told, by phone. */
  const running = new Map<string, Set<Cause>>();
  const work = new Set<Promise<void>>();
  /** What was read and written of a phone's wishes last: the next one waits for it. */
  const turns = new Map<string, Promise<void>>();
  const echoes = createOwnEchoes(ticks);
  const reappliedAt = new Map<string, number>();
  const declared = new Set<string>();
  let stopped = false;

  const track = (job: Promise<void>): void => {
    const done = job.catch(onError).finally(() => work.delete(done));
    work.add(done);
  };
  const inTurn = (phoneId: string, job: () => Promise<void>): void => {
    const turn = (turns.get(phoneId) ?? Promise.resolve()).then(job).catch(onError);
    turns.set(phoneId, turn);
    track(turn);
  };
  const sender = createWishSender(options, () => stopped);

  const tell = async (phoneId: string, first: Cause): Promise<void> => {
    let causes = new Set<Cause>([first]);
    do {
      running.set(phoneId, new Set());
      if (causes.has('STARTED') || causes.has('REGISTERED')) await sender.leds(phoneId);
      await sender.switches(phoneId, causes);
      causes = running.get(phoneId) ?? new Set();
    } while (causes.size > 0 && !stopped);
  };
  const because = (phoneId: string, cause: Cause): void => {
    if (stopped) return;
    const waiting = running.get(phoneId);
    if (waiting !== undefined) {
      waiting.add(cause);
      return;
    }
    running.set(phoneId, new Set());
    track(tell(phoneId, cause).finally(() => running.delete(phoneId)));
  };
  /** Somebody at the phone, or the phone itself, set a switch. */
  const changedAtPhone = async (phoneId: string, event: PhoneEvent & { type: 'FEATURE' }): Promise<void> => {
    for (const wish of await store.wishes(phoneId)) {
      if (!contradicts(event, wish)) continue;
      const { feature, keep } = wish;
      if (keep === 'UNTIL_CHANGED_AT_PHONE') {
        await store.dropWish(phoneId, feature);
        continue;
      }
      const key = `${phoneId} ${feature}`;
      const last = reappliedAt.get(key);
      reappliedAt.set(key, ticks());
      if (last === undefined || ticks() - last > QUIET_MS) because(phoneId, feature);
      else options.onGivenUp(phoneId, feature);
    }
  };

  return {
    follow(command, resolved) {
      const feature = switchOf(resolved);
      if (feature === null) return;
      const { id, phoneId, status, settledAt } = command;
      if (status === 'SENT') echoes.expect(phoneId, resolved);
      if (status !== 'ACCEPTED' && status !== 'CONFIRMED') return;
      // It is told again when it is settled: by then somebody may have changed the switch at the phone.
      const isFirst = !declared.has(id);
      if (settledAt === null) declared.add(id);
      else declared.delete(id);
      if (!isFirst) return;
      const wish = wishOf(command, resolved, now());
      inTurn(phoneId, () => (wish === null ? store.dropWish(phoneId, feature) : store.putWish(phoneId, wish)));
    },
    after(phoneId, event) {
      if (stopped) return;
      if (event.type === 'FEATURE') {
        if (!echoes.take(phoneId, event)) inTurn(phoneId, () => changedAtPhone(phoneId, event));
      } else if (event.type === 'DEVICE' && event.deviceEventKind === 'STARTED') because(phoneId, 'STARTED');
      // A phone that was not registered may have dropped what was sent to it.
      else if (event.type === 'REGISTRATION' && event.registrationState === 'REGISTERED') {
        because(phoneId, 'REGISTERED');
      }
    },
    async stop() {
      stopped = true;
      while (work.size > 0) await Promise.all(work);
    },
  };
}
