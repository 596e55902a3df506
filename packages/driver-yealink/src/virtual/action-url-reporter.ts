import type { ActionUrlClient, ObservableMap, PhoneAccount } from '@hookswitch/driver-kit/virtual';
import { type ActionUrlEvent, OLD_EVENT_NAMES } from './action-url-events.table.ts';
import { type ActionUrlFacts, actionUrlValues, type CallFacts } from './action-url-values.ts';

/** What a reporter needs from its phone. */
export interface ActionUrlReporterOptions {
  readonly client: ActionUrlClient;
  readonly settings: ObservableMap<string>;
  /** What is true of the phone at the moment; the call and the account are added by the reporter. */
  readonly facts: () => Omit<ActionUrlFacts, 'leg' | 'account'>;
  /** Called with the body of each reply. */
  readonly onReply: (body: string) => void;
}

/** What an event is about. */
export interface EventSubject {
  readonly leg?: CallFacts | undefined;
  readonly account?: PhoneAccount | undefined;
}

/** Fires the action URLs that are set. */
export class ActionUrlReporter {
  readonly #options: ActionUrlReporterOptions;

  constructor(options: ActionUrlReporterOptions) {
    this.#options = options;
  }

  /** Fires the URL of an event, if one is set; the phone does not wait for the outcome. */
  report(event: ActionUrlEvent, subject: EventSubject = {}): void {
    void this.#fire(event, subject);
  }

  /** The values of all variables at this moment. */
  values(subject: EventSubject): Readonly<Record<string, string>> {
    return actionUrlValues({ ...this.#options.facts(), leg: subject.leg, account: subject.account });
  }

  async #fire(event: ActionUrlEvent, subject: EventSubject): Promise<void> {
    const fired = await this.#options.client.fire(event, this.#templateOf(event), this.values(subject));
    if (fired?.reply) this.#options.onReply(fired.reply.body);
  }

  #templateOf(event: ActionUrlEvent): string {
    const { settings } = this.#options;
    const old = OLD_EVENT_NAMES[event];
    return settings.get(`action_url.${event}`) || (old && settings.get(`action_url.${old}`)) || '';
  }
}
