import {
  KEY_FUNCTIONS,
  type Ladders,
  LED_ACTION_KINDS,
  LED_COLORS,
  LED_LIGHTS,
  NAMED_KEYS,
  NUMBERED_KEYS,
  type Outcome,
} from '@hookswitch/core';
import { type Asked, wireText } from './asked.ts';
import type { Scene } from './sample.ts';
import { long } from './short.ts';
import { rungsOf } from './trial.ts';

/** One command of a table's row, and how its dry run goes. */
interface Row {
  readonly name: string;
  readonly run: (scene: Scene) => Promise<Outcome<unknown>>;
}

/** What dry runs of every word send that the contract has for keys and lights: mostly these are rows of a driver's tables. */
export async function vocabularyLines(
  ladders: Ladders,
  sceneFor: (asked: Asked[]) => Scene,
): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const { name, run } of [...keyRows(ladders), ...lightRows(ladders), ...functionRows(ladders)]) {
    const asked: Asked[] = [];
    const said = await run(sceneFor(asked)).then(long, String);
    lines.push(`${name}: ${said}`, ...asked.map(wireText));
  }
  return lines;
}

function keyRows(ladders: Ladders): readonly Row[] {
  const keys = [
    '*',
    '#',
    ...NAMED_KEYS,
    ...NUMBERED_KEYS.flatMap((family) => [1, 2, 7, 13, 30].map((n) => `${family}_${n}`)),
  ];
  return rungsOf(ladders.PRESS_KEYS).flatMap((rung) =>
    keys.map((key) => ({
      name: `PRESS_KEYS ${rung.transport} ${key}`,
      run: ({ context }) => rung.pressKeys({ keys: [{ key }] }, context),
    })),
  );
}

function lightRows(ladders: Ladders): readonly Row[] {
  const key = 'FUNCTION_1';
  const lights = LED_LIGHTS.flatMap((light) => [{ key, light }, ...LED_COLORS.map((color) => ({ key, light, color }))]);
  const actions = LED_ACTION_KINDS.map((kind) => ({ key, light: 'ON' as const, onPress: { kind, target: '2001' } }));
  return rungsOf(ladders.LED).flatMap((rung) =>
    [...lights, ...actions, { key: 'MESSAGE', light: 'ON' as const }].map((command) => ({
      name: `LED ${rung.transport} ${JSON.stringify(command)}`,
      run: ({ context }) => rung.setLed(command, context),
    })),
  );
}

function functionRows(ladders: Ladders): readonly Row[] {
  return rungsOf(ladders.CONFIGURE_KEYS).flatMap((rung) =>
    KEY_FUNCTIONS.map((name) => ({
      name: `CONFIGURE_KEYS ${rung.transport} ${name}`,
      run: ({ context }) =>
        rung.configureKey({ key: 'FUNCTION_1', function: name, value: '2001', label: 'Ada', account: 1 }, context),
    })),
  );
}
