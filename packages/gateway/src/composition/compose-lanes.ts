import type { CommandRequest } from '../application.ts';
import { type SharedFeed, shareProgress } from '../cluster/command-progress.ts';
import { createLaneCalls, type LaneAnswerer, type LaneCalls } from '../cluster/lane-calls.ts';
import { createLaneRouter, type LaneRouter } from '../cluster/lane-router.ts';
import type { LeasedLanes } from '../cluster/leased-lanes.ts';
import { type Resuming, resumeRecorded } from '../cluster/resume-recorded.ts';
import { readingAnswerers, routedReadings } from '../cluster/routed-readings.ts';
import { settleOpenCommands } from '../cluster/settle-open.ts';
import { type CommandFeed, createCommandFeed } from '../commands/command-feed.ts';
import type { Caller, Command } from '../model.ts';
import type { PhoneLinks } from '../phones/phone-links.ts';
import type { PhoneRegistry } from '../phones/phone-registry.ts';
import type { ReadingService } from '../readings/reading-service.ts';
import type { CommandStore } from '../store/ports.ts';
import type { Outward } from './compose-commands.ts';
import type { Container } from './container.ts';
import { CONFIG, LEASES, LOG, NOW, resolve, SECRET_BOX, STORE, TICKS } from './tokens.ts';

/** What decides who talks to a phone. */
export interface LaneParts {
  /** Left out: this gateway talks to all of them. */
  readonly router?: LaneRouter;
  readonly readings: ReadingService;
  readonly feed: CommandFeed;
  /** Takes its share of the phones. Resolves when it has what is free. */
  join(): Promise<void>;
  /** Takes nothing new. */
  leave(): void;
  /** The other gateways have everything from now on. What still waits here is done by them, if that takes no longer. */
  handOver(graceMs: number): Promise<void>;
}

/** What the lanes are joined with. */
interface LaneConnections {
  readonly registry: PhoneRegistry;
  readonly links: PhoneLinks;
  /** Of the phones that this gateway owns. */
  readonly ownReadings: ReadingService;
  /** Made later. */
  readonly outward: () => Outward;
}

/** Joins what decides who talks to a phone. Nothing is asked of others before {@link LaneParts.join}. */
export function composeLanes(container: Container, parts: LaneConnections): LaneParts {
  const { lanes: leases } = resolve(container, LEASES);
  const { bus, lanes: store } = resolve(container, STORE);
  if (leases === null || bus === undefined || store === undefined) {
    const nothing = async () => {};
    const feed = createCommandFeed();
    return { readings: parts.ownReadings, feed, join: nothing, leave: () => {}, handOver: nothing };
  }
  const log = resolve(container, LOG).child({ part: 'lanes' });
  const onError = (error: unknown): void => log.error({ err: error }, 'something failed between the gateways');
  const stored: Pick<CommandStore, 'get'> = { get: (id) => parts.outward().commandStore.get(id) };
  const feed = shareProgress(createCommandFeed(), { bus, member: store.member, store: stored, onError });
  const once = onceAtATime();
  const answerers = { ...readingAnswerers(parts.ownReadings), ...commandAnswerers(parts, once) };
  const calls = createLaneCalls({ bus, secretBox: resolve(container, SECRET_BOX), leases, answerers, onError });
  const router = createLaneRouter({
    isHere: (phoneId) => leases.accepts(phoneId),
    calls,
    store: stored,
    runHere: ({ command: { id }, ...given }, begin) =>
      once(id, begin ?? (() => resumeRecorded(resumingOf(parts), { id, ...given }))),
    change: (command) => parts.outward().commands.change(command),
    timeoutMs: resolve(container, CONFIG).policy.commandTimeoutMs,
    now: resolve(container, NOW),
    ticks: resolve(container, TICKS),
  });
  leases.onLost((phones) => parts.links.abandon(phones));
  // Its site may have changed, and its lane with it.
  parts.registry.onChange(({ phone: { id } }) => {
    if (!leases.owns(id)) parts.links.abandon({ has: (one) => one === id });
  });
  const settle = () =>
    settleOpenCommands({
      store,
      leases,
      isOpenHere: (id) => parts.outward().commands.isOpen(id),
      close: (command) => parts.outward().commands.close(command),
      onError,
    });
  return {
    router,
    readings: routedReadings(parts.ownReadings, router),
    feed,
    ...comings({ parts, leases, router, calls, feed, settle }),
  };
}

/** How a gateway comes to the others, and goes. */
function comings({
  parts: { registry, links, outward },
  leases,
  router,
  calls,
  feed,
  settle,
}: {
  readonly parts: LaneConnections;
  readonly leases: LeasedLanes;
  readonly router: LaneRouter;
  readonly calls: LaneCalls;
  readonly feed: SharedFeed;
  readonly settle: () => () => Promise<void>;
}): Pick<LaneParts, 'join' | 'leave' | 'handOver'> {
  let stopSettling = async (): Promise<void> => {};
  return {
    async join() {
      await leases.join({
        tagsOf: (phoneId) => registry.get(phoneId)?.phone.tags ?? null,
        busy: () => [...links.busy, ...outward().busy()],
      });
      stopSettling = settle();
    },
    leave() {
      leases.leave();
      calls.close();
    },
    async handOver(graceMs) {
      await stopSettling();
      await leases.handOver();
      await router.idle(graceMs);
      await leases.close();
      feed.close();
    },
  };
}

/** Runs commands of this gateway's phones, each but once at a time, however often it is asked to. */
function onceAtATime() {
  const running = new Map<string, Promise<Command>>();
  return (id: string, begin: () => Promise<Command>): Promise<Command> => {
    const run = running.get(id) ?? begin().finally(() => void running.delete(id));
    running.set(id, run);
    return run;
  };
}

/** Made later than the lanes. */
function resumingOf({ outward }: LaneConnections): Resuming {
  const { commands, commandStore } = outward();
  return { commands, store: commandStore };
}

/** What answers other gateways' commands for this one's phones. What is given is what the router and the service gave there. */
function commandAnswerers(
  parts: LaneConnections,
  once: ReturnType<typeof onceAtATime>,
): Readonly<Record<'command' | 'explain', LaneAnswerer>> {
  return {
    command: (_phoneId, [id, request, caller, recorded]) =>
      once(String(id), () =>
        resumeRecorded(resumingOf(parts), {
          id: String(id),
          request: request as CommandRequest,
          caller: caller as Caller,
          // Gateways from before do not give it.
          recorded: recorded as Command | undefined,
        }),
      ),
    explain: (phoneId, [request, caller]) =>
      parts.outward().commands.explainHere(phoneId, request as CommandRequest, caller as Caller),
  };
}
