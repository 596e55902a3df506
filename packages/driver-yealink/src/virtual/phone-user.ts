import type { CallLeg } from '@hookswitch/driver-kit/virtual';
import type { CallDesk } from './call-desk.ts';
import type { KeyPad } from './key-pad.ts';
import type { KeyRunner } from './key-runner.ts';
import type { RemoteControlPrompt } from './remote-control-prompt.ts';

/** What a person reaches on a phone. */
export interface PhoneUserOptions {
  readonly desk: CallDesk;
  readonly keyPad: KeyPad;
  readonly keys: KeyRunner;
  readonly prompt: RemoteControlPrompt;
}

/** A person who sits before the phone. What they do needs no permission and sends no request. */
export class PhoneUser {
  readonly #options: PhoneUserOptions;

  constructor(options: PhoneUserOptions) {
    this.#options = options;
  }

  /** Takes the handset up: answers what rings, or gets a dial tone. */
  pickUp(): void {
    this.#options.keyPad.liftHandset();
  }

  /** Puts the handset down, or presses the speaker key to the same end: the call in the ear is over. */
  hangUp(): void {
    this.#options.keyPad.putDown();
  }

  /** Answers what rings on the speaker. @returns whether anything rang. */
  answer(): boolean {
    return this.#options.desk.answer();
  }

  /** Rejects what rings. @returns whether anything rang. */
  reject(): boolean {
    const { desk } = this.#options;
    return desk.end(desk.ringing);
  }

  /** Types a number and sends it. */
  dial(number: string): CallLeg | undefined {
    return this.#options.desk.dial(number);
  }

  /** Types digits: into a call as DTMF, else into what is being dialled. */
  type(digits: string): void {
    for (const digit of digits) this.#options.keyPad.type(digit);
  }

  /** Presses a key by the name that it has in an action URI: `L1`, `F_HOLD`, `OK`. A prompt takes `OK` and `X` first. Throws if there is no such key. */
  press(key: string): void {
    const { prompt, keys } = this.#options;
    if (key === 'OK' && prompt.allow()) return;
    if (key === 'X' && prompt.decline()) return;
    keys.pressByHand(key);
  }

  /** Answers "Allow remote control?" with OK. @returns whether the question stood there. */
  allowRemoteControl(): boolean {
    return this.#options.prompt.allow();
  }

  /** Answers it with Cancel. @returns whether the question stood there. */
  declineRemoteControl(): boolean {
    return this.#options.prompt.decline();
  }
}
