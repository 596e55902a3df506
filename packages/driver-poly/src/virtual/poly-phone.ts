import {
  ActionUrlClient,
  Authenticator,
  type CallLeg,
  type Credentials,
  type EndReason,
  type ExchangeLine,
  type HttpFaults,
  type Light,
  ObservableMap,
  type PhoneAccount,
  PhoneFeatures,
  type PostedDocument,
  type RecordedRequest,
  type RequestRecorder,
  Screen,
  type VirtualExchange,
  VirtualHttpServer,
  type VirtualPhone,
  type VirtualReply,
} from '@hookswitch/driver-kit/virtual';
import { FACTORY_SETTINGS } from './factory-settings.table.ts';
import { type PolyState, partyEvent, plainEvent, stateEvent } from './notifications.ts';
import { answerPush } from './push.ts';
import { defaultQuirks, type PolyQuirks } from './quirks.ts';
import { answerRest } from './rest-api.ts';

/** What a virtual Poly phone is made with. */
export interface VirtualPolyPhoneOptions {
  readonly exchange: VirtualExchange;
  /** As the phone tells it: `VVX 450`. */
  readonly model: string;
  /** `5.9.3.2857`. */
  readonly firmware: string;
  /** Twelve hexadecimal digits. */
  readonly mac: string;
  readonly number: string;
  readonly displayName?: string;
  /** The administrator's login. */
  readonly credentials: Credentials;
  /** Further settings, by the vendor's names: `apps.push.username`. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly quirks?: Partial<PolyQuirks>;
  readonly host?: string;
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly now?: () => number;
}

/** A Poly phone of software: its REST API with Basic, its pushes with Digest, its notifications by POST. */
export class VirtualPolyPhone implements VirtualPhone {
  readonly vendor = 'poly';
  readonly model: string;
  readonly firmware: string;
  readonly mac: string;
  readonly number: string;
  readonly settings: ObservableMap<string>;
  readonly lights = new ObservableMap<Light>();
  readonly features = new PhoneFeatures();
  readonly screen = new Screen(320, 240);
  readonly actionUrls: ActionUrlClient;
  readonly quirks: PolyQuirks;
  /** How often it has restarted. */
  reboots = 0;
  readonly #options: VirtualPolyPhoneOptions;
  readonly #web: Authenticator;
  readonly #push = new Authenticator({ scheme: 'digest', realm: 'PUSH Authentication' });
  readonly #server: VirtualHttpServer;
  #account: PhoneAccount;
  #line: ExchangeLine | undefined;
  #references = 0x41aa9c00;

  constructor(options: VirtualPolyPhoneOptions) {
    const { exchange, model, firmware, mac, number, displayName = '', credentials, host } = options;
    this.#options = options;
    this.model = model;
    this.firmware = firmware;
    this.mac = mac;
    this.number = number;
    this.quirks = { ...defaultQuirks(), ...options.quirks };
    this.settings = new ObservableMap({ ...FACTORY_SETTINGS, ...options.settings });
    this.actionUrls = new ActionUrlClient({
      userAgent: `FileTransport Polycom${model.replace(' ', '_')}-UA/${firmware}`,
      ...(host === undefined ? {} : { localAddress: host }),
    });
    this.#web = new Authenticator({ scheme: 'basic', realm: 'API Authentication', credentials: [credentials] });
    this.#server = new VirtualHttpServer({
      handle: (request) => this.#handle(request),
      headers: { Server: 'Polycom SoundPoint IP Telephone HTTPd' },
      ...(host === undefined ? {} : { host }),
    });
    const { domain } = exchange;
    const label = displayName === '' ? number : displayName;
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
    const told = (state: PolyState) => (leg: CallLeg) => this.#tell(leg, state);
    this.#line = this.#options.exchange.connect({
      number: this.number,
      displayName: this.#options.displayName ?? '',
      domain: this.#options.exchange.domain,
      // References look like addresses in memory, and go up.
      nextLegId: () => {
        this.#references += 0x1a8;
        return this.#references.toString(16);
      },
      admit: () => (this.features.isOn('dnd') ? 'busy' : 'ring'),
      onDialing: told('Setup'),
      onRinging: told('Ringback'),
      onIncoming: told('Offering'),
      onAnswered: told('Connected'),
      onHeld: told('Hold'),
      onResumed: told('Connected'),
      onRemoteHeld: told('Held'),
      onRemoteResumed: told('Connected'),
      onEnded: (leg: CallLeg, _: EndReason) => {
        this.#tell(leg, 'Disconnected');
        if (this.calls.length === 0) this.features.turn('mute', false);
      },
    });
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

  /**
   * Fetches a configuration file and takes its settings over, as after an update of the configuration.
   * @throws Error where it could not be fetched, or holds none
   */
  async provision(url: string): Promise<void> {
    const fetched = await this.actionUrls.fire('provisioning', url);
    const settings = [...(fetched?.reply?.body ?? '').matchAll(/\s([\w.]+)="([^"]*)"/g)].filter(([, name]) =>
      name?.startsWith('apps.'),
    );
    if (fetched?.reply?.status !== 200 || settings.length === 0) throw new Error(`There are no settings at ${url}.`);
    const plain = (text: string): string =>
      text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&amp;', '&');
    for (const [, name = '', value = ''] of settings) this.settings.set(name, plain(value));
  }

  /** Somebody lifts the handset: answers what rings. */
  answerByHand(): void {
    this.#post('OffHookEvent', 'offhookEvent', (sender) => plainEvent('OffHookEvent', sender));
    const leg = this.calls.find(({ state, direction }) => state === 'ringing' && direction === 'incoming');
    if (leg !== undefined) this.#line?.answer(leg);
  }

  /** Somebody presses Hold, or dials. */
  holdByHand(): void {
    const leg = this.calls.find(({ state }) => state === 'connected');
    if (leg !== undefined) this.#line?.hold(leg);
  }

  dialByHand(number: string): void {
    this.holdByHand();
    this.#line?.dial(number);
  }

  /** The handset goes back: the call that is connected ends. */
  hangUpByHand(): void {
    const leg = this.calls.find(({ state }) => state === 'connected');
    if (leg !== undefined) this.#line?.end(leg);
    this.#post('OnHookEvent', 'onhookEvent', (sender) => plainEvent('OnHookEvent', sender));
  }

  #register(registered: boolean): void {
    this.#account = { ...this.#account, registered };
    const name = registered ? 'LineRegistrationEvent' : 'LineUnregistrationEvent';
    this.#post(name, 'lineRegistrationEvent', (sender) => plainEvent(name, sender, 1));
  }

  #tell(leg: CallLeg, state: PolyState): void {
    this.#post('CallStateChangeEvent', 'callStateChangeEvent', (sender) =>
      stateEvent(leg, state, { ...sender, calls: this.calls }),
    );
    if (!this.quirks.tellsTwice || (state !== 'Setup' && state !== 'Offering')) return;
    const name = state === 'Setup' ? 'OutgoingCallEvent' : 'IncomingCallEvent';
    this.#post(name, name === 'OutgoingCallEvent' ? 'outgoingEvent' : 'incomingEvent', (sender) =>
      partyEvent(leg, sender),
    );
  }

  #post(event: string, setting: string, make: (sender: Parameters<typeof partyEvent>[1]) => PostedDocument): void {
    const isOn = this.settings.get(`apps.telNotification.${setting}`) === '1';
    const url = this.settings.get('apps.telNotification.URL') ?? '';
    if (!isOn || url === '') return;
    const { now = Date.now, host: ip = '127.0.0.1' } = this.#options;
    void this.actionUrls.post(event, url, make({ mac: this.mac, ip, quirks: this.quirks, now }));
  }

  #handle(request: RecordedRequest): VirtualReply {
    if (request.path === '/push') return this.#takePush(request);
    const verdict = this.#web.check(request);
    if (!verdict.allowed) return verdict.reply;
    if (this.settings.get('apps.restapi.enabled') !== '1') return { status: 404 };
    return answerRest(request, {
      model: this.model,
      firmware: this.firmware,
      mac: this.mac,
      quirks: this.quirks,
      line: () => this.#line ?? this.#options.exchange.connect(this.#account),
      lines: () => [this.#lineInfo()],
      setting: (name) => this.settings.get(name),
      write: (settings) => this.settings.assign(settings),
      mute: (on) => this.features.turn('mute', on),
      reboot: () => this.#reboot(),
    });
  }

  #takePush(request: RecordedRequest): VirtualReply {
    const [username = '', password = ''] = ['username', 'password'].map((name) =>
      this.settings.get(`apps.push.${name}`),
    );
    if (username === '') return { status: 403 };
    this.#push.settings.credentials = [{ username, password }];
    const verdict = this.#push.check(request);
    if (!verdict.allowed) return verdict.reply;
    return answerPush(request, { screen: this.screen, messageType: this.settings.get('apps.push.messageType') ?? '0' });
  }

  #lineInfo(): Readonly<Record<string, string>> {
    const { number, displayName, domain, registered } = this.#account;
    return {
      LineNumber: '1',
      RegistrationStatus: registered ? 'registered' : 'unregistered',
      LineType: 'private',
      SIPAddress: registered ? `${number}@${domain}` : number,
      Protocol: 'SIP',
      Label: displayName === '' ? number : displayName,
      UserID: number,
      ProxyAddress: domain,
      Port: '0',
    };
  }

  /** At once without a call, else when the last one has ended. */
  #reboot(): void {
    if (this.calls.length > 0) {
      const waiting = setInterval(() => {
        if (this.calls.length > 0) return;
        clearInterval(waiting);
        this.#restart();
      }, 20);
      waiting.unref();
      return;
    }
    this.#restart();
  }

  #restart(): void {
    this.reboots += 1;
    this.#register(false);
    this.#register(true);
  }
}
