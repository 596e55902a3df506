import {
  type CallLeg,
  type RecordedRequest,
  type RecordedSipRequest,
  VirtualDeskPhone,
  type VirtualExchange,
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

/** What its light shows while it reports. */
const LIGHTS = { incoming: 'blinking', answered: 'on', ended: 'off' } as const;
type Report = keyof typeof LIGHTS;

/** A small phone: two keys, one light, action URLs in the settings, and a SIP side. */
export class ExamplePhone extends VirtualDeskPhone<Report> {
  override readonly sip = {
    endpoint: new VirtualSipEndpoint({
      handle: (request, dialog) => this.#handleSip(request, dialog),
      methods: ['NOTIFY', 'INVITE', 'INFO', 'OPTIONS'],
      user: () => this.number,
      authentication: { realm: 'E1' },
    }),
  };
  /** Whom it tells of its calls. */
  #listener: VirtualSipDialog | undefined;

  constructor(exchange: VirtualExchange, number: string) {
    const known = { model: 'E1', firmware: '1.0', mac: '02000000e001', credentials: { username: '', password: '' } };
    super(
      { ...known, exchange, number },
      {
        vendor: 'example',
        userAgent: 'Example E1 1.0 02000000e001',
        reports: { incoming: 'incoming', answered: 'answered', ended: 'ended' },
        quirks: {},
        login: { scheme: 'none', realm: 'E1' },
        lights: ['L1'],
        screen: [128, 64],
      },
    );
    this.lights.onChange(({ after }) => this.screen.show(number, `L1 ${after?.state}`));
  }

  protected report(event: Report, leg?: CallLeg): void {
    this.lights.set('L1', { state: LIGHTS[event], color: undefined });
    const values = { mac: this.mac, remote: leg?.remote.number ?? '', call_id: leg?.id ?? '' };
    void this.actionUrls.fire(event, this.settings.get(`url.${event}`) ?? '', values);
    const body = `mac=${values.mac}&call_id=${values.call_id}&remote=${values.remote}`;
    void this.#listener?.request('INFO', { contentType: EXAMPLE_SIP.csta, body: `${event}?${body}` });
  }

  protected answer(request: RecordedRequest): VirtualReply {
    if (request.path === '/screen.bmp') return { status: 200, body: this.screen.toBmp() };
    this.#press(request.query);
    return { status: 200 };
  }

  #press(key: string): void {
    const [, lights = ''] = /^key=leds=(.*)$/.exec(key) ?? [];
    for (const name of lights.split(',').filter((one) => one !== ''))
      this.lights.set(name, { state: 'on', color: undefined });
    const leg = this.calls[0];
    if (leg !== undefined && key === 'key=OK') this.line.answer(leg);
    if (leg !== undefined && key === 'key=CANCEL') this.line.end(leg);
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
