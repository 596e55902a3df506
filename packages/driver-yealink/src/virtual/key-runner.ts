import {
  accountFor,
  type ExchangeLine,
  type ObservableMap,
  type PhoneAccount,
  type PhoneFeatures,
  type VirtualReply,
} from '@hookswitch/driver-kit/virtual';
import type { CallDesk } from './call-desk.ts';
import type { Consultation } from './consultation.ts';
import { type KeyCommand, type KeyText, parseKeyCommand } from './key-command.ts';
import type { KeyPad } from './key-pad.ts';
import { type LineKey, lineKey, memoryKey } from './line-keys.ts';
import type { YealinkModel } from './models.ts';
import type { YealinkQuirks } from './quirks.ts';

/** What key commands act on. */
export interface KeyRunnerOptions {
  readonly model: YealinkModel;
  readonly quirks: YealinkQuirks;
  readonly settings: ObservableMap<string>;
  readonly features: PhoneFeatures;
  readonly desk: CallDesk;
  readonly consultation: Consultation;
  readonly keyPad: KeyPad;
  readonly accounts: () => readonly PhoneAccount[];
  readonly lineOf: (account: PhoneAccount | undefined) => ExchangeLine | undefined;
  /** Fetches the address of a line key; `browse` shows the reply. */
  readonly openUrl: (setting: string, url: string, browse: boolean) => void;
  /** Keys that take the whole phone. The reply is what `Reboot` answers. */
  readonly reboot: () => VirtualReply;
  readonly factoryReset: () => VirtualReply;
  readonly autoProvision: () => void;
}

/** Carries out what `key=` asks for. */
export class KeyRunner {
  readonly #options: KeyRunnerOptions;

  constructor(options: KeyRunnerOptions) {
    this.#options = options;
  }

  /** Presses keys as an action URI does, and says what to answer. */
  pressAll(keys: readonly KeyText[], outgoingUri: string): VirtualReply {
    const { model, quirks } = this.#options;
    const isRefused = model.touch && keys.length > 1;
    const pressed = isRefused ? keys.slice(0, quirks.sequenceOnTouch === 'firstOnly' ? 1 : 0) : keys;
    const replies = pressed.map((key) => this.press(key, outgoingUri));
    return replies.find((reply) => reply !== undefined) ?? { status: 200, body: quirks.okBody };
  }

  /** Presses one key. @returns the reply, where it is not the usual 200. */
  press(key: KeyText, outgoingUri = ''): VirtualReply | undefined {
    const command = parseKeyCommand(key, this.#options);
    if (command.kind === 'unknown') return { status: this.#options.quirks.unknownKeyStatus };
    return this.#carryOut(command, outgoingUri);
  }

  #carryOut(command: Exclude<KeyCommand, { kind: 'unknown' }>, outgoingUri: string): VirtualReply | undefined {
    if (command.kind !== 'press') return this.#act(command, outgoingUri);
    const { reboot, factoryReset, autoProvision, keyPad } = this.#options;
    if (command.key === 'answer' && !this.#answersBy(command.name)) return undefined;
    if (command.key === 'reboot') return reboot();
    if (command.key === 'factoryReset') return factoryReset();
    if (command.key === 'autoProvision') autoProvision();
    else keyPad.press(command.key);
    return undefined;
  }

  /** Presses a key of the phone itself, whatever names its firmware takes from others. Throws if it has no such key. */
  pressByHand(name: string): void {
    const { model, quirks } = this.#options;
    const command = parseKeyCommand({ name, argument: undefined }, { model, quirks: { ...quirks, newerKeys: true } });
    if (command.kind === 'unknown') throw new Error(`A ${model.name} has no key ${name}.`);
    this.#carryOut(command, '');
  }

  /** Presses a line key. Without one of that number nothing happens. */
  pressLine(number: number): void {
    const { model, settings, accounts } = this.#options;
    if (number <= model.lineKeys) this.#pressSetUp(lineKey(number, settings, accounts()));
  }

  #pressSetUp({ valueSetting, action, value, account }: LineKey): void {
    const { keyPad, features, openUrl } = this.#options;
    if (action === 'line') this.#pressOwnLine(account);
    else if (action === 'dialValue') keyPad.dialIfSet(value);
    else if (action === 'voiceMail') keyPad.press('message');
    else if (action === 'dnd') keyPad.press(features.isOn('dnd') ? 'dndOff' : 'dndOn');
    else if (action === 'forward') this.#toggleForward(value);
    else if (action === 'requestUrl' || action === 'browseUrl') {
      openUrl(valueSetting, value, action === 'browseUrl');
    } else if (action === 'sendDigits') {
      for (const digit of value) keyPad.type(digit);
    } else if (action !== 'nothing') keyPad.press(action);
  }

  #act(command: Exclude<KeyCommand, { kind: 'press' | 'unknown' }>, outgoingUri: string): undefined {
    const { desk, consultation, keyPad, features, quirks, settings, accounts, lineOf } = this.#options;
    switch (command.kind) {
      case 'digit':
        keyPad.type(command.digit);
        return;
      case 'line':
        this.pressLine(command.number);
        return;
      case 'memory':
        this.#pressSetUp(memoryKey(command.number, settings, accounts()));
        return;
      case 'soft':
        keyPad.pressSoft(command.number);
        return;
      case 'dial': {
        const line = lineOf(accountFor(accounts(), outgoingUri));
        // An account that the phone does not have dials nothing.
        if (line) desk.dial(command.number, line);
        return;
      }
      case 'transfer':
        if (command.mode === 'blind') consultation.transferBlind(command.to);
        else consultation.startAttended(command.to);
        return;
      case 'forward': {
        const { forward, on, target, seconds } = command;
        if (quirks.forwardMode !== 'phone') return;
        const when = seconds === undefined ? {} : { afterSeconds: seconds };
        features.setForward(forward, on ? { on, target, ...when } : { on });
        return;
      }
      case 'addressed':
        if (quirks.callAddressedKeys === 'obeyed') this.#actOnCall(command.what, command.callId);
    }
  }

  #actOnCall(what: 'answer' | 'cancel' | 'hold' | 'resume', callId: string): void {
    const { desk } = this.#options;
    const leg = desk.byId(callId);
    if (leg === undefined) return;
    if (what === 'answer') desk.answer(leg);
    else if (what === 'cancel') desk.end(leg);
    else if (what === 'hold') desk.hold(leg);
    else desk.resume(leg);
  }

  #pressOwnLine(account: PhoneAccount | undefined): void {
    const { desk, lineOf } = this.#options;
    const line = lineOf(account);
    if (line === undefined) return;
    const ringing = line.legs.find((leg) => leg === desk.ringing);
    const held = line.legs.find((leg) => leg.state === 'held');
    if (ringing) desk.answer(ringing);
    else if (desk.typed !== '') desk.dial(desk.typed, line);
    else if (held) desk.resume(held);
    else if (line.legs.length === 0) {
      desk.holdActive();
      if (desk.path === 'none') desk.setPath('speaker');
      desk.chosenLine = line;
    }
  }

  #answersBy(name: string): boolean {
    return this.#options.quirks.answerKeys.some((key) => key.toLowerCase() === name.toLowerCase());
  }

  #toggleForward(target: string): void {
    const { features, quirks } = this.#options;
    if (quirks.forwardMode !== 'phone') return;
    const forward = features.forward('always');
    features.setForward('always', { on: !forward.on, target: target || forward.target });
  }
}
