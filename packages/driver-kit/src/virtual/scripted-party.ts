import type { CallLeg, ExchangeLine, VirtualEndpoint } from './call.ts';

/** What a far end that is no virtual phone does when called. Without any of it, it rings until it is told to answer. */
export interface ScriptedPartyOptions {
  readonly number: string;
  /** Default empty. */
  readonly displayName?: string;
  /** Default: the exchange's. */
  readonly domain?: string;
  /** Answers by itself after so many milliseconds of ringing; 0 answers at once, without a timer. */
  readonly answersAfterMs?: number;
  /** Rings and refuses at once. */
  readonly rejects?: boolean;
  /** Takes no call. */
  readonly busy?: boolean;
  /** Sends every call on. */
  readonly forwardsTo?: string;
}

/** A far end that follows a script and can be told what to do: the colleague, the customer outside, the voice box. */
export class ScriptedParty implements Disposable {
  /** The script; change it at any time, it holds from the next call. */
  script: ScriptedPartyOptions;
  /** All its operations at the exchange. */
  readonly line: ExchangeLine;
  readonly #timers = new Set<NodeJS.Timeout>();

  /** @param connect how it joins its exchange. Use {@link VirtualExchange.addParty}. */
  constructor(
    connect: (endpoint: VirtualEndpoint) => ExchangeLine,
    script: ScriptedPartyOptions & { readonly domain: string },
  ) {
    this.script = script;
    this.line = connect({
      number: script.number,
      displayName: script.displayName ?? '',
      domain: script.domain,
      admit: () => {
        if (this.script.forwardsTo !== undefined) return { forwardTo: this.script.forwardsTo };
        return this.script.busy ? 'busy' : 'ring';
      },
      onIncoming: (leg) => this.#follow(leg),
    });
  }

  get number(): string {
    return this.script.number;
  }

  /** Its calls that have not ended. */
  get legs(): readonly CallLeg[] {
    return this.line.legs;
  }

  /** Calls a number. */
  dial(number: string): CallLeg {
    return this.line.dial(number);
  }

  /** Answers what rings. @returns whether anything did. */
  answer(): boolean {
    return this.#each((leg) => this.line.answer(leg));
  }

  /** Ends all its calls, whatever their state. @returns whether there was one. */
  hangUp(): boolean {
    return this.#each((leg) => this.line.end(leg));
  }

  hold(): boolean {
    return this.#each((leg) => this.line.hold(leg));
  }

  resume(): boolean {
    return this.#each((leg) => this.line.resume(leg));
  }

  /** Ends its calls and leaves the exchange. */
  [Symbol.dispose](): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.line.disconnect();
  }

  #each(operation: (leg: CallLeg) => boolean): boolean {
    return this.legs.filter(operation).length > 0;
  }

  #follow(leg: CallLeg): void {
    const { rejects, answersAfterMs } = this.script;
    if (rejects) this.line.reject(leg);
    else if (answersAfterMs === 0) this.line.answer(leg);
    else if (answersAfterMs !== undefined) {
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        this.line.answer(leg);
      }, answersAfterMs);
      this.#timers.add(timer);
    }
  }
}
