import type { DriverContext, HttpTransport, KnownCall, SipTransport } from '@hookswitch/core';
import type { Asked } from './asked.ts';
import type { PhoneCredentials, RunningPhone, Situation } from './harness.ts';
import { Relay } from './relay.ts';
import type { Scene } from './sample.ts';
import { SipLine } from './sip/line.ts';
import { createSipRehearsal, createSipTransport } from './sip/sip-transport.ts';
import { actionUrlBelow, GatewayStandIn } from './stand-in.ts';
import type { Subject } from './subject.ts';
import { createRehearsal, createTransport } from './transport.ts';

/** Where connections are refused. A port that was just closed will not do: another process may open it meanwhile. */
const NOBODY = 'http://127.0.0.1:1';

/** A driver's transports to one phone, and what they were asked to send. */
export interface Links {
  readonly http: HttpTransport;
  readonly sip: SipTransport;
  /** In the order in which it was asked. */
  readonly asked: readonly Asked[];
}

/** What is not as usual about them. */
export interface LinkOptions {
  /** For HTTP, by the name of their set. Default: the phone's. */
  readonly credentials?: Readonly<Record<string, PhoneCredentials>>;
  /** For SIP; null: none. Default: the phone's. */
  readonly sipLogin?: PhoneCredentials | null;
  /** Nobody is there: connections are refused. */
  readonly nobody?: boolean;
  readonly signal?: AbortSignal;
  /** Called before each request is sent. */
  readonly onSend?: (request: Asked) => void;
}

/** A phone that is up for one case, with the relay before it and a stand-in for the gateway. */
export class Session<Options> implements AsyncDisposable {
  readonly subject: Subject<Options>;
  readonly phone: RunningPhone;
  readonly calls: readonly KnownCall[];
  readonly relay: Relay;
  /** The way to its SIP side; undefined: it has none. */
  readonly line: SipLine | undefined;
  readonly gateway: GatewayStandIn;
  /** What the driver logged. */
  readonly logged: string[] = [];

  private constructor(
    subject: Subject<Options>,
    parts: Pick<Session<Options>, 'phone' | 'calls' | 'relay' | 'line' | 'gateway'>,
  ) {
    this.subject = subject;
    this.phone = parts.phone;
    this.calls = parts.calls;
    this.relay = parts.relay;
    this.line = parts.line;
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
    const line = await lineTo(subject, phone);
    return new Session(subject, { phone, calls, relay, line, gateway });
  }

  /** Ways to the phone, through the relay and over the line. */
  links({ credentials, sipLogin, nobody = false, signal, onSend }: LinkOptions = {}): Links {
    const { phone, line, subject } = this;
    const asked: Asked[] = [];
    const note = (request: Asked): void => {
      asked.push(request);
      onSend?.(request);
    };
    const hasHttp = subject.profile.reachableBy.http && !nobody;
    const abort = signal ?? new AbortController().signal;
    if (line !== undefined) line.isAway = nobody;
    return {
      asked,
      http: createTransport({
        origin: hasHttp ? this.relay.origin : NOBODY,
        credentials: credentials ?? phone.credentials,
        signal: abort,
        onSend: note,
      }),
      sip: createSipTransport({
        to: line === undefined || phone.sip === undefined ? undefined : { line, uri: phone.sip.uri },
        login: sipLogin === undefined ? phone.sip?.credentials : (sipLogin ?? undefined),
        signal: abort,
        wait: (ms) => this.#pause(ms, abort),
        onSend: note,
      }),
    };
  }

  /** What a command needs, with transports of the caller's. */
  scene(links: Pick<Links, 'http' | 'sip'>, signal: AbortSignal = new AbortController().signal): Scene {
    const { harness, profile } = this.subject;
    const settings = harness.driver.actionUrls.settingsFor(profile);
    const urls = (testOnly: boolean) =>
      settings
        .filter((setting) => (setting.testOnly ?? false) === testOnly)
        .map((setting) => actionUrlBelow(this.gateway.origin, setting));
    return {
      context: this.#context(links, signal),
      calls: this.calls,
      phone: this.phone,
      samples: harness.samples,
      actionUrls: { offered: urls(false), testOnly: urls(true) },
    };
  }

  /** A scene for a dry run. */
  rehearsal(): { readonly scene: Scene; readonly asked: readonly Asked[] } {
    const asked: Asked[] = [];
    const note = (request: Asked): void => void asked.push(request);
    return { scene: this.scene({ http: createRehearsal(note), sip: createSipRehearsal(note) }), asked };
  }

  /** How many requests have left for the phone. */
  get traffic(): number {
    return this.relay.requests.count + (this.line?.requests.count ?? 0);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.relay.stop();
    await this.line?.stop();
    await this.phone.stop();
    await this.gateway.stop();
  }

  #context({ http, sip }: Pick<Links, 'http' | 'sip'>, signal: AbortSignal): DriverContext<Options> {
    const { profile } = this.subject;
    const note = (message: string, fields?: unknown) =>
      void this.logged.push(`${message} ${JSON.stringify(fields ?? {})}`);
    return {
      phone: profile,
      calls: this.calls,
      features: [],
      http,
      sip,
      documents: this.gateway.publisher(),
      clock: { now: () => Date.now(), sleep: (ms) => this.#pause(ms, signal) },
      log: { debug: note, warn: note },
      signal,
    };
  }

  async #pause(ms: number, signal: AbortSignal): Promise<void> {
    if (this.subject.harness.paced === true) return sleep(ms, signal);
    signal.throwIfAborted();
    await this.phone.observe();
    signal.throwIfAborted();
  }
}

async function lineTo<Options>({ phone }: Subject<Options>, { sip }: RunningPhone): Promise<SipLine | undefined> {
  if (phone.reachableBy?.sip !== true) return undefined;
  if (sip === undefined) throw new TypeError(`${phone.name} is to be reached by SIP, and has no SIP URI.`);
  return SipLine.open(sip.uri);
}

/** Waits, or rejects with the signal's reason. */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
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
