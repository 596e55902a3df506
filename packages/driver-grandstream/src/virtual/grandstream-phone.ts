import {
  ActionUrlClient,
  type CallLeg,
  type Credentials,
  type EndReason,
  type ExchangeLine,
  type HttpFaults,
  type Light,
  ObservableMap,
  type PhoneAccount,
  PhoneFeatures,
  type RecordedRequest,
  type RequestRecorder,
  Screen,
  type VirtualExchange,
  VirtualHttpServer,
  type VirtualPhone,
  type VirtualReply,
} from '@hookswitch/driver-kit/virtual';
import { ACTION_URL_OPTIONS, type ActionUrlEvent } from './action-url-options.table.ts';
import { answerCall, answerCti } from './cti.ts';
import { defaultQuirks, type GrandstreamQuirks } from './quirks.ts';

/** What a virtual Grandstream phone is made with. */
export interface VirtualGrandstreamPhoneOptions {
  readonly exchange: VirtualExchange;
  /** As the phone tells it: `GRP2614`. */
  readonly model: string;
  /** `1.0.13.31`. */
  readonly firmware: string;
  /** Twelve lower-case hexadecimal digits. */
  readonly mac: string;
  readonly number: string;
  readonly displayName?: string;
  /** The administrator's login: its password is the passcode. */
  readonly credentials: Credentials;
  readonly quirks?: Partial<GrandstreamQuirks>;
  readonly host?: string;
}

/** A Grandstream phone of software: its CTI commands with the passcode in the query, its action URLs. */
export class VirtualGrandstreamPhone implements VirtualPhone {
  readonly vendor = 'grandstream';
  readonly model: string;
  readonly firmware: string;
  readonly mac: string;
  readonly number: string;
  /** By the names of the web interface: `Incoming Call`. */
  readonly settings = new ObservableMap<string>();
  readonly lights = new ObservableMap<Light>();
  readonly features = new PhoneFeatures();
  readonly screen = new Screen(320, 240);
  readonly actionUrls: ActionUrlClient;
  readonly quirks: GrandstreamQuirks;
  /** What it did that nothing else shows: `rebooted`, `reset`, `pressed MPK1`. */
  readonly effects: string[] = [];
  readonly #options: VirtualGrandstreamPhoneOptions;
  readonly #server: VirtualHttpServer;
  #account: PhoneAccount;
  #line: ExchangeLine | undefined;

  constructor(options: VirtualGrandstreamPhoneOptions) {
    const { exchange, model, firmware, mac, number, displayName = '', host } = options;
    this.#options = options;
    this.model = model;
    this.firmware = firmware;
    this.mac = mac;
    this.number = number;
    this.quirks = { ...defaultQuirks(), ...options.quirks };
    this.actionUrls = new ActionUrlClient({
      userAgent: `Grandstream ${model} ${firmware}`,
      escaping: this.quirks.values,
      ...(host === undefined ? {} : { localAddress: host }),
    });
    this.#server = new VirtualHttpServer({
      handle: (request) => this.#handle(request),
      headers: { Server: `Grandstream ${model} ${firmware}` },
      ...(host === undefined ? {} : { host }),
    });
    const label = displayName === '' ? number : displayName;
    const { domain } = exchange;
    this.#account = { index: 1, enabled: true, registered: true, label, number, displayName, domain };
    this.screen.show(model, number);
  }

  get accounts(): readonly PhoneAccount[] {
    return [this.#account];
  }

  get address(): string {
    return this.#server.address;
  }

  get requests(): RequestRecorder {
    return this.#server.requests;
  }

  get faults(): HttpFaults {
    return this.#server.faults;
  }

  get handlerErrors(): readonly unknown[] {
    return this.#server.handlerErrors;
  }

  get calls(): readonly CallLeg[] {
    return this.#line?.legs ?? [];
  }

  async start(): Promise<void> {
    await this.#server.start();
    const told = (event: ActionUrlEvent) => (leg: CallLeg) => this.#fire(event, leg);
    this.#line = this.#options.exchange.connect({
      number: this.number,
      displayName: this.#options.displayName ?? '',
      domain: this.#options.exchange.domain,
      admit: () => (this.features.isOn('dnd') ? 'busy' : 'ring'),
      onDialing: told('outgoing'),
      onIncoming: told('incoming'),
      onAnswered: told('established'),
      onHeld: told('held'),
      onResumed: told('resumed'),
      onEnded: (leg: CallLeg, reason: EndReason) => this.#ended(leg, reason),
    });
    this.#fire('setup');
    this.#register(true);
  }

  async stop(): Promise<void> {
    this.#line?.disconnect();
    await this.#server.stop();
  }

  async refuseConnections(refuse: boolean): Promise<void> {
    await this.#server.refuseConnections(refuse);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  /** Somebody lifts the handset: answers what rings. */
  answerByHand(): void {
    this.#fire('offHook');
    answerCall({ line: this.#attached() });
  }

  /** Somebody presses Hold. */
  holdByHand(): void {
    const leg = this.calls.find(({ state }) => state === 'connected');
    if (leg !== undefined) this.#attached().hold(leg);
  }

  /** Somebody dials: the call that is connected is held first. */
  dialByHand(number: string): void {
    this.holdByHand();
    this.#attached().dial(number);
  }

  /** The handset goes back: the call that is connected ends. */
  hangUpByHand(): void {
    const leg = this.calls.find(({ state }) => state === 'connected');
    if (leg !== undefined) this.#attached().end(leg);
    this.#fire('onHook');
  }

  /** Somebody turns do not disturb on or off. */
  doNotDisturbByHand(on: boolean): void {
    if (this.features.turn('dnd', on)) this.#fire(on ? 'dndOn' : 'dndOff');
  }

  #attached(): ExchangeLine {
    if (this.#line === undefined) throw new Error('The phone has not been started.');
    return this.#line;
  }

  #ended(leg: CallLeg, reason: EndReason): void {
    const isMissed = reason === 'missed' || reason === 'remoteCancelled';
    this.#fire(isMissed && leg.direction === 'incoming' ? 'missed' : 'terminated', leg);
    if (this.calls.length === 0) this.features.turn('mute', false);
  }

  #register(registered: boolean): void {
    this.#account = { ...this.#account, registered };
    this.#fire(registered ? 'registered' : 'unregistered');
  }

  #fire(event: ActionUrlEvent, leg?: CallLeg): void {
    const option = ACTION_URL_OPTIONS[event];
    const { remote, local } = leg ?? {};
    void this.actionUrls.fire(option, this.settings.get(option) ?? '', {
      phone_ip: this.#options.host ?? '127.0.0.1',
      mac: this.mac.toUpperCase(),
      product: this.model,
      program_version: this.firmware,
      local: local?.number ?? '',
      display_local: local?.displayName ?? '',
      remote: remote?.number ?? '',
      display_remote: remote?.displayName ?? '',
      active_user: '1',
    });
  }

  #handle(request: RecordedRequest): VirtualReply {
    return answerCti(request, {
      line: this.#attached(),
      accounts: this.accounts,
      quirks: this.quirks,
      credentials: this.#options.credentials,
      values: { phone_model: this.model, '68': this.firmware, '67': this.mac.toUpperCase() },
      dial: (number) => this.dialByHand(number),
      press: (key) => this.#press(key),
      restart: (settings) => this.#restart(settings),
    });
  }

  /** @returns whether it has that key */
  #press(key: string): boolean {
    const digit = key === 'STAR' ? '*' : key === this.quirks.pound ? '#' : key;
    const leg = this.calls.find(({ state }) => state === 'connected');
    if (/^[0-9*#]$/.test(digit)) {
      if (leg !== undefined) this.#attached().sendDigits(leg, digit);
      return true;
    }
    if (!/^(?:OK|UP|DOWN|LEFT|RIGHT|OFFHOOK|ONHOOK|HOLD|MUTE|SPEAKER|LOCK|UNLOCK|MPK\d+|SOFT[1-4])$/.test(key))
      return false;
    this.effects.push(`pressed ${key}`);
    if (key === 'OFFHOOK') this.answerByHand();
    if (key === 'ONHOOK') this.hangUpByHand();
    if (key === 'HOLD') this.holdByHand();
    if (key === 'MUTE' && leg !== undefined) this.features.turn('mute', !this.features.isOn('mute'));
    return true;
  }

  #restart(settings: 'kept' | 'factory'): void {
    this.effects.push(settings === 'kept' ? 'rebooted' : 'reset');
    for (const leg of this.calls) this.#attached().end(leg);
    this.#register(false);
    if (settings === 'factory') for (const option of Object.values(ACTION_URL_OPTIONS)) this.settings.set(option, '');
    this.#fire('setup');
    this.#register(true);
  }
}
