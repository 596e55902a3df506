import {
  type CapabilityMap,
  type Commands,
  type LedAction,
  type LedsTogether,
  notHere,
  type Outcome,
} from '@hookswitch/core';
import { fkeyIndexOf } from '../keys.ts';
import { hasMinibrowserLeds, type SnomPhone } from '../phone.ts';
import { hasControlCharacters } from '../wire/encode.ts';
import { X_BUTTON_COLORS, X_BUTTON_LIGHTS, type XButton, xButtonsMessage } from '../wire/x-buttons.ts';
import { refuse, undialable } from './arguments.ts';
import { sendSip } from './send.ts';

type Led = Commands['setLed'];

/**
 * Lights by `application/x-buttons`, with label and what a press does. All of them are set by each command: a label or an
 * action that is left out is reset. The key must be of the type BUTTON, else no light works, without an error.
 */
export function ledByMessage(phone: SnomPhone): CapabilityMap['LED'] {
  return {
    async setLed(command, context) {
      const button = buttonOf(phone, command);
      return 'status' in button ? button : sendSip(context, xButtonsMessage([button]));
    },
  };
}

/** The same for several keys in one body: "an empty line begins the next key". */
export function ledsByMessage(phone: SnomPhone): LedsTogether {
  return {
    takes: (command) => !('status' in buttonOf(phone, command)),
    async setLeds(commands, context) {
      const buttons: XButton[] = [];
      for (const command of commands) {
        const button = buttonOf(phone, command);
        if ('status' in button) return button;
        buttons.push(button);
      }
      return sendSip(context, xButtonsMessage(buttons));
    },
  };
}

/** A key in the words of x-buttons; or why it cannot be said. */
function buttonOf(phone: SnomPhone, { key, light, color, label, onPress }: Led): XButton | Outcome<never> {
  /** What this way cannot express goes to the minibrowser, where the phone has one whose lights are known. */
  const elsewhere = (argument: string, message: string): Outcome<never> =>
    hasMinibrowserLeds(phone) ? notHere(message) : refuse(argument, message);
  if (key === 'MESSAGE') return elsewhere('key', 'The message light is no key: x-buttons do not reach it.');
  const fkey = fkeyIndexOf(key, phone);
  if ('refused' in fkey) return refuse('key', fkey.refused);
  const wrong = wrongTexts(label, onPress);
  if (wrong !== null) return wrong;
  const word = X_BUTTON_LIGHTS[light];
  if (word === null) return elsewhere('light', 'x-buttons have no word for blinking: PICKUP and PARK may blink.');
  const colored = phone.model.model === '820' || phone.model.model === '821';
  if (color !== undefined && !colored) return elsewhere('color', 'x-buttons have colours on 820 and 821 only.');
  const shown = color === undefined ? undefined : X_BUTTON_COLORS[color];
  if (shown === null) return refuse('color', 'The lights are red, green and orange.');
  return { key: fkey.index + 1, light: word, color: shown, label, onPress };
}

/** "UTF-8 without CR, LF, TAB": with one a text could set another property. */
function wrongTexts(label: string | undefined, onPress: LedAction | undefined): Outcome<never> | null {
  if (hasControlCharacters(label ?? '')) return refuse('label', 'No line breaks, tabs or other control characters.');
  if (onPress === undefined) return null;
  if (onPress.kind === 'DIAL') return undialable('onPress.target', onPress.target);
  if (onPress.target === '') return refuse('onPress.target', 'Without a target a press does nothing.');
  if (!hasControlCharacters(onPress.target)) return null;
  return refuse('onPress.target', 'No line breaks, tabs or other control characters.');
}
