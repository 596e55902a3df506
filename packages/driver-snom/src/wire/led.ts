import type { LedColor, LedLight } from '@hookswitch/core';
import type { MinibrowserLed } from './minibrowser.ts';

/**
 * How the minibrowser shows what a light means. Values: `On`, `Off`, `Blink`, `BlinkFast`, `BlinkSlow`. Which one, and
 * which colour by default, follows the phones' own settings (a snom720's `led_on`, `led_blink_fast`, `led_blink_slow`,
 * `led_red`; a D735's template: ringing orange, seized red).
 */
const lights: Readonly<Record<LedLight, { readonly value: string; readonly color: string }>> = {
  OFF: { value: 'Off', color: 'green' },
  ON: { value: 'On', color: 'green' },
  HOLD: { value: 'On', color: 'red' },
  PICKUP: { value: 'BlinkFast', color: 'orange' },
  PARK: { value: 'BlinkSlow', color: 'orange' },
  MESSAGE: { value: 'Blink', color: 'red' },
  OFFLINE: { value: 'On', color: 'red' },
  SEIZED: { value: 'On', color: 'red' },
  RECORD: { value: 'Blink', color: 'red' },
  ERROR: { value: 'BlinkFast', color: 'red' },
  BLINK_SLOW: { value: 'BlinkSlow', color: 'green' },
  BLINK_FAST: { value: 'BlinkFast', color: 'green' },
};

const colors: Readonly<Record<LedColor, string | null>> = { RED: 'red', GREEN: 'green', ORANGE: 'orange', BLUE: null };

/** A light in the minibrowser's words; null: it has no such colour. */
export function minibrowserLed(number: number, light: LedLight, color?: LedColor): MinibrowserLed | null {
  const shown = color === undefined ? lights[light].color : colors[color];
  return shown === null ? null : { number, color: shown, value: lights[light].value };
}
