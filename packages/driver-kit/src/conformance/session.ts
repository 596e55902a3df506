import type { DriverContext, HttpTransport, KnownCall } from '@hookswitch/core';
import type { RunningPhone, Situation } from './harness.ts';
import { noSip } from './no-sip.ts';
import { Relay } from './relay.ts';
import type { Scene } from './sample.ts';
import { actionUrlBelow, GatewayStandIn } from './stand-in.ts';
import type { Subject } from './subject.ts';
import { createRehearsal, createTransport, type RecordingTransport, type TransportOptions } from './transport.ts';

/** Where connections are refused. A port that was just closed will not do: another process may open it meanwhile. */
export const NOBODY = 'http://127.0.0.1:1';

/** A phone that is up for one case, with the relay before it and a stand-in for the gateway. */
export class Session<Options> implements AsyncDisposable {
  readonly subject: Subject<Options>;
  readonly phone: RunningPhone;
  readonly calls: readonly KnownCall[];
  readonly relay: Relay;
  readonly gateway: GatewayStandIn;
  /** What the driver logged. */
  readonly logged: string[] = [];

  private constructor(
    subject: Subject<Options>,
    parts: Pick<Session<Options>, 'phone' | 'calls' | 'relay' | 'gateway'>,
  ) {
    this.subject = subject;
    this.phone = parts.phone;
    this.calls = parts.calls;
    this.relay = parts.relay;
    this.gateway = parts.gateway;
  }

  /** Starts the phone and brings it into a situation. */
  static async open<Options>(subject: Subject<Options>, situation: Situation): Promise<Session<Options>> {
    const phone = await subject.phone.start();
    const relay = new Relay(phone.origin);
    const gateway = new GatewayStandIn();
    await relay.start();
    await gateway.start();
    const calls = await phone.arrange(situation);
    return new Session(subject, { phone, calls, relay, gateway });
  }

  /** A transport to the phone, through the relay. */
  transport(options: Partial<TransportOptions> = {}): RecordingTransport {
    const { credentials } = this.phone;
    return createTransport({
      origin: this.relay.origin,
      credentials,
      signal: new AbortController().signal,
      ...options,
    });
  }

  /** What a command needs, with a transport of the caller's. */
  scene(http: HttpTransport, signal: AbortSignal = new AbortController().signal): Scene {
    const { harness, profile } = this.subject;
    const settings = harness.driver.actionUrls.settingsFor(profile);
    const urls = (testOnly: boolean) =>
      settings
        .filter((setting) => (setting.testOnly ?? false) === testOnly)
        .map((setting) => actionUrlBelow(this.gateway.origin, setting));
    return {
      context: this.#context(http, signal),
      calls: this.calls,
      phone: this.phone,
      samples: harness.samples,
      actionUrls: { offered: urls(false), testOnly: urls(true) },
    };
  }

  /** A scene for a dry run. */
  rehearsal(): { readonly scene: Scene; readonly http: RecordingTransport } {
    const http = createRehearsal();
    return { scene: this.scene(http), http };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.relay.stop();
    await this.phone.stop();
    await this.gateway.stop();
  }

  #context(http: HttpTransport, signal: AbortSignal): DriverContext<Options> {
    const { harness, profile } = this.subject;
    const note = (message: string, fields?: unknown) =>
      void this.logged.push(`${message} ${JSON.stringify(fields ?? {})}`);
    return {
      phone: profile,
      calls: this.calls,
      features: [],
      http,
      sip: noSip(),
      documents: this.gateway.publisher(),
      clock: { now: () => Date.now(), sleep: (ms) => sleep(harness.paced === true ? ms : 0, signal) },
      log: { debug: note, warn: note },
      signal,
    };
  }
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', stop, { once: true });
    function done(): void {
      signal.removeEventListener('abort', stop);
      resolve();
    }
    function stop(): void {
      clearTimeout(timer);
      reject(signal.reason);
    }
  });
}
