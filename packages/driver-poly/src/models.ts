import type { DriverModel } from '@hookswitch/core';
import { EDGE_E, VVX } from './models.table.ts';

/** The models by the names under which they are sold. How many of their line keys may be programmed was not looked up. */
export const MODELS: readonly DriverModel[] = [
  ...VVX.map((number) => ({ model: `VVX ${number}`, functionKeys: null })),
  ...EDGE_E.map((number) => ({ model: `Edge E${number}`, functionKeys: null })),
];

/** The name of a model as this table has it, from what a phone or a person says: `VVX_350`, `PolyEdge E350`; null: none of these. */
export function canonicalModel(text: string | null): string | null {
  const [, series = '', number] = /(vvx|edge[\s_-]*e)[\s_-]*(\d+)/i.exec(text ?? '') ?? [];
  const name = `${/^v/i.test(series) ? 'VVX ' : 'Edge E'}${number}`;
  return MODELS.some(({ model }) => model === name) ? name : null;
}

/** Whether it is one of those of which most is known. */
export const isVvx = (model: string | null): boolean => canonicalModel(model)?.startsWith('VVX') === true;
