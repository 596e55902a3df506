import {
  type Commands,
  type DriverContext,
  type LedColor,
  type LedLight,
  type Outcome,
  parsePhoneKey,
} from '@hookswitch/core';
import type { Traits } from '../traits.ts';
import { type ConfigurationItem, configurations, execute } from '../wire/xml-objects.ts';
import { refuse, type Taken, takeDestination, takeSettingValue } from './arguments.ts';
import { pushStep } from './push.ts';
import { inOrder } from './steps.ts';
import type { DocumentWay } from './way.ts';

interface Shown {
  readonly state: 'on' | 'off' | 'slowflash' | 'fastflash';
  readonly color: LedColor;
}

/**
 * How each light looks, after the vendor's table of BLF lights: red in use, red fast while it rings, red slow while a
 * call is parked or held; the rest by the same logic. A colour in the command wins.
 */
const LIGHTS: Readonly<Record<LedLight, Shown>> = {
  OFF: { state: 'off', color: 'GREEN' },
  ON: { state: 'on', color: 'GREEN' },
  HOLD: { state: 'slowflash', color: 'RED' },
  PICKUP: { state: 'fastflash', color: 'RED' },
  PARK: { state: 'slowflash', color: 'RED' },
  MESSAGE: { state: 'slowflash', color: 'GREEN' },
  OFFLINE: { state: 'off', color: 'GREEN' },
  SEIZED: { state: 'on', color: 'RED' },
  RECORD: { state: 'on', color: 'RED' },
  ERROR: { state: 'fastflash', color: 'ORANGE' },
  BLINK_SLOW: { state: 'slowflash', color: 'GREEN' },
  BLINK_FAST: { state: 'fastflash', color: 'GREEN' },
};

const COLORS: readonly LedColor[] = ['RED', 'GREEN', 'ORANGE', 'BLUE'];

/**
 * `Led:LINE3_RED=on`. To turn a key off every colour is turned off, since no source says whether one does it for all.
 */
function ledUris(line: number, light: LedLight, color: LedColor | undefined): readonly string[] {
  const shown = LIGHTS[light];
  const colors = color !== undefined ? [color] : shown.state === 'off' ? COLORS : [shown.color];
  return colors.map((one) => `Led:LINE${line}_${one}=${shown.state}`);
}

function takeLine(key: string, traits: Traits): Taken<number> {
  const parsed = parsePhoneKey(key);
  if (parsed?.kind !== 'numbered' || parsed.family !== 'FUNCTION') {
    return refuse('key', 'Only line keys, FUNCTION_1 and so on, have a light that can be set.');
  }
  if (parsed.number > traits.lineKeys) return refuse('key', `The phone has ${traits.lineKeys} line keys.`);
  return { value: parsed.number };
}

function takeItems(command: Commands['setLed'], line: number): Taken<readonly ConfigurationItem[]> {
  const items: ConfigurationItem[] = [];
  const { label, onPress } = command;
  if (onPress !== undefined) {
    if (onPress.kind !== 'DIAL') return refuse('onPress.kind', 'A key of the phone can only dial, not send a message.');
    const target = takeDestination(onPress.target, 'onPress.target');
    if ('refusal' in target) return target;
    items.push({ name: `linekey.${line}.type`, value: '13' }, { name: `linekey.${line}.value`, value: target.value });
  }
  if (label !== undefined) {
    const taken = takeSettingValue(label, 'label');
    if ('refusal' in taken) return taken;
    items.push({ name: `linekey.${line}.label`, value: taken.value });
  }
  return { value: items };
}

/**
 * Sets the light of a line key, its label and what a press on it does: the latter two first, as settings, since a key
 * that changes its type takes its light over.
 */
export async function setLed(way: DocumentWay, command: Commands['setLed'], context: DriverContext): Promise<Outcome> {
  const line = takeLine(command.key, way.traits);
  if ('refusal' in line) return line.refusal;
  const items = takeItems(command, line.value);
  if ('refusal' in items) return items.refusal;
  const settings = configurations(items.value).map((document) =>
    pushStep(way, document, 'label and function of the key were written, its light was not'),
  );
  const light = execute(ledUris(line.value, command.light, command.color));
  return inOrder([...settings, pushStep(way, light, 'the light was set')], context);
}
