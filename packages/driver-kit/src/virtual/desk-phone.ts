import type { PhoneAccount } from './accounts.ts';
import { ActionUrlClient, type ActionUrlSettings } from './action-url-client.ts';
import { type AuthenticationSettings, Authenticator, type Credentials } from './authentication.ts';
import type { CallLeg, EndReason, ExchangeLine, VirtualEndpoint } from './call.ts';
import { answerRinging, holdConnected, isConnected, onNewest } from './desk-calls.ts';
import type { VirtualExchange } from './exchange.ts';
import { PhoneFeatures } from './features.ts';
import type { RecordedRequest, VirtualReply } from './http-message.ts';
import { ObservableMap } from './observable-map.ts';
import { VirtualPhoneBase } from './phone-base.ts';
import { Screen } from './screen.ts';
import type { Light, VirtualPhone } from './virtual-phone.ts';

/** What a virtual desk phone is made with. */
export interface VirtualDeskPhoneOptions<Quirks extends object = object> {
  readonly exchange: VirtualExchange;
  /** As the phone tells it. */
  readonly model: string;
  readonly firmware: string;
  /** Twelve lower-case hexadecimal digits without separators. */
  readonly mac: string;
  readonly number: string;
  /** Default: none. */
  readonly displayName?: string;
  /** The login of its web server. */
  readonly credentials: Credentials;
  /** Further settings, by the vendor's names. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Where it differs from {@link VirtualDeskPhoneMake.quirks}. */
  readonly quirks?: Partial<Quirks>;
  /** The address of its web server, and where its reports come from. Default `127.0.0.1`. */
  readonly host?: string;
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly now?: () => number;
}

/** What happens at a desk phone, and what it may report. `missed` is told as `ended` where a phone has no word of its own for it. */
export type DeskMoment =
  | 'started'
  | 'registered'
  | 'unregistered'
  | 'offHook'
  | 'onHook'
  | 'dndOn'
  | 'dndOff'
  | CallMoment;
type CallMoment =
  | 'dialing'
  | 'ringing'
  | 'incoming'
  | 'answered'
  | 'held'
  | 'resumed'
  | 'remoteHeld'
  | 'remoteResumed'
  | 'missed'
  | 'ended';

/** What the phones of a vendor have in common: data, but for `nextLegId`. */
export interface VirtualDeskPhoneMake<Report extends string, Quirks extends object = object> {
  /** Identity of the driver that speaks to it. */
  readonly vendor: string;
  /** What the phone calls itself where it fires action URLs. */
  readonly userAgent: string;
  /** What the phone reports of what happens; what is not here it keeps to itself. */
  readonly reports: Readonly<Partial<Record<DeskMoment, Report>>>;
  /** The phone that keeps to the documents; change them while it runs. */
  readonly quirks: Quirks;
  /** How its web server asks for {@link VirtualDeskPhoneOptions.credentials}. Left out: it does not ask. */
  readonly login?: Partial<Omit<AuthenticationSettings, 'credentials'>>;
  /** Headers of every reply. */
  readonly headers?: Readonly<Record<string, string>>;
  /** As the phone leaves the factory. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Its lights by the vendor's key names, all off. */
  readonly lights?: readonly string[];
  /** Width and height in pixels. Default 320 by 240. */
  readonly screen?: readonly [width: number, height: number];
  readonly actionUrls?: Partial<ActionUrlSettings>;
  /** Names the next call, for phones whose names of calls have a form. */
  readonly nextLegId?: VirtualEndpoint['nextLegId'];
}

/**
 * A desk phone with one line, of which a vendor's class says what it is ({@link VirtualDeskPhoneMake}), what it answers
 * ({@link answer}) and how it reports ({@link report}). It knows nothing of drivers, which would else be tested against themselves.
 */
export abstract class VirtualDeskPhone<Report extends string, Quirks extends object = object>
  extends VirtualPhoneBase
  implements VirtualPhone
{
  readonly vendor: string;
  readonly model: string;
  readonly firmware: string;
  readonly mac: string;
  readonly settings: ObservableMap<string>;
  readonly lights: ObservableMap<Light>;
  readonly features = new PhoneFeatures();
  readonly screen: Screen;
  readonly actionUrls: ActionUrlClient;
  /** Where it differs from the documents; change them while it runs. */
  readonly quirks: Quirks;
  /** The login of its web server; change it while it runs. */
  readonly login: Authenticator;
  /** Milliseconds since 1970, by the phone's clock. */
  protected readonly now: () => number;
  readonly #make: VirtualDeskPhoneMake<Report, Quirks>;
  readonly #exchange: VirtualExchange;
  #account: PhoneAccount;
  #line: ExchangeLine | undefined;

  constructor(options: VirtualDeskPhoneOptions<Quirks>, make: VirtualDeskPhoneMake<Report, Quirks>) {
    const { exchange, model, firmware, mac, number, displayName = '', credentials, host = '127.0.0.1' } = options;
    const { vendor, userAgent, login = { scheme: 'none' }, headers = {}, screen = [320, 240], lights = [] } = make;
    super({ host, headers });
    this.vendor = vendor;
    this.model = model;
    this.firmware = firmware;
    this.mac = mac;
    this.now = options.now ?? Date.now;
    this.quirks = { ...make.quirks, ...options.quirks };
    this.settings = new ObservableMap({ ...make.settings, ...options.settings });
    this.lights = new ObservableMap<Light>(
      Object.fromEntries(lights.map((key) => [key, { state: 'off', color: undefined }])),
    );
    this.screen = new Screen(screen[0], screen[1]);
    this.actionUrls = new ActionUrlClient({ userAgent, localAddress: host, ...make.actionUrls });
    this.login = new Authenticator({ ...login, credentials: [credentials] }, this.now);
    this.#make = make;
    this.#exchange = exchange;
    const label = displayName === '' ? number : displayName;
    const { domain } = exchange;
    this.#account = { index: 1, enabled: true, registered: false, label, number, displayName, domain };
    this.screen.show(model, number);
  }

  /** Answers a request of somebody who is logged in, where the phone asks for that. */
  protected abstract answer(request: RecordedRequest): VirtualReply | Promise<VirtualReply>;

  /** Reports what has happened by the vendor's word for it, with the call that it is about. */
  protected abstract report(report: Report, leg?: CallLeg): void;

  /** Called whenever the last call has ended. */
  protected whenIdle(): void {}

  get accounts(): readonly [PhoneAccount] {
    return [this.#account];
  }

  get calls(): readonly CallLeg[] {
    return this.#line?.legs ?? [];
  }

  /** Its line. Throws before {@link start}. */
  get line(): ExchangeLine {
    if (this.#line === undefined) throw new Error('The phone was not started yet.');
    return this.#line;
  }

  async start(): Promise<void> {
    await this.server.start();
    await this.sip?.endpoint.start();
    const { number, displayName, domain } = this.#account;
    const { nextLegId } = this.#make;
    const told = (moment: CallMoment) => (leg: CallLeg) => this.tell(moment, leg);
    this.#line = this.#exchange.connect({
      number,
      displayName,
      domain,
      ...(nextLegId === undefined ? {} : { nextLegId }),
      admit: () => (this.features.isOn('dnd') ? 'busy' : 'ring'),
      onDialing: told('dialing'),
      onRinging: told('ringing'),
      onIncoming: told('incoming'),
      onAnswered: told('answered'),
      onHeld: told('held'),
      onResumed: told('resumed'),
      onRemoteHeld: told('remoteHeld'),
      onRemoteResumed: told('remoteResumed'),
      onEnded: (leg, reason) => this.#ended(leg, reason),
    });
    this.tell('started');
    this.register(true);
  }

  async stop(): Promise<void> {
    this.#line?.disconnect();
    await this.sip?.endpoint.stop();
    await this.server.stop();
  }

  /** Somebody lifts the handset: answers what rings. */
  answerByHand(): void {
    this.tell('offHook');
    answerRinging(this.line);
  }

  /** Somebody presses Hold. */
  holdByHand(): void {
    holdConnected(this.line);
  }

  /** Somebody dials: the call that is connected is held first. */
  dialByHand(number: string): void {
    this.holdByHand();
    this.line.dial(number);
  }

  /** The handset goes back: the call that is connected ends. */
  hangUpByHand(): void {
    onNewest(this.line, isConnected, (leg) => this.line.end(leg));
    this.tell('onHook');
  }

  /** Somebody turns do not disturb on or off, be it with a request. */
  setDoNotDisturb(on: boolean): void {
    if (this.features.turn('dnd', on)) this.tell(on ? 'dndOn' : 'dndOff');
  }

  protected handle(request: RecordedRequest): VirtualReply | Promise<VirtualReply> {
    const verdict = this.login.check(request);
    return verdict.allowed ? this.answer(request) : verdict.reply;
  }

  /** Its account registers, or loses its registration, and the phone reports it. */
  register(registered: boolean): void {
    this.#account = { ...this.#account, registered };
    this.tell(registered ? 'registered' : 'unregistered');
  }

  /** Reports a moment, where the phone has a word for it. */
  protected tell(moment: DeskMoment, leg?: CallLeg): void {
    const report = this.#make.reports[moment];
    if (report !== undefined) this.report(report, leg);
  }

  #ended(leg: CallLeg, reason: EndReason): void {
    const isMissed = leg.direction === 'incoming' && (reason === 'missed' || reason === 'remoteCancelled');
    this.tell(isMissed && this.#make.reports.missed !== undefined ? 'missed' : 'ended', leg);
    if (this.calls.length > 0) return;
    this.features.turn('mute', false);
    this.whenIdle();
  }
}
