import type { DriverModel } from '@hookswitch/core';
import { SERIES } from './models.table.ts';

/** The models by the names under which they are sold. How many keys may be programmed was not looked up. */
export const MODELS: readonly DriverModel[] = Object.entries(SERIES).flatMap(([series, numbers]) =>
  numbers.map((number) => ({ model: `${series}${number}`, functionKeys: null })),
);

/** The name of a model as this table has it, from what a phone or a person says: `Grandstream GXP2170`, `grp-2614`; null: none of these. */
export function canonicalModel(text: string | null): string | null {
  const [, series, number] = /\b(gxp|grp)[\s_-]*(\d{4}[a-z]?)\b/i.exec(text ?? '') ?? [];
  const name = `${series}${number}`.toUpperCase();
  return MODELS.some(({ model }) => model === name) ? name : null;
}

/** Whether it is one of those for which the guides were read. */
export const isGrp = (model: string | null): boolean => canonicalModel(model)?.startsWith('GRP') === true;
