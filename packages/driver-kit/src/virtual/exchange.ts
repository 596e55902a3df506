import { randomUUID } from 'node:crypto';
import type { CallLeg, ExchangeLine, VirtualEndpoint } from './call.ts';
import type { CallSnapshot } from './call-snapshot.ts';
import type { ExchangeEvent } from './exchange-event.ts';
import { Line } from './exchange-line.ts';
import type { Recorder } from './recorder.ts';
import { ScriptedParty, type ScriptedPartyOptions } from './scripted-party.ts';
import { Switchboard } from './switchboard.ts';

/** How an exchange is set up. */
export interface VirtualExchangeOptions {
  /** The domain of numbers that nobody has, and of scripted parties. Default `pbx.example`. */
  readonly domain?: string;
  /** Milliseconds after which a call that nobody answers ends (missed, no answer). Default: it rings for ever. */
  readonly ringTimeoutMs?: number;
  /** `shared`: both ends see one SIP Call-ID, as behind a proxy; `perLeg`: each its own, as behind a PBX. Default `shared`. */
  readonly callIds?: 'shared' | 'perLeg';
  /** Makes SIP Call-IDs. Default random UUIDs. */
  readonly newCallId?: () => string;
  /** The clock, milliseconds. Default `Date.now`. */
  readonly now?: () => number;
  /** Told of every leg that begins, before its endpoint is: for who keeps a record of all calls, those that are over included. */
  readonly onLeg?: (leg: CallLeg) => void;
}

/**
 * Joins virtual phones by number, without SIP and without sound. It alone knows the state of calls; phones learn of
 * it through the callbacks of {@link VirtualEndpoint}.
 */
export class VirtualExchange implements Disposable {
  readonly domain: string;
  readonly #switchboard: Switchboard;

  constructor(options: VirtualExchangeOptions = {}) {
    this.domain = options.domain ?? 'pbx.example';
    this.#switchboard = new Switchboard({
      domain: this.domain,
      ringTimeoutMs: options.ringTimeoutMs,
      sharesCallIds: (options.callIds ?? 'shared') === 'shared',
      newCallId: options.newCallId ?? randomUUID,
      now: options.now ?? Date.now,
      onLeg: options.onLeg ?? (() => {}),
    });
  }

  /** Everything that endpoints were told, in order; recorded just before the endpoint is called. */
  get events(): Recorder<ExchangeEvent> {
    return this.#switchboard.events;
  }

  /** Connects a phone's account. Throws if the number is taken. */
  connect(endpoint: VirtualEndpoint): ExchangeLine {
    return new Line(this.#switchboard, endpoint);
  }

  /** Adds a far end that is no virtual phone but follows a script. Throws if the number is taken. */
  addParty(options: ScriptedPartyOptions): ScriptedParty {
    return new ScriptedParty((endpoint) => this.connect(endpoint), { domain: this.domain, ...options });
  }

  /** All calls that have not ended, oldest first. */
  calls(): readonly CallSnapshot[] {
    return this.#switchboard.calls();
  }

  /** Resolves once everything that happened so far, and what endpoints did when told, has been told. Timers are not waited for. */
  async settled(): Promise<void> {
    await this.#switchboard.jobs.settled();
  }

  /** Ends all calls without telling anybody, and disconnects all. */
  [Symbol.dispose](): void {
    this.#switchboard.close();
  }
}
