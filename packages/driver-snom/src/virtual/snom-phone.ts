import { randomBytes } from 'node:crypto';
import {
  type ActionUrlClient,
  type CallLeg,
  type Light,
  ObservableMap,
  type PhoneAccount,
  PhoneFeatures,
  type RecordedRequest,
  Recorder,
  Screen,
  VirtualExchange,
  type VirtualPhone,
  VirtualPhoneBase,
  type VirtualReply,
} from '@hookswitch/driver-kit/virtual';
import { ActionUrlReporter } from './action-urls/reporter.ts';
import { userAgent } from './action-urls/user-agent.ts';
import { Minibrowser } from './browser/minibrowser.ts';
import { CallLists } from './calls/call-lists.ts';
import { LineKeys } from './calls/line-keys.ts';
import { Telephony } from './calls/telephony.ts';
import { screenLines } from './display.ts';
import type { SnomEffect } from './effects.ts';
import { reportFeatures } from './feature-reports.ts';
import { WebInterface } from './http/web-interface.ts';
import { Desk } from './keys/desk.ts';
import { functionKeyNames } from './keys/function-key-settings.ts';
import { Keyboard } from './keys/keyboard.ts';
import { type SnomModel, snomModel } from './models.ts';
import { defaultQuirks, type SnomQuirks, type VirtualSnomOptions } from './options.ts';
import type { SnomParts } from './parts.ts';
import { Power } from './power.ts';
import { factorySettings } from './settings/defaults.ts';
import { followForwards } from './settings/forward-settings.ts';
import { provisionedSettings } from './settings/provisioned.ts';
import { provisionAgain } from './settings/provisioning.ts';
import { SnomSettings } from './settings/snom-settings.ts';
import { Buttons } from './sip/buttons.ts';
import { SnomSip } from './sip/snom-sip.ts';
import { SnomUser } from './user.ts';

const OFF: Light = { state: 'off', color: undefined };
const IDENTITY_SETTING = /^user_(?:name|realname|host|active)(\d+)$/;

/** A Snom phone made of software. See `createVirtualSnomPhone`. */
export class VirtualSnomPhone extends VirtualPhoneBase implements VirtualPhone, SnomParts {
  readonly vendor = 'snom';
  readonly profile: SnomModel;
  readonly firmware: string;
  readonly mac: string;
  readonly expansionKeys: number;
  /** What it does where documents disagree or are silent; change it at any time. */
  readonly quirks: SnomQuirks;
  readonly memory: SnomSettings;
  readonly features = new PhoneFeatures();
  readonly lights: ObservableMap<Light>;
  readonly screen: Screen;
  /** What it did that nothing else shows. */
  readonly effects = new Recorder<SnomEffect>();
  readonly telephony: Telephony;
  readonly lineKeys: LineKeys;
  readonly callLists = new CallLists();
  readonly desk: Desk;
  readonly keyboard: Keyboard;
  readonly browser: Minibrowser;
  readonly reporter: ActionUrlReporter;
  readonly power: Power;
  /** Keys of type `button`, as MESSAGEs have set them. */
  readonly buttons: Buttons;
  override readonly sip: SnomSip | undefined;
  /** The person in front of it. */
  readonly user: SnomUser;
  lineInfoLayerFixed = false;
  readonly #web: WebInterface;
  readonly #changedIdentities = new Set<number>();
  #isUp = false;

  constructor(options: VirtualSnomOptions) {
    super({
      headers: { Server: 'snom embedded' },
      ...(options.host === undefined ? {} : { host: options.host }),
      ...(options.port === undefined ? {} : { port: options.port }),
      faults: {
        emptyReplyWithoutKeepAlive: ({ path }) => this.quirks.needsKeepAlive && path !== '/minibrowser.htm',
        ...options.faults,
      },
    });
    this.profile = snomModel(options.model ?? 'D785');
    this.firmware = options.firmware ?? this.profile.defaultFirmware;
    this.mac = (options.mac ?? `000413${randomBytes(3).toString('hex')}`).replace(/[^0-9a-f]/gi, '').toLowerCase();
    this.expansionKeys = options.expansionKeys ?? 0;
    this.quirks = { ...defaultQuirks(), ...options.quirks };
    const exchange = options.exchange ?? new VirtualExchange();
    const factory = factorySettings(this.profile, this.firmware, this.mac);
    this.memory = new SnomSettings(factory, provisionedSettings(options, exchange.domain));
    this.#web = new WebInterface(this);
    const agent = userAgent(this.profile, this.firmware, this.mac);
    this.lights = new ObservableMap(
      Object.fromEntries([...functionKeyNames(this), 'MESSAGE'].map((key) => [key, OFF])),
    );
    this.screen = new Screen(this.profile.screen.width, this.profile.screen.height);
    this.telephony = new Telephony(this, exchange);
    this.lineKeys = new LineKeys(this);
    this.desk = new Desk(this);
    this.keyboard = new Keyboard(this);
    this.browser = new Minibrowser(this, agent);
    this.reporter = new ActionUrlReporter(this, agent);
    this.power = new Power(this, { goDown: () => this.#goDown(), comeUp: () => this.#comeUp() });
    this.buttons = new Buttons(this);
    this.sip = options.sip && new SnomSip(this, options.sip, `snom${this.profile.name}/${this.firmware}`);
    this.user = new SnomUser(this);
    reportFeatures(this);
    followForwards(this);
    this.memory.running.onChange(({ key }) => this.#settingChanged(key));
  }

  get model(): string {
    return this.profile.name;
  }

  get actionUrls(): ActionUrlClient {
    return this.reporter.client;
  }

  get calls(): readonly CallLeg[] {
    return this.telephony.legs;
  }

  get accounts(): readonly PhoneAccount[] {
    return this.telephony.accounts;
  }

  get settings(): ObservableMap<string> {
    return this.memory.running;
  }

  async start(): Promise<void> {
    if (!this.#isUp) await this.#comeUp();
  }

  protected handle(request: RecordedRequest): VirtualReply | Promise<VirtualReply> {
    return this.#web.handle(request);
  }

  async stop(): Promise<void> {
    this.#isUp = false;
    this.power.off();
    this.keyboard.stop();
    this.browser.close();
    this.telephony.vanish();
    await this.power.settled();
    await this.sip?.endpoint.stop();
    await this.server.stop();
  }

  /** Fetches its settings from `setting_server`, as check-sync does. @returns how many there were */
  async provision(): Promise<number> {
    return await provisionAgain(this);
  }

  redraw(): void {
    this.screen.show(...screenLines(this, true));
  }

  async #comeUp(): Promise<void> {
    await this.server.start();
    await this.sip?.endpoint.start();
    if (this.sip !== undefined) this.sip.endpoint.asleep = false;
    this.#isUp = true;
    for (const { index } of this.accounts) this.telephony.register(index);
    await this.sip?.register();
    void this.reporter.report('action_setup_url');
    this.redraw();
  }

  async #goDown(): Promise<void> {
    this.#isUp = false;
    this.browser.close();
    this.telephony.vanish();
    this.#web.authenticator.unlock();
    this.lineInfoLayerFixed = false;
    this.buttons.forget();
    this.sip?.forget();
    if (this.sip !== undefined) this.sip.endpoint.asleep = true;
    await this.server.refuseConnections(true);
  }

  /** An identity whose settings changed registers anew, once all that were written together are there. */
  #settingChanged(setting: string): void {
    const identity = Number(IDENTITY_SETTING.exec(setting)?.[1] ?? 0);
    if (identity === 0 || !this.#isUp) return;
    if (this.#changedIdentities.size === 0) queueMicrotask(() => this.#registerChanged());
    this.#changedIdentities.add(identity);
  }

  #registerChanged(): void {
    const identities = [...this.#changedIdentities];
    this.#changedIdentities.clear();
    if (!this.#isUp) return;
    for (const identity of identities) this.telephony.register(identity);
  }
}

/** Makes a virtual Snom phone. It does nothing until it is started, and is stopped by disposing it. */
export const createVirtualSnomPhone = (options: VirtualSnomOptions = {}): VirtualSnomPhone =>
  new VirtualSnomPhone(options);
