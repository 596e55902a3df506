import type { DriverContext, ToggledSwitch } from './context.ts';
import { stateUnknown } from './failures.ts';
import { confirmed, failed, type Outcome } from './outcome.ts';

/** A wish for a switch of which the phone only has a key that turns it over. */
export interface ToggleWish {
  readonly name: ToggledSwitch;
  readonly wished: boolean;
  /** How it stands, as far as events and readings tell; null: they do not. */
  readonly known: boolean | null;
}

/**
 * What a wish comes to before the key of a toggle is pressed: it is as wished already (`changed: false`), or nobody knows
 * and the operator wants it refused then. Null: press the key, once.
 */
export function beforeToggle(
  { unknownState, doubtful }: Pick<DriverContext, 'unknownState' | 'doubtful'>,
  { name, wished, known }: ToggleWish,
): Outcome | null {
  const isKnown = known !== null && doubtful?.has(name) !== true;
  if (isKnown) return known === wished ? confirmed(false) : null;
  if (unknownState !== 'refuse') return null;
  return failed(
    stateUnknown(
      `The phone only has a key that turns ${WORDS[name]} over, and how it stands is not known: pressing it might do the opposite. Nothing was sent. Let the phone report it (configureActionUrls), press the key with pressKeys, or set policy.unknownState to press.`,
    ),
  );
}

const WORDS: Readonly<Record<ToggledSwitch, string>> = {
  HOLD: 'hold',
  MUTE: 'mute',
  DO_NOT_DISTURB: 'do not disturb',
};
