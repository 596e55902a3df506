import {
  type CallLeg,
  type Credentials,
  isConnected,
  type RecordedRequest,
  VirtualDeskPhone,
  type VirtualDeskPhoneOptions,
  type VirtualReply,
} from '@hookswitch/driver-kit/virtual';
import { ACTION_URL_OPTIONS, type ActionUrlOption, REPORTS } from './action-url-options.table.ts';
import { answerCti } from './cti.ts';
import { KEYS } from './keys.table.ts';
import { defaultQuirks, type GrandstreamQuirks } from './quirks.ts';

/** What a virtual Grandstream phone is made with: the administrator's password is the passcode. */
export type VirtualGrandstreamPhoneOptions = VirtualDeskPhoneOptions<GrandstreamQuirks>;

/** A Grandstream phone of software: its CTI commands with the passcode in the query, its action URLs. */
export class VirtualGrandstreamPhone extends VirtualDeskPhone<ActionUrlOption, GrandstreamQuirks> {
  /** What it did that nothing else shows: `rebooted`, `reset`, `pressed MPK1`. */
  readonly effects: string[] = [];
  readonly #credentials: Credentials;

  constructor(options: VirtualGrandstreamPhoneOptions) {
    const name = `Grandstream ${options.model} ${options.firmware}`;
    const quirks = defaultQuirks();
    const actionUrls = { escaping: options.quirks?.values ?? quirks.values };
    const headers = { Server: name };
    super(options, { vendor: 'grandstream', userAgent: name, quirks, reports: REPORTS, headers, actionUrls });
    this.#credentials = options.credentials;
  }

  protected report(option: ActionUrlOption, leg?: CallLeg): void {
    const { remote, local } = leg ?? {};
    void this.actionUrls.fire(option, this.settings.get(option) ?? '', {
      phone_ip: this.host,
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

  protected answer(request: RecordedRequest): VirtualReply {
    return answerCti(request, {
      line: this.line,
      accounts: this.accounts,
      quirks: this.quirks,
      credentials: this.#credentials,
      values: { phone_model: this.model, '68': this.firmware, '67': this.mac.toUpperCase() },
      dial: (number) => this.dialByHand(number),
      press: (key) => this.#press(key),
      restart: (settings) => this.#restart(settings),
    });
  }

  /** @returns whether it has that key */
  #press(key: string): boolean {
    const digit = key === 'STAR' ? '*' : key === this.quirks.pound ? '#' : key;
    const leg = this.calls.find(isConnected);
    if (/^[0-9*#]$/.test(digit)) {
      if (leg !== undefined) this.line.sendDigits(leg, digit);
      return true;
    }
    if (!KEYS.test(key)) return false;
    this.effects.push(`pressed ${key}`);
    if (key === 'OFFHOOK') this.answerByHand();
    if (key === 'ONHOOK') this.hangUpByHand();
    if (key === 'HOLD') this.holdByHand();
    if (key === 'MUTE' && leg !== undefined) this.features.turn('mute', !this.features.isOn('mute'));
    return true;
  }

  #restart(settings: 'kept' | 'factory'): void {
    this.effects.push(settings === 'kept' ? 'rebooted' : 'reset');
    for (const leg of this.calls) this.line.end(leg);
    this.register(false);
    if (settings === 'factory') for (const option of ACTION_URL_OPTIONS) this.settings.set(option, '');
    this.tell('started');
    this.register(true);
  }
}
