import {
  ACCEPTED,
  type CallMonitor,
  type CallWatcher,
  type DriverContext,
  failed,
  notHere,
  type Outcome,
  type PhoneProfile,
  phoneUnreachable,
  type SipConversation,
} from '@hookswitch/core';
import { isAtLeast } from '../firmware.ts';
import type { SnomOptions } from '../options.ts';
import { canBeMonitored, overSip, type SnomPhone, snomPhone } from '../phone.ts';
import { UACSTA_MEDIA_TYPE, uaCstaBody } from '../wire/csta-envelope.ts';
import { type IsOwnDevice, ownDevices, readCstaEvent } from '../wire/csta-events.ts';
import { monitorStart, monitorStop, requestSystemStatus } from '../wire/csta-requests.ts';
import { refusalOfSip } from '../wire/sip-reply.ts';
import { find } from '../wire/xml.ts';
import { after } from './after.ts';
import { defaultDevice } from './calls-by-csta.ts';
import { askInDialog, notInvited, uaCstaInvitation } from './uacsta.ts';

const SOURCE =
  'Snom, "uaCSTA over SIP - Requests and Events", first part: MonitorStart, MonitorStop; the events are those of ECMA-323, carried as in ECMA TR/87';

/** Since when phones know MonitorStop (Snom). */
const STOP_SINCE = '8.7.4';
/** How long a phone may take for its MonitorStartResponse. */
const START_MS = 10_000;

/** Listens to the phone's calls by uaCSTA, where the option says so: one dialog, a monitor for each identity. */
export function monitor(profile: PhoneProfile<SnomOptions>): CallMonitor<SnomOptions> | null {
  const phone = overSip(snomPhone(profile));
  if (!phone.options.uacstaEvents || !canBeMonitored(phone)) return null;
  return {
    transport: 'UACSTA',
    evidence: 'ASSUMED',
    source: SOURCE,
    async watch(context, watcher) {
      const devices = devicesOf(phone);
      if (devices.length === 0)
        return notHere('Before firmware 8.7.4 uaCSTA needs an identity: set the option accounts.');
      const talk = await context.sip.converse(uaCstaInvitation(), (conversation) =>
        new Listener(phone, { conversation, context, watcher }).listen(devices),
      );
      return 'refused' in talk ? notInvited(talk.refused) : talk.value;
    },
  };
}

function devicesOf(phone: SnomPhone): readonly string[] {
  const { accounts } = phone.options;
  return accounts.length > 0 ? accounts.map((account) => `sip:${account}`) : [defaultDevice(phone) ?? []].flat();
}

interface ListenerParts {
  readonly conversation: SipConversation;
  readonly context: DriverContext<SnomOptions>;
  readonly watcher: CallWatcher;
}

/** One dialog, from its first MonitorStart to its last MonitorStop. */
class Listener {
  readonly #parts: ListenerParts;
  readonly #stops: boolean;
  readonly #isOwn: IsOwnDevice;
  #isOver = false;

  constructor({ firmware, options }: SnomPhone, parts: ListenerParts) {
    this.#parts = parts;
    this.#stops = firmware === null || isAtLeast(firmware, STOP_SINCE);
    this.#isOwn = ownDevices(options.accounts);
  }

  async listen(devices: readonly string[]): Promise<Outcome> {
    const { context, watcher, conversation } = this.#parts;
    const references: string[] = [];
    for (const device of devices) {
      const started = await this.#start(device);
      if (typeof started !== 'string') return started;
      references.push(started);
    }
    watcher.listening();
    while (!this.#isOver) {
      const lost = await this.#hearUntil(after(context.clock, watcher.askEveryMs));
      if (lost !== null) return lost;
      if (watcher.enough.aborted) {
        await this.#stop(references);
        return ACCEPTED;
      }
      // What it answers does not matter, only that it still knows the dialog: 481 says that it does not.
      const reply = this.#isOver
        ? null
        : await conversation.info({
            contentType: UACSTA_MEDIA_TYPE,
            body: uaCstaBody(requestSystemStatus()),
          });
      if (reply !== null && refusalOfSip(reply) !== null) {
        return failed(phoneUnreachable(`The phone does not know the dialog any more (${reply.status}).`));
      }
    }
    return failed(phoneUnreachable('The phone has stopped telling of its calls.'));
  }

  /** @returns the reference under which it tells; or why it does not */
  async #start(device: string): Promise<string | Outcome> {
    const { conversation, context } = this.#parts;
    const late = after(context.clock, START_MS);
    const reply = await askInDialog(conversation, monitorStart(device), {
      aside: (body) => this.#take(body),
      signal: late,
    }).catch((error: unknown) => {
      if (!late.aborted) throw error;
      return { outcome: failed(phoneUnreachable('The phone gave no MonitorStartResponse in the dialog.')) };
    });
    if ('outcome' in reply) return reply.outcome;
    return find(reply.response, 'monitorCrossRefID')?.text ?? '';
  }

  /** Takes what the phone says until the signal, or until it is enough. @returns why the dialog is lost; null: it is not */
  async #hearUntil(due: AbortSignal): Promise<Outcome | null> {
    const { conversation, watcher } = this.#parts;
    const signal = AbortSignal.any([due, watcher.enough]);
    while (!this.#isOver) {
      try {
        const info = await conversation.next(signal);
        if (info === null) return failed(phoneUnreachable('The phone has ended the dialog.'));
        await this.#take(info.body);
      } catch (error) {
        if (!signal.aborted || error !== signal.reason) throw error;
        return null;
      }
    }
    return null;
  }

  async #take(body: string): Promise<void> {
    const { context, watcher } = this.#parts;
    const reading = readCstaEvent(body, this.#isOwn);
    if (reading === null) {
      context.log.debug('the phone said something that is no event', { start: body.slice(0, 200) });
      return;
    }
    for (const report of reading.reports) await watcher.report(report);
    if (reading.isUnsure) watcher.unsure();
    this.#isOver ||= reading.isLast;
  }

  async #stop(references: readonly string[]): Promise<void> {
    const aside = (body: string): Promise<void> => this.#take(body);
    for (const reference of this.#stops ? references : []) {
      await askInDialog(this.#parts.conversation, monitorStop(reference), { aside });
    }
    // What it told before that has come, and is taken.
    await this.#hearUntil(AbortSignal.abort());
  }
}
