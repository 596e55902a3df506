import {
  Authenticator,
  type CallLeg,
  type PostedDocument,
  type RecordedRequest,
  VirtualDeskPhone,
  type VirtualDeskPhoneOptions,
  type VirtualReply,
} from '@hookswitch/driver-kit/virtual';
import { FACTORY_SETTINGS } from './factory-settings.table.ts';
import { EVENT_SWITCHES, type PolyReport, REPORTS, TOLD_TWICE } from './notifications.table.ts';
import { partyEvent, plainEvent, type Sender, stateEvent } from './notifications.ts';
import { answerPush } from './push.ts';
import { defaultQuirks, type PolyQuirks } from './quirks.ts';
import { answerRest } from './rest-api.ts';

/** What a virtual Poly phone is made with: further settings as `apps.push.username`. */
export type VirtualPolyPhoneOptions = VirtualDeskPhoneOptions<PolyQuirks>;

/** A setting in a configuration file, of those that the phone has. */
const SETTING = /\s(apps\.[\w.]+)="([^"]*)"/;

/** A Poly phone of software: its REST API with Basic, its pushes with Digest, its notifications by POST. */
export class VirtualPolyPhone extends VirtualDeskPhone<PolyReport, PolyQuirks> {
  /** How often it has restarted. */
  reboots = 0;
  readonly #push = new Authenticator({ scheme: 'digest', realm: 'PUSH Authentication' });
  #restartsWhenIdle = false;

  constructor(options: VirtualPolyPhoneOptions) {
    let references = 0x41aa9c00;
    super(options, {
      vendor: 'poly',
      userAgent: `FileTransport Polycom${options.model.replace(' ', '_')}-UA/${options.firmware}`,
      reports: REPORTS,
      quirks: defaultQuirks(),
      login: { scheme: 'basic', realm: 'API Authentication' },
      headers: { Server: 'Polycom SoundPoint IP Telephone HTTPd' },
      settings: FACTORY_SETTINGS,
      // References look like addresses in memory, and go up.
      nextLegId: () => {
        references += 0x1a8;
        return references.toString(16);
      },
    });
  }

  /**
   * Fetches a configuration file and takes its settings over, as after an update of the configuration.
   * @throws Error where it could not be fetched, or holds none
   */
  async provision(url: string): Promise<void> {
    const fetched = await this.actionUrls.fire('provisioning', url);
    const file = fetched?.reply?.status === 200 ? fetched.reply.body : '';
    if (!SETTING.test(file)) throw new Error(`There are no settings at ${url}.`);
    file.replaceAll(new RegExp(SETTING, 'g'), (_, name: string, value: string) => {
      const plain = value.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>');
      this.settings.set(name, plain.replaceAll('&amp;', '&'));
      return '';
    });
  }

  protected report(report: PolyReport, leg?: CallLeg): void {
    if (leg === undefined) this.#post(report, (sender) => plainEvent(report, sender));
    else this.#tellState(leg, report);
  }

  #tellState(leg: CallLeg, state: PolyReport): void {
    this.#post('CallStateChangeEvent', (sender) => stateEvent(leg, state, { ...sender, calls: this.calls }));
    const besides = TOLD_TWICE[state];
    if (this.quirks.tellsTwice && besides !== undefined) this.#post(besides, (sender) => partyEvent(leg, sender));
  }

  protected override handle(request: RecordedRequest): VirtualReply | Promise<VirtualReply> {
    return request.path === '/push' ? this.#takePush(request) : super.handle(request);
  }

  protected answer(request: RecordedRequest): VirtualReply {
    if (this.settings.get('apps.restapi.enabled') !== '1') return { status: 404 };
    return answerRest(request, {
      model: this.model,
      firmware: this.firmware,
      mac: this.mac,
      quirks: this.quirks,
      line: this.line,
      lines: () => [this.#lineInfo()],
      setting: (name) => this.settings.get(name),
      write: (settings) => this.settings.assign(settings),
      mute: (on) => this.features.turn('mute', on),
      reboot: () => this.#rebootSafely(),
    });
  }

  protected override whenIdle(): void {
    if (this.#restartsWhenIdle) this.#restart();
  }

  #post(event: PolyReport, make: (sender: Sender) => PostedDocument): void {
    const isOn = this.settings.get(`apps.telNotification.${EVENT_SWITCHES[event]}`) === '1';
    const url = this.settings.get('apps.telNotification.URL') ?? '';
    if (!isOn) return;
    const { mac, host: ip, quirks, now } = this;
    void this.actionUrls.post(event, url, make({ mac, ip, quirks, now }));
  }

  #takePush(request: RecordedRequest): VirtualReply {
    const [username = '', password = '', messageType = ''] = ['username', 'password', 'messageType'].map((name) =>
      this.settings.get(`apps.push.${name}`),
    );
    if (username === '') return { status: 403 };
    this.#push.settings.credentials = [{ username, password }];
    const verdict = this.#push.check(request);
    return verdict.allowed ? answerPush(request, { screen: this.screen, messageType }) : verdict.reply;
  }

  #lineInfo(): Readonly<Record<string, string>> {
    const [{ number, label, domain, registered }] = this.accounts;
    return {
      LineNumber: '1',
      RegistrationStatus: registered ? 'registered' : 'unregistered',
      LineType: 'private',
      SIPAddress: registered ? `${number}@${domain}` : number,
      Protocol: 'SIP',
      Label: label,
      UserID: number,
      ProxyAddress: domain,
      Port: '0',
    };
  }

  /** At once without a call, else when the last one has ended. */
  #rebootSafely(): void {
    this.#restartsWhenIdle = true;
    if (this.calls.length === 0) this.#restart();
  }

  #restart(): void {
    this.#restartsWhenIdle = false;
    this.reboots += 1;
    this.register(false);
    this.register(true);
  }
}
