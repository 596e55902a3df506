import {
  ActionUrlClient,
  Authenticator,
  type CallLeg,
  type Credentials,
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

/** What a virtual phone is made with. */
export interface VirtualAcmePhoneOptions {
  readonly exchange: VirtualExchange;
  readonly model: string;
  readonly firmware: string;
  /** Twelve lower-case hexadecimal digits. */
  readonly mac: string;
  readonly number: string;
  readonly credentials: Credentials;
}

const DONE: VirtualReply = { status: 200, body: 'done' };

/** A phone of software that keeps to the manual. It knows nothing of the driver, which would else be tested against itself. */
export class VirtualAcmePhone implements VirtualPhone {
  readonly vendor = 'acme';
  readonly model: string;
  readonly firmware: string;
  readonly mac: string;
  readonly number: string;
  readonly settings = new ObservableMap<string>();
  readonly lights = new ObservableMap<Light>();
  readonly features = new PhoneFeatures();
  readonly screen = new Screen(128, 64);
  readonly actionUrls: ActionUrlClient;
  readonly accounts: readonly PhoneAccount[];
  readonly #exchange: VirtualExchange;
  readonly #login: Authenticator;
  readonly #server = new VirtualHttpServer({ handle: (request) => this.#handle(request) });
  #line: ExchangeLine | undefined;

  constructor({ exchange, model, firmware, mac, number, credentials }: VirtualAcmePhoneOptions) {
    this.#exchange = exchange;
    this.model = model;
    this.firmware = firmware;
    this.mac = mac;
    this.number = number;
    this.actionUrls = new ActionUrlClient({ userAgent: `Acme ${model} ${firmware}` });
    this.#login = new Authenticator({ scheme: 'digest', realm: `Acme ${model}`, credentials: [credentials] });
    const { domain } = exchange;
    this.accounts = [{ index: 1, enabled: true, registered: true, label: number, number, displayName: '', domain }];
    this.screen.show(`Acme ${model}`, number);
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

  get calls(): readonly CallLeg[] {
    return this.#line?.legs ?? [];
  }

  async start(): Promise<void> {
    await this.#server.start();
    this.#line = this.#exchange.connect({
      number: this.number,
      displayName: '',
      domain: this.#exchange.domain,
      admit: () => (this.features.isOn('dnd') ? 'busy' : 'ring'),
      onDialing: (leg) => this.#report('dialing', leg),
      onIncoming: (leg) => this.#report('incoming', leg),
      onAnswered: (leg) => this.#report('answered', leg),
      onEnded: (leg) => this.#report('ended', leg),
    });
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

  /** Somebody answers the call that rings. */
  answerByHand(): void {
    this.#call('answer');
  }

  #report(event: string, leg?: CallLeg): void {
    const values = { mac: this.mac, call: leg?.id ?? '', remote: leg?.remote.number ?? '' };
    void this.actionUrls.fire(event, this.settings.get(`event.${event}`) ?? '', values);
  }

  #handle(request: RecordedRequest): VirtualReply {
    const verdict = this.#login.check(request);
    if (!verdict.allowed) return verdict.reply;
    switch (request.path) {
      case '/call':
        return this.#call(request.query);
      case '/dnd':
        return this.#doNotDisturb(request.query === 'on');
      case '/screen.bmp':
        return { status: 200, body: this.screen.toBmp() };
      case '/settings':
        return this.#write(request.body);
      default:
        return { status: 404 };
    }
  }

  #call(query: string): VirtualReply {
    const [leg] = this.calls;
    const number = new URLSearchParams(query).get('dial');
    if (number !== null && number !== '') this.#line?.dial(number);
    else if (leg === undefined) return { status: 200, body: 'error: no call' };
    else if (query === 'answer') this.#line?.answer(leg);
    else this.#line?.end(leg);
    return DONE;
  }

  #doNotDisturb(on: boolean): VirtualReply {
    if (this.features.turn('dnd', on)) this.#report(on ? 'dnd_on' : 'dnd_off');
    return DONE;
  }

  #write(body: string): VirtualReply {
    for (const line of body.split('\n').filter((text) => text !== '')) {
      const [name = '', ...value] = line.split('=');
      this.settings.set(name, value.join('='));
    }
    return DONE;
  }
}
