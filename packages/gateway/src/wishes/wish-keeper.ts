import type { PhoneEvent } from '@hookswitch/core';
import type { ResolvedCommand } from '../commands/resolve-command.ts';
import type { Command, Instant, SwitchFeature } from '../model.ts';
import type { PhoneStore } from '../store/ports.ts';
import { createOwnEchoes } from './own-echoes.ts';
import { type BackSign, createRestarts } from './restarts.ts';
import { createRounds } from './rounds.ts';
import { createWishSender, type WishSenderOptions } from './send-wishes.ts';
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
  /**
   * Takes an event of a phone. Each cause sends the wishes once; those that come while it runs count as one, and a restart
   * sets a switch once, however the phone tells of it.
   */
  after(phoneId: string, event: PhoneEvent): void;
  /** Takes no more, and resolves when nothing runs. */
  stop(): Promise<void>;
}

/** A switch that is undone sooner after it was set again is undone by something that would never stop. */
const QUIET_MS = 60_000;

/** @returns what is to be told of every event and of every command */
export function createWishKeeper(options: WishKeeperOptions): WishKeeper {
  const { store, now, ticks, onError } = options;
  const work = new Set<Promise<void>>();
  /** What was read and written of a phone's wishes last: the next one waits for it. */
  const turns = new Map<string, Promise<void>>();
  const echoes = createOwnEchoes(ticks);
  const reappliedAt = new Map<string, Map<SwitchFeature, number>>();
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
  const restarts = createRestarts(ticks);
  const sender = createWishSender(options, { isStopped: () => stopped, restarts });
  const rounds = createRounds({ sender, isStopped: () => stopped, track });
  const back = (phoneId: string, sign: BackSign): void => {
    // A phone that was given up gets another try.
    if (restarts.back(phoneId, sign)) reappliedAt.delete(phoneId);
    rounds.because(phoneId, sign);
  };
  /** Somebody at the phone, or the phone itself, set a switch. */
  const changedAtPhone = async (phoneId: string, event: PhoneEvent & { type: 'FEATURE' }): Promise<void> => {
    for (const wish of await store.wishes(phoneId)) {
      const { feature, keep } = wish;
      if (!contradicts(event, wish) || restarts.explains(phoneId, feature)) continue;
      // What it says may be from before the phone is told: it is told now, unless it took it meanwhile.
      if (rounds.isAboutAll(phoneId)) {
        rounds.because(phoneId, feature);
        continue;
      }
      if (keep === 'UNTIL_CHANGED_AT_PHONE') {
        await store.dropWish(phoneId, feature);
        continue;
      }
      const reapplied = reappliedAt.get(phoneId) ?? new Map<SwitchFeature, number>();
      const last = reapplied.get(feature);
      reappliedAt.set(phoneId, reapplied.set(feature, ticks()));
      if (last === undefined || ticks() - last > QUIET_MS) rounds.because(phoneId, feature);
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
      } else if (event.type === 'DEVICE' && event.deviceEventKind === 'STARTED') back(phoneId, 'STARTED');
      else if (event.type === 'REGISTRATION') {
        // A phone that was not registered may have dropped what was sent to it.
        if (event.registrationState === 'REGISTERED') back(phoneId, 'REGISTERED');
        else restarts.gone(phoneId);
      }
    },
    async stop() {
      stopped = true;
      while (work.size > 0) await Promise.all(work);
    },
  };
}
