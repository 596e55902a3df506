import {
  type CallLeg,
  type RecordedRequest,
  VirtualDeskPhone,
  type VirtualDeskPhoneOptions,
  type VirtualReply,
} from '@hookswitch/driver-kit/virtual';

/** What a virtual phone is made with. */
export type VirtualAcmePhoneOptions = VirtualDeskPhoneOptions;

/** Manual, "Events": what the phone reports, by what happens. */
const REPORTS = {
  dialing: 'dialing',
  incoming: 'incoming',
  answered: 'answered',
  ended: 'ended',
  dndOn: 'dnd_on',
  dndOff: 'dnd_off',
} as const;

const DONE: VirtualReply = { status: 200, body: 'done' };

/** A phone of software that keeps to the manual. It knows nothing of the driver, which would else be tested against itself. */
export class VirtualAcmePhone extends VirtualDeskPhone<(typeof REPORTS)[keyof typeof REPORTS]> {
  constructor(options: VirtualAcmePhoneOptions) {
    const { model, firmware } = options;
    super(options, {
      vendor: 'acme',
      userAgent: `Acme ${model} ${firmware}`,
      reports: REPORTS,
      quirks: {},
      login: { scheme: 'digest', realm: `Acme ${model}` },
      screen: [128, 64],
    });
  }

  protected report(event: string, leg?: CallLeg): void {
    const values = { mac: this.mac, call: leg?.id ?? '', remote: leg?.remote.number ?? '' };
    void this.actionUrls.fire(event, this.settings.get(`event.${event}`) ?? '', values);
  }

  protected answer(request: RecordedRequest): VirtualReply {
    switch (request.path) {
      case '/call':
        return this.#call(request.query);
      case '/dnd':
        this.setDoNotDisturb(request.query === 'on');
        return DONE;
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
    if (number !== null && number !== '') this.line.dial(number);
    else if (leg === undefined) return { status: 200, body: 'error: no call' };
    else if (query === 'answer') this.line.answer(leg);
    else this.line.end(leg);
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
