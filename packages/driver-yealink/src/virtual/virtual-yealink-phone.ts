import {
  type ActionUrlClient,
  type Authenticator,
  type CallLeg,
  type Light,
  type ObservableMap,
  type PhoneAccount,
  type PhoneFeatures,
  type RecordedRequest,
  type Recorder,
  type Screen,
  type VirtualPhone,
  VirtualPhoneBase,
  type VirtualReply,
} from '@hookswitch/driver-kit/virtual';
import type { Peripheral } from './action-url-values.ts';
import { autoProvision } from './auto-provisioning.ts';
import type { AudioPath } from './call-desk.ts';
import { drawScreen } from './display.ts';
import { encodeJpeg, grayOfBmp } from './jpeg.ts';
import { serverOptions, type VirtualYealinkPhoneOptions } from './options.ts';
import { type PhoneBase, phoneBase } from './phone-base.ts';
import { type PhoneCalls, phoneCalls } from './phone-calls.ts';
import { type PhoneControls, phoneControls, showReply } from './phone-controls.ts';
import { boot, dropState, resetToFactory } from './phone-lifecycle.ts';
import { phonecfgOf } from './phone-status.ts';
import { PhoneUser } from './phone-user.ts';
import { Power } from './power.ts';
import { importConfig, type ProvisioningResult } from './provisioning.ts';
import type { PushedObject } from './pushed-object.ts';
import type { YealinkQuirks } from './quirks.ts';
import type { RemoteControlPrompt } from './remote-control-prompt.ts';
import { Servlet } from './servlet.ts';
import type { PhoneSettings } from './settings.ts';
import { receiveNotify, type SipNotify } from './sip-notify.ts';
import { sipSideOf, type YealinkSip } from './sip-side.ts';

/**
 * A Yealink phone made of software, from the vendor's documents: what it takes on one side, its action URLs on the
 * other, and a person before it. Make one with {@link createVirtualYealinkPhone}.
 */
export class VirtualYealinkPhone extends VirtualPhoneBase implements VirtualPhone {
  readonly vendor = 'yealink';
  /** A person before the phone. */
  readonly user: PhoneUser;
  /** `SIP-T54W`. */
  readonly model: string;
  readonly firmware: string;
  readonly mac: string;
  readonly actionUrls: ActionUrlClient;
  /** What it fetched besides action URLs: XML objects, URLs of keys, configuration files. */
  readonly fetches: ActionUrlClient;
  readonly settings: PhoneSettings;
  readonly lights: ObservableMap<Light>;
  readonly features: PhoneFeatures;
  /** What lies open in the vendor's documents; change it at any time. */
  readonly quirks: YealinkQuirks;
  /** The login of the web pages, with its lock. */
  readonly login: Authenticator;
  /** The login of XML push. */
  readonly pushLogin: Authenticator;
  /** "Allow remote control?" */
  readonly prompt: RemoteControlPrompt;
  /** Every XML object that it understood, pushed or fetched. */
  readonly pushed: Recorder<PushedObject>;
  readonly #base: PhoneBase;
  readonly #calls: PhoneCalls;
  readonly #controls: PhoneControls;
  readonly #power: Power;
  readonly #servlet: Servlet;
  /** Its SIP side; `undefined` where it has none. */
  override readonly sip: YealinkSip | undefined;

  constructor(options: VirtualYealinkPhoneOptions = {}) {
    super(serverOptions(options));
    const base = phoneBase(options, (body) => showReply(this.#base, this.#controls, body));
    const calls = phoneCalls(base, options.exchange, () => this.#controls.push.noticeIdle());
    const power = new Power({
      quirks: base.quirks,
      bootMs: options.bootMs ?? 0,
      goDown: () => this.#goDown(),
      comeUp: () => this.#comeUp(),
    });
    const controls = phoneControls(base, calls, {
      reboot: () => this.#rebootByKey(),
      factoryReset: () => this.#resetByKey(),
      autoProvision: () => void autoProvision(base),
      voiceMailNumber: options.voiceMailNumber ?? '',
    });
    const { keys, keyPad, push } = controls;
    this.#servlet = new Servlet({
      gates: base,
      push,
      pressKeys: (pressed, outgoingUri) => keys.pressAll(pressed, outgoingUri),
      phonecfg: (selectors) => phonecfgOf(base, calls, selectors),
      picture: (kind) => (kind === 'bmp' ? this.screen.toBmp() : encodeJpeg(grayOfBmp(this.screen.toBmp()))),
      pictureKind: options.pictureKind ?? (base.model.color ? 'jpeg' : 'bmp'),
    });
    this.#base = base;
    this.#calls = calls;
    this.#controls = controls;
    this.#power = power;
    this.sip = sipSideOf(options, base, {
      user: () => this.number,
      accounts: () => this.accounts,
      receive: (notify, later) => this.#receive(notify, later),
    });
    this.model = base.modelName;
    this.firmware = base.firmware;
    this.mac = base.mac;
    this.actionUrls = base.actionUrls;
    this.fetches = base.fetches;
    this.settings = base.settings;
    this.lights = base.lights;
    this.features = base.features;
    this.quirks = base.quirks;
    this.login = base.login;
    this.pushLogin = controls.push.login;
    this.prompt = base.prompt;
    this.pushed = controls.browser.received;
    this.user = new PhoneUser({ desk: calls.desk, keyPad, keys, prompt: base.prompt });
  }

  get calls(): readonly CallLeg[] {
    return this.#calls.desk.legs;
  }

  get accounts(): readonly PhoneAccount[] {
    return this.#calls.registrations.accounts;
  }

  /** How often it beeped for a pushed object. */
  get beeps(): number {
    return this.#controls.browser.beeps;
  }

  /** Drawn from its state each time it is asked for. */
  get screen(): Screen {
    const { desk, registrations } = this.#calls;
    drawScreen({ ...this.#base, ...this.#controls, model: this.model, desk, accounts: () => registrations.accounts });
    return this.#base.screen;
  }

  /** 0 to 15. */
  get volume(): number {
    return this.#controls.keyPad.volume;
  }

  /** What is spoken through; `none` is on hook. */
  get audioPath(): AudioPath {
    return this.#calls.desk.path;
  }

  /** Digits typed so far that were not dialled yet. */
  get typed(): string {
    return this.#calls.desk.typed;
  }

  async start(): Promise<void> {
    await this.server.start();
    await this.sip?.comeUp();
    await boot(this.#base, this.#calls);
  }

  protected handle(request: RecordedRequest): VirtualReply | Promise<VirtualReply> {
    return this.#servlet.handle(request);
  }

  async stop(): Promise<void> {
    await this.#power.off();
    dropState(this.#base, this.#calls, this.#controls);
    await this.sip?.endpoint.stop();
    await this.server.stop();
  }

  /** Somebody pulls the plug and puts it in again. Resolves once the phone is up. */
  async reboot(): Promise<void> {
    await this.#power.reboot();
  }

  /** Resolves once no reboot is under way. */
  async whenUp(): Promise<void> {
    await this.#power.settled();
  }

  /** Takes the text of a configuration file, as if it had been downloaded. */
  provision(text: string): ProvisioningResult {
    return importConfig(this.settings, text);
  }

  /** Fetches the files from `static.auto_provision.server.url`, as the key `AutoP` does. */
  async autoProvision(): Promise<readonly ProvisioningResult[]> {
    return await autoProvision(this.#base);
  }

  /** Registers or unregisters an account, counted from 1, and fires the event. */
  setRegistered(index: number, registered: boolean): void {
    const account = this.#calls.registrations.set(index, registered);
    this.#base.reporter.report(registered ? 'registered' : 'unregistered', { account });
  }

  /** An attempt to register an account fails. */
  failRegistration(index: number): void {
    const account = this.#calls.registrations.set(index, false);
    this.#base.reporter.report('register_failed', { account });
  }

  /** The phone gets another address (as `$ip` says it; it goes on listening where it is). */
  changeIp(ip: string): void {
    this.#base.state.ip = ip;
    this.#base.reporter.report('ip_change');
  }

  /** Somebody plugs peripherals in or out; those that are not named stay. */
  setPeripherals(counts: Partial<Readonly<Record<Peripheral, number>>>): void {
    Object.assign(this.#base.state.peripherals, counts);
    this.#base.reporter.report('peripheral_information');
  }

  /** Acts on a SIP NOTIFY. @returns the SIP status. */
  receiveNotify(notify: SipNotify): number {
    return this.#receive(notify, (act) => act());
  }

  #receive(notify: SipNotify, later: (act: () => void) => void): number {
    return receiveNotify(
      {
        gates: this.#base,
        push: this.#controls.push,
        desk: this.#calls.desk,
        pressKeys: (pressed, outgoingUri) => void this.#controls.keys.pressAll(pressed, outgoingUri),
        later,
        reboot: () => void this.#power.reboot(),
        autoProvision: () => void autoProvision(this.#base),
      },
      notify,
    );
  }

  #rebootByKey() {
    const isForbidden = this.settings.get('features.reboot_in_talk_enable') === '0' && this.calls.length > 0;
    return isForbidden ? { status: 200 } : this.#power.rebootByKey();
  }

  #resetByKey() {
    resetToFactory(this.#base);
    return this.#power.rebootByKey();
  }

  async #goDown(): Promise<void> {
    this.sip?.goDown();
    dropState(this.#base, this.#calls, this.#controls);
    await this.server.refuseConnections(true);
  }

  async #comeUp(): Promise<void> {
    await this.server.refuseConnections(false);
    await this.sip?.comeUp();
    await boot(this.#base, this.#calls);
  }
}

/**
 * Makes a virtual Yealink phone; {@link VirtualYealinkPhone.start} opens it. Throws on an unknown model, a wrong MAC
 * address, or more accounts than the model has.
 */
export const createVirtualYealinkPhone = (options: VirtualYealinkPhoneOptions = {}): VirtualYealinkPhone =>
  new VirtualYealinkPhone(options);
