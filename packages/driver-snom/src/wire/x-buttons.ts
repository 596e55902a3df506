import type { LedActionKind, LedColor, LedLight, SipRequest } from '@hookswitch/core';

/*
 * Lights of keys of the type `button`, by MESSAGE ("HowTo - LED Remote Control"; the FreeSWITCH wiki's "Mod snom"; the
 * Kamailio tutorial "Snom LED Remote Control"). CR LF ends a line, `k=` comes first, an empty line begins the next key.
 * A property that is left out gets its default and overwrites what was there.
 */

const MEDIA_TYPE = 'application/x-buttons';

/** The words of `c=`; null: there is none, so nobody knows how to make a light blink by its name. */
export const X_BUTTON_LIGHTS: Readonly<Record<LedLight, string | null>> = {
  OFF: 'off',
  ON: 'on',
  HOLD: 'hold',
  PICKUP: 'pickup',
  PARK: 'park',
  MESSAGE: 'message',
  OFFLINE: 'offline',
  SEIZED: 'seized',
  RECORD: 'record',
  ERROR: 'error',
  BLINK_SLOW: null,
  BLINK_FAST: null,
};

/** The words of `o=`, which only 820 and 821 know; null: there is none. */
export const X_BUTTON_COLORS: Readonly<Record<LedColor, string | null>> = {
  RED: 'red',
  GREEN: 'green',
  ORANGE: 'orange',
  BLUE: null,
};

const actions: Readonly<Record<LedActionKind, string>> = { DIAL: 'invite', MESSAGE: 'message' };

/** A key with all that it is to show and do: what is left out is reset. No text may have CR, LF or TAB. */
export interface XButton {
  /** From 1. */
  readonly key: number;
  /** A word of {@link X_BUTTON_LIGHTS}. */
  readonly light: string;
  /** A word of {@link X_BUTTON_COLORS}. */
  readonly color?: string | undefined;
  readonly label?: string | undefined;
  readonly onPress?: { readonly kind: LedActionKind; readonly target: string } | undefined;
}

/** The keys as one body, properties in the tutorial's order, and as there no line end behind the last one. */
export function xButtonsBody(buttons: readonly XButton[]): string {
  return buttons.map((button) => linesOf(button).join('\r\n')).join('\r\n\r\n');
}

function linesOf({ key, light, color, label, onPress }: XButton): readonly string[] {
  return [
    `k=${key}`,
    ...(color === undefined ? [] : [`o=${color}`]),
    `c=${light}`,
    ...(onPress === undefined ? [] : [`n=${onPress.target}`, `a=${actions[onPress.kind]}`]),
    ...(label === undefined ? [] : [`l=${label}`]),
  ];
}

/** The keys as one MESSAGE. */
export function xButtonsMessage(buttons: readonly XButton[]): SipRequest {
  return { method: 'MESSAGE', contentType: MEDIA_TYPE, body: xButtonsBody(buttons) };
}
