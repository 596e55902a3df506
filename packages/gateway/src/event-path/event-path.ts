import type { Finding } from '@hookswitch/core';
import type { Command, Instant, LoggedEvent } from '../model.ts';
import type { PhoneRegistry, RegisteredPhone } from '../phones/phone-registry.ts';
import type { DriftWatch } from './drift-watch.ts';
import type { JudgePath } from './judge-path.ts';
import type { PathWatch } from './path-watch.ts';
import { phoneOfAddress } from './phone-of-address.ts';

/** The way from the phones to the gateway, as far as the gateway can know of it. */
export interface EventPath {
  readonly judge: JudgePath;
  readonly drift: DriftWatch;
  /** A request to `/a/` was refused. */
  refused(request: { readonly target: string; readonly from: string | undefined }): void;
  /** What that phone reported could not be stored. */
  notStored(phone: RegisteredPhone): void;
  /** Takes an event of the log. */
  apply(event: LoggedEvent): void;
  /** Takes a command that has changed. */
  follow(command: Command): void;
  /** Since when the phone is silent though it takes commands; null: nothing speaks for that. */
  silentSince(phoneId: string): Instant | null;
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
export function createEventPath({ registry, watch, drift, judge, lastEventAt }: EventPathOptions): EventPath {
  // A phone that never reported has not gone silent: it was never set up.
  const silentSince = (phoneId: string): Instant | null =>
    lastEventAt(phoneId) === null ? null : watch.silentSince(phoneId);
  return {
    judge,
    drift,
    refused({ target, from }) {
      const phone = from === undefined ? null : phoneOfAddress(registry, from, target);
      if (phone === null) return;
      watch.refused(phone.phone.id);
      drift.refused(phone);
    },
    notStored: ({ phone }) => watch.notStored(phone.id),
    apply({ phoneId, vendorEvent, event }) {
      // A test goes by an address of its own: it says nothing of the other URLs.
      const isTest = event.type === 'DEVICE' && event.deviceEventKind === 'EVENT_PATH_TESTED';
      if (vendorEvent !== null && !isTest) watch.heard(phoneId);
      drift.after(phoneId, event);
    },
    follow({ phoneId, name, status, changed, sentAt }) {
      if (status !== 'CONFIRMED' && status !== 'ACCEPTED') return;
      if (name === 'configureActionUrls') {
        watch.configured(phoneId);
        drift.configured(phoneId);
      }
      if (sentAt !== null && changed !== false && TELLING.has(name)) watch.acted(phoneId, sentAt);
    },
    silentSince,
    get silentCount() {
      return [...registry.all()].filter(({ phone }) => phone.removedAt === null && silentSince(phone.id) !== null)
        .length;
    },
    findings(phoneId) {
      const known = drift.of(phoneId);
      const since = silentSince(phoneId);
      return [...(known === null ? [] : [driftFinding(known.what)]), ...(since === null ? [] : [silentFinding(since)])];
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
    message: `The phone takes commands, and has reported nothing of them since ${new Date(since).toISOString()}.`,
    fix: 'verifyEventPath names the broken hop.',
  };
}
