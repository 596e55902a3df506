import type { PhoneEvent } from '@hookswitch/core';
import type { CommandRequest } from '../application.ts';
import type { EventIntake } from '../events/event-intake.ts';
import type { Caller, Command, Instant } from '../model.ts';
import type { PhoneRegistry, RegisteredPhone } from '../phones/phone-registry.ts';
import type { CommandStore } from '../store/ports.ts';
import { describeDrifts } from './compare-action-urls.ts';
import type { ReadActionUrls } from './read-action-urls.ts';

/** What is wrong with a phone's action URLs, in words, and since when that is known. */
export interface KnownDrift {
  readonly what: string;
  readonly foundAt: Instant;
}

/** What the watch is made of. */
export interface DriftWatchOptions {
  readonly registry: Pick<PhoneRegistry, 'all' | 'get'>;
  readonly readActionUrls: ReadActionUrls;
  /** Whether the phone may be asked now: it has no call, nothing waits for it, and it answers. */
  readonly isFree: (phoneId: string) => boolean;
  readonly intake: () => EventIntake;
  readonly commands: Pick<CommandStore, 'list'>;
  readonly run: (phoneId: string, request: CommandRequest, by: { readonly caller: Caller }) => Promise<Command>;
  /** How often each phone is asked, in milliseconds; 0: never. */
  readonly everyMs: number;
  readonly policy: 'report' | 'repair';
  readonly now: () => Instant;
  /** Milliseconds of a clock that only runs forward: the schedule goes by it. */
  readonly ticks: () => number;
  readonly onDrift: (phone: RegisteredPhone, what: string) => void;
  readonly onError: (error: unknown) => void;
}

/** Compares the action URLs on phones with the wanted ones, tells of each drift once, and repairs it if it may. */
export interface DriftWatch {
  /** Begins the schedule. */
  start(): void;
  /** Takes an event: after a start, a provisioning or another address the phone is asked as soon as it is free. */
  after(phoneId: string, event: PhoneEvent): void;
  /** The phone's own report was refused: its URLs cannot be right, whether they can be read or not. */
  refused(phone: RegisteredPhone): void;
  /** The phone took its action URLs anew. */
  configured(phoneId: string): void;
  /** Null: none is known. */
  of(phoneId: string): KnownDrift | null;
  /** Asks no more, and resolves when nothing runs. */
  stop(): Promise<void>;
}

/** In whose name URLs are repaired: it stands in the list of commands, and tells that a drift was repaired before. */
const GATEWAY: Caller = { id: 'gateway', name: 'gateway: action URLs that drifted' };

const TICK_MS = 60_000;
/** A phone that was busy is looked at again after that. */
const AGAIN_MS = 10 * 60_000;
const REFUSED = 'action URLs hold a token or a path that the gateway does not know: the phone’s reports are refused';

/** @returns a watch that asks nobody before it is started */
export function createDriftWatch(options: DriftWatchOptions): DriftWatch {
  const { registry, everyMs, now, ticks, onError } = options;
  const drifts = new Map<string, KnownDrift>();
  const dueAt = new Map<string, number>();
  const work = new Set<Promise<void>>();
  let ticking = false;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  const track = (job: Promise<void>): void => {
    const done = job.catch(onError).finally(() => work.delete(done));
    work.add(done);
  };
  const found = async (phone: RegisteredPhone, what: string, settings?: readonly string[]): Promise<void> => {
    const { id } = phone.phone;
    if (drifts.get(id)?.what === what) return;
    drifts.set(id, { what, foundAt: now() });
    options.onDrift(phone, what);
    await options.intake().notice(phone, [{ type: 'DEVICE', deviceEventKind: 'ACTION_URLS_DRIFTED' }]);
    if (options.policy === 'repair' && !stopped && (await mayRepair(options.commands, phone))) {
      await options.run(id, { name: 'configureActionUrls', arguments: { settings } }, { caller: GATEWAY });
    }
  };
  const check = async (phoneId: string): Promise<void> => {
    const phone = registry.get(phoneId);
    const compared = await options.readActionUrls(phoneId);
    if (phone === null || compared === null) return;
    const { drifts: wrong } = compared;
    if (wrong.length > 0) {
      await found(
        phone,
        describeDrifts(wrong),
        wrong.map(({ setting }) => setting),
      );
    } else if (drifts.get(phoneId)?.what !== REFUSED) drifts.delete(phoneId);
  };
  /** Phones one after the other: a look at the settings is never urgent. */
  const tick = async (): Promise<void> => {
    if (ticking || stopped) return;
    ticking = true;
    try {
      for (const { phone } of [...registry.all()]) {
        if (stopped) return;
        if (phone.removedAt !== null) continue;
        const due = dueAt.get(phone.id);
        // Spread over the whole time, so that a gateway that starts does not ask all phones at once.
        if (due === undefined) dueAt.set(phone.id, ticks() + Math.random() * everyMs);
        if (due === undefined || due > ticks()) continue;
        // Asked only of those that are due: of 100,000 phones it would stop the gateway.
        const isFree = options.isFree(phone.id);
        dueAt.set(phone.id, ticks() + (isFree ? everyMs * (0.9 + Math.random() / 5) : againMs));
        if (isFree) await check(phone.id).catch(onError);
      }
    } finally {
      ticking = false;
    }
  };
  const againMs = Math.min(everyMs, AGAIN_MS);

  return {
    start() {
      if (everyMs === 0) return;
      timer = setInterval(() => track(tick()), Math.max(10, Math.min(TICK_MS, everyMs / 10))).unref();
    },
    after(phoneId, event) {
      if (everyMs === 0 || stopped || event.type !== 'DEVICE' || !CAUSES.has(event.deviceEventKind)) return;
      dueAt.set(phoneId, ticks());
      track(tick());
    },
    refused(phone) {
      if (!stopped) track(found(phone, REFUSED));
    },
    configured: (phoneId) => void drifts.delete(phoneId),
    of: (phoneId) => drifts.get(phoneId) ?? null,
    async stop() {
      stopped = true;
      clearInterval(timer);
      await Promise.all(work);
    },
  };
}

const CAUSES: ReadonlySet<string> = new Set(['STARTED', 'PROVISIONED', 'ADDRESS_CHANGED']);

/**
 * Not where the last to write them was the gateway, by itself: somebody undid that, and two that manage a phone must not
 * fight. Whoever gives configureActionUrls makes the gateway the manager again.
 */
async function mayRepair(commands: Pick<CommandStore, 'list'>, { phone, ladders }: RegisteredPhone): Promise<boolean> {
  if (ladders.ACTION_URLS === undefined) return false;
  const { items } = await commands.list({ phoneIds: [phone.id], names: ['configureActionUrls'] }, { limit: 1 });
  return items[0]?.requestedBy !== GATEWAY.name;
}
