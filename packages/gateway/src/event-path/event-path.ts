import type { Finding } from '@hookswitch/core';
import type { ReportWay } from '../events/event-intake.ts';
import type { Command, Instant, LoggedEvent, Reachability } from '../model.ts';
import type { PhoneRegistry, RegisteredPhone } from '../phones/phone-registry.ts';
import type { Monitors } from '../sip/monitors.ts';
import type { DriftWatch } from './drift-watch.ts';
import type { JudgePath } from './judge-path.ts';
import type { PathWatch } from './path-watch.ts';
import { createPhonesByAddress } from './phones-by-address.ts';

/** The way from the phones to the gateway, as far as the gateway can know of it. */
export interface EventPath {
  readonly judge: JudgePath;
  readonly drift: DriftWatch;
  /**
   * A request to `/a/` was refused. Where it says nothing of the URLs of its phone (`tells` false) the phone is looked for all
   * the same: that takes as long.
   */
  refused(request: { readonly target: string; readonly from: string | undefined; readonly tells: boolean }): void;
  /** What that phone reported could not be stored. */
  notStored(phone: RegisteredPhone): void;
  /** Takes an event of the log, and how the phone reported it; null: it did not. */
  apply(event: LoggedEvent, way: ReportWay | null): void;
  /** Takes a command that has changed. */
  follow(command: Command): void;
  /** Since when the phone is silent on a way of hearing it, though it takes commands; null: nothing speaks for that. */
  silentSince(phoneId: string): Instant | null;
  /** How the phone answers; `SILENT`: it does, and reports nothing of what it is told. */
  reachability(phoneId: string): Reachability;
  /** How many phones are silent though they take commands. */
  readonly silentCount: number;
  findings(phoneId: string): readonly Finding[];
}

/** What the event path is made of. */
export interface EventPathOptions {
  readonly registry: PhoneRegistry;
  readonly watch: PathWatch;
  readonly drift: DriftWatch;
  readonly judge: JudgePath;
  /** When the phone was last heard, over restarts of the gateway. */
  readonly lastEventAt: (phoneId: string) => Instant | null;
  /** How the phone answers. */
  readonly reachability: (phoneId: string) => Reachability;
  /** Who listens to phones over SIP. Asked late: they are made later. */
  readonly monitors: () => Pick<Monitors, 'has' | 'listeningSince'>;
}

/**
 * Commands that make every phone report: a call begins, ends, changes, or a switch does. Not here: those that only some
 * phones report, such as muting, rejecting and forwarding.
 */
const TELLING: ReadonlySet<string> = new Set([
  'dial',
  'answer',
  'hangUp',
  'setHold',
  'transfer',
  'completeTransfer',
  'setDoNotDisturb',
]);

/** Joins what watches the event path. */
export function createEventPath(options: EventPathOptions): EventPath {
  const { registry, watch, drift, judge, lastEventAt, monitors } = options;
  const phonesByAddress = createPhonesByAddress(registry);
  const urlsSilentSince = (phoneId: string): Instant | null => {
    const { heardAt, configuredAt } = watch.of(phoneId);
    // What the log tells from before the gateway started may have come to a monitor.
    const usedTo = heardAt.ACTION_URL !== undefined || configuredAt !== null || !monitors().has(phoneId);
    // A phone that never reported has not gone silent: it was never set up.
    return usedTo && lastEventAt(phoneId) !== null ? watch.silentSince(phoneId, 'ACTION_URL') : null;
  };
  // One that is not open is a finding of its own.
  const monitorSilentSince = (phoneId: string): Instant | null => {
    const listening = monitors().listeningSince(phoneId);
    const since = watch.silentSince(phoneId, 'MONITOR');
    return listening === null || since === null || since < listening ? null : since;
  };
  const silentSince = (phoneId: string): Instant | null => {
    const times = [urlsSilentSince(phoneId), monitorSilentSince(phoneId)].filter((since) => since !== null);
    return times.length === 0 ? null : Math.min(...times);
  };
  return {
    judge,
    drift,
    refused({ target, from, tells }) {
      const phone = from === undefined ? null : phonesByAddress.find(from, target);
      if (phone === null || !tells) return;
      watch.refused(phone.phone.id);
      drift.refused(phone);
    },
    notStored: ({ phone }) => watch.notStored(phone.id),
    apply({ phoneId, event }, way) {
      // A test goes by an address of its own: it says nothing of the other URLs.
      const isTest = event.type === 'DEVICE' && event.deviceEventKind === 'EVENT_PATH_TESTED';
      if ((way === 'ACTION_URL' || way === 'MONITOR') && !isTest) watch.heard(phoneId, way);
      drift.after(phoneId, event);
    },
    follow({ phoneId, name, status, changed, sentAt }) {
      if (status !== 'CONFIRMED' && status !== 'ACCEPTED') return;
      if (name === 'configureActionUrls') {
        watch.configured(phoneId);
        drift.configured(phoneId);
      }
      if (sentAt === null || changed === false || !TELLING.has(name)) return;
      watch.acted(phoneId, 'ACTION_URL', sentAt);
      // A monitor is told of calls only, and of what happens while it is open.
      const listening = monitors().listeningSince(phoneId);
      const isOpen = listening !== null && listening <= sentAt;
      if (isOpen && name !== 'setDoNotDisturb') watch.acted(phoneId, 'MONITOR', sentAt);
    },
    silentSince,
    reachability(phoneId) {
      const { reachability } = options;
      return reachability(phoneId) === 'ONLINE' && silentSince(phoneId) !== null ? 'SILENT' : reachability(phoneId);
    },
    get silentCount() {
      return [...registry.all()].filter(({ phone }) => phone.removedAt === null && silentSince(phone.id) !== null)
        .length;
    },
    findings(phoneId) {
      const known = drift.of(phoneId);
      const [urls, monitor] = [urlsSilentSince(phoneId), monitorSilentSince(phoneId)];
      return [
        ...(known === null ? [] : [driftFinding(known.what)]),
        ...(urls === null ? [] : [silentFinding(urls)]),
        ...(monitor === null ? [] : [deafMonitorFinding(monitor)]),
      ];
    },
  };
}

function driftFinding(what: string): Finding {
  return {
    code: 'ACTION_URLS_DRIFTED',
    severity: 'PROBLEM',
    message: `The phone’s action URLs are not as they should be: ${what}.`,
    fix: 'Give configureActionUrls, or provision the phone again. Does something else write its settings?',
  };
}

function silentFinding(since: Instant): Finding {
  return {
    code: 'EVENTS_MISSING',
    severity: 'PROBLEM',
    message: `The phone takes commands, and its action URLs have reported nothing of them since ${new Date(since).toISOString()}.`,
    fix: 'verifyEventPath names the broken hop.',
  };
}

function deafMonitorFinding(since: Instant): Finding {
  return {
    code: 'MONITOR_SILENT',
    severity: 'PROBLEM',
    message: `The phone takes commands, and has told nothing of them over SIP since ${new Date(since).toISOString()}, though it says that it does.`,
    fix: 'Restart the phone, or leave the option off that asks for this where its action URLs report its calls.',
  };
}
