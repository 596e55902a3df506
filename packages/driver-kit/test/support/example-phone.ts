import {
  ActionUrlClient,
  Authenticator,
  type CallLeg,
  type ExchangeLine,
  type Light,
  ObservableMap,
  type PhoneAccount,
  PhoneFeatures,
  type RecordedRequest,
  type RecordedSipRequest,
  Screen,
  type VirtualExchange,
  VirtualHttpServer,
  type VirtualPhone,
  type VirtualReply,
  type VirtualSipDialog,
  VirtualSipEndpoint,
  type VirtualSipReply,
} from '../../src/virtual/index.ts';

/** What its SIP side speaks, to the octet: keys by NOTIFY, and the same in a dialog for CSTA. */
export const EXAMPLE_SIP = {
  event: 'example-key',
  mediaType: 'text/plain',
  csta: 'application/csta+xml',
} as const;

/** The least phone that is a {@link VirtualPhone}: two keys, one light, action URLs in the settings. */
export class ExamplePhone implements VirtualPhone {
  readonly vendor = 'example';
  readonly model = 'E1';
  readonly firmware = '1.0';
  readonly mac = '02000000e001';
  readonly settings = new ObservableMap<string>();
  readonly lights = new ObservableMap<Light>({ L1: { state: 'off', color: undefined } });
  readonly features = new PhoneFeatures();
  readonly screen = new Screen(128, 64);
  readonly login = new Authenticator({ realm: 'E1' });
  readonly actionUrls = new ActionUrlClient({ userAgent: 'Example E1 1.0 02000000e001' });
  readonly accounts: readonly PhoneAccount[];
  readonly #exchange: VirtualExchange;
  readonly #server = new VirtualHttpServer({ handle: (request) => this.#handle(request) });
  readonly sip = new VirtualSipEndpoint({
    handle: (request, dialog) => this.#handleSip(request, dialog),
    methods: ['NOTIFY', 'INVITE', 'INFO', 'OPTIONS'],
    user: () => this.number,
    authentication: { realm: 'E1' },
  });
  #line: ExchangeLine | undefined;
  /** Whom it tells of its calls. */
  #listener: VirtualSipDialog | undefined;

  constructor(exchange: VirtualExchange, number: string) {
    this.#exchange = exchange;
    const { domain } = exchange;
    this.accounts = [{ index: 1, enabled: true, registered: true, label: number, number, displayName: '', domain }];
    this.lights.onChange(({ after }) => this.screen.show(number, `L1 ${after?.state}`));
  }

  get number(): string {
    return this.accounts[0]?.number ?? '';
  }

  get address(): string {
    return this.#server.address;
  }

  get sipUri(): string {
    return this.sip.uri;
  }

  get requests() {
    return this.#server.requests;
  }

  get faults() {
    return this.#server.faults;
  }

  get calls(): readonly CallLeg[] {
    return this.#line?.legs ?? [];
  }

  /** Somebody takes the oldest call that rings. */
  answerByHand(): void {
    const leg = this.calls[0];
    if (leg !== undefined) this.#line?.answer(leg);
  }

  async start(): Promise<void> {
    await this.#server.start();
    await this.sip.start();
    this.#line = this.#exchange.connect({
      number: this.number,
      displayName: '',
      domain: this.#exchange.domain,
      admit: () => (this.features.isOn('dnd') ? 'busy' : 'ring'),
      onIncoming: (leg) => this.#report('incoming', leg, 'blinking'),
      onAnswered: (leg) => this.#report('answered', leg, 'on'),
      onEnded: (leg) => this.#report('ended', leg, 'off'),
    });
  }

  async stop(): Promise<void> {
    this.#line?.disconnect();
    await this.sip.stop();
    await this.#server.stop();
  }

  async refuseConnections(refuse: boolean): Promise<void> {
    await this.#server.refuseConnections(refuse);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  #report(event: string, leg: CallLeg, state: string): void {
    this.lights.set('L1', { state, color: undefined });
    const values = { mac: this.mac, remote: leg.remote.number, call_id: leg.id };
    void this.actionUrls.fire(event, this.settings.get(`url.${event}`) ?? '', values);
    const body = `mac=${values.mac}&call_id=${values.call_id}&remote=${values.remote}`;
    void this.#listener?.request('INFO', { contentType: EXAMPLE_SIP.csta, body: `${event}?${body}` });
  }

  #handle(request: RecordedRequest): VirtualReply {
    const verdict = this.login.check(request);
    if (!verdict.allowed) return verdict.reply;
    if (request.path === '/screen.bmp') return { status: 200, body: this.screen.toBmp() };
    this.#press(request.query);
    return { status: 200 };
  }

  #press(key: string): void {
    const [, lights = ''] = /^key=leds=(.*)$/.exec(key) ?? [];
    for (const name of lights.split(',').filter((one) => one !== ''))
      this.lights.set(name, { state: 'on', color: undefined });
    const leg = this.calls[0];
    if (leg !== undefined && key === 'key=OK') this.#line?.answer(leg);
    if (leg !== undefined && key === 'key=CANCEL') this.#line?.end(leg);
  }

  #handleSip({ method, headers, body }: RecordedSipRequest, dialog: VirtualSipDialog | undefined): VirtualSipReply {
    if (method === 'OPTIONS') return { status: 200 };
    const type = headers['content-type'];
    if (method === 'NOTIFY') {
      if (headers['event'] !== EXAMPLE_SIP.event) return { status: 489 };
      if (type !== EXAMPLE_SIP.mediaType) return { status: 415 };
      this.#press(body);
      return { status: 200 };
    }
    if (type !== EXAMPLE_SIP.csta) return { status: 488 };
    if (method === 'INVITE') return { status: 200 };
    if (dialog === undefined) return { status: 481 };
    if (body === 'listen') {
      this.#listener = dialog;
      return { status: 200 };
    }
    return {
      status: 200,
      afterwards: () => {
        this.#press(body);
        void dialog.request('INFO', { contentType: EXAMPLE_SIP.csta, body: `done ${body}` });
      },
    };
  }
}
