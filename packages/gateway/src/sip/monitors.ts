import type { DriverContext, Finding, ParsedReport, PhoneEvent } from '@hookswitch/core';
import type { Ownership } from '../cluster/ownership.ts';
import type { Instant } from '../model.ts';
import type { PhoneRegistry, RegisteredPhone } from '../phones/phone-registry.ts';
import { type MonitorState, PhoneMonitor } from './phone-monitor.ts';

/** Listens to all phones whose drivers can, and whose options ask for it, beside their action URLs. */
export interface Monitors {
  /** Opens them; phones that are added or changed later are followed by themselves. */
  start(): void;
  /** Takes an event of a phone: one that has started, or registered again, may have forgotten that it is listened to. */
  after(phoneId: string, event: PhoneEvent): void;
  /** What stands between a phone and its monitor; null: it is not listened to. */
  finding(phoneId: string): Finding | null;
  /** Since when the phone is listened to; null: it is not, or not now. */
  listeningSince(phoneId: string): Instant | null;
  /** Whether the phone is to be listened to. */
  has(phoneId: string): boolean;
  /** How many there are, by where they stand. */
  counts(): ReadonlyMap<MonitorState['phase'], number>;
  /** The phones are told that it is enough. Resolves when none is left; no other is opened. */
  stop(): Promise<void>;
}

/** What monitors work with. */
export interface MonitorsOptions {
  readonly registry: PhoneRegistry;
  /** Of several gateways one listens to a phone. */
  readonly ownership: Ownership;
  /** Not on the phone's lane: a monitor lasts, and the lane must stay free. */
  readonly context: (phone: RegisteredPhone, signal: AbortSignal) => Promise<DriverContext>;
  /** Fulfilled when the event is on disk. */
  readonly receive: (phone: RegisteredPhone, report: ParsedReport) => Promise<void>;
  /** Asks the phone for its calls, and notes what was missed. */
  readonly refresh: (phoneId: string) => Promise<void>;
  readonly onChange: (phone: RegisteredPhone, state: MonitorState) => void;
  readonly onError: (error: unknown) => void;
  readonly askEveryMs: number;
  readonly now: () => Instant;
  readonly random: () => number;
}

interface Entry {
  readonly monitor: PhoneMonitor;
  /** What it depends on: where that changes it is opened anew. */
  readonly key: string;
}

/** @returns monitors that are not open yet */
export function createMonitors(options: MonitorsOptions): Monitors {
  const { registry, ownership, onError } = options;
  const entries = new Map<string, Entry>();
  const closing = new Map<string, Promise<void>>();
  const refreshes = createRefreshes(options);
  let running = false;

  /** Fulfilled when the phone is rid of the one that it had. */
  const close = (phoneId: string): Promise<void> => {
    const before = closing.get(phoneId) ?? Promise.resolve();
    const monitor = entries.get(phoneId)?.monitor;
    entries.delete(phoneId);
    if (monitor === undefined) return before;
    const closed = Promise.all([before, monitor.stop()])
      .then(() => {}, onError)
      .finally(() => {
        if (closing.get(phoneId) === closed) closing.delete(phoneId);
      });
    closing.set(phoneId, closed);
    return closed;
  };

  const follow = (phone: RegisteredPhone): void => {
    const { id } = phone.phone;
    const monitor = phone.phone.removedAt === null && ownership.owns(id) ? phone.monitor : null;
    const open = entries.get(id);
    if (monitor === null) {
      void close(id);
      return;
    }
    const key = keyOf(phone);
    if (open?.key === key) {
      // Its password may have been changed: what failed is tried at once.
      if (open.monitor.state.phase === 'waiting') open.monitor.reopen();
      return;
    }
    const previous = close(id);
    const current = (): RegisteredPhone => registry.get(id) ?? phone;
    entries.set(id, {
      key,
      monitor: new PhoneMonitor({
        ...options,
        monitor,
        previous,
        context: (signal) => options.context(current(), signal),
        receive: (report) => options.receive(current(), report),
        refresh: () => refreshes.ask(id),
        onChange: (state) => options.onChange(current(), state),
      }),
    });
  };

  registry.onChange((phone) => {
    if (running) follow(phone);
  });
  ownership.onGained((phones) => {
    if (running) for (const phone of registry.all()) if (phones.has(phone.phone.id)) follow(phone);
  });
  ownership.onLost((phones) => {
    for (const id of [...entries.keys()]) if (phones.has(id)) void close(id);
  });

  return {
    start() {
      running = true;
      for (const phone of registry.all()) follow(phone);
    },
    after(phoneId, event) {
      if (mayForget(event)) entries.get(phoneId)?.monitor.reopen();
    },
    finding(phoneId) {
      const state = entries.get(phoneId)?.monitor.state;
      return state === undefined ? null : findingOf(state);
    },
    listeningSince(phoneId) {
      const state = entries.get(phoneId)?.monitor.state;
      return state?.phase === 'listening' ? state.since : null;
    },
    has: (phoneId) => entries.has(phoneId),
    counts() {
      const counts = new Map<MonitorState['phase'], number>([
        ['opening', 0],
        ['listening', 0],
        ['waiting', 0],
      ]);
      for (const { monitor } of entries.values()) {
        counts.set(monitor.state.phase, (counts.get(monitor.state.phase) ?? 0) + 1);
      }
      return counts;
    },
    async stop() {
      running = false;
      for (const id of [...entries.keys()]) void close(id);
      await Promise.all(closing.values());
      await refreshes.stop();
    },
  };
}

/** Asks phones for their calls, one question a phone at a time; those that come meanwhile are one more. */
function createRefreshes({ refresh, onError }: Pick<MonitorsOptions, 'refresh' | 'onError'>) {
  const again = new Map<string, boolean>();
  const runs = new Set<Promise<void>>();
  let stopped = false;
  const run = async (phoneId: string): Promise<void> => {
    do {
      again.set(phoneId, false);
      await refresh(phoneId);
    } while (again.get(phoneId) === true && !stopped);
  };
  return {
    ask(phoneId: string): void {
      if (stopped) return;
      if (again.has(phoneId)) {
        again.set(phoneId, true);
        return;
      }
      const done = run(phoneId)
        .catch(onError)
        .finally(() => {
          again.delete(phoneId);
          runs.delete(done);
        });
      runs.add(done);
    },
    async stop(): Promise<void> {
      stopped = true;
      await Promise.all(runs);
    },
  };
}

/** Where the phone is and what its driver goes by: what else changes, such as its name or its MAC address, does not matter. */
function keyOf({ phone, profile: { model, firmware, options } }: RegisteredPhone): string {
  const { vendor, address, sipUri, username } = phone;
  return JSON.stringify([vendor, address, sipUri, username, model, firmware, options]);
}

function mayForget(event: PhoneEvent): boolean {
  if (event.type === 'DEVICE') return event.deviceEventKind === 'STARTED';
  return event.type === 'REGISTRATION' && event.registrationState === 'REGISTERED';
}

function findingOf({ phase, fault }: MonitorState): Finding {
  if (phase === 'listening') {
    return { code: 'MONITOR_OPEN', severity: 'OK', message: 'The phone tells its calls over SIP as well.', fix: null };
  }
  if (fault === null) {
    return {
      code: 'MONITOR_OPENING',
      severity: 'NOTICE',
      message: 'The gateway is about to listen to the phone’s calls over SIP.',
      fix: 'Ask again in a moment.',
    };
  }
  return {
    code: 'MONITOR_FAILED',
    severity: 'PROBLEM',
    message: `The phone does not tell its calls over SIP: ${fault} The gateway tries again by itself.`,
    fix: 'See the message. Where the phone’s action URLs report its calls, the option that asks for this can be left off.',
  };
}
