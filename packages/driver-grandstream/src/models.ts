import type { DriverModel } from '@hookswitch/core';

/** The series for which there are CTI guides: GXP16xx, GXP17xx, GXP21xx, and GRP26xx. How many keys may be programmed was not looked up. */
const SERIES: Readonly<Record<'GXP' | 'GRP', readonly string[]>> = {
  GXP: [
    ...['1610', '1615', '1620', '1625', '1628', '1630', '1760', '1760W', '1780', '1782'],
    ...['2130', '2135', '2140', '2160', '2170'],
  ],
  GRP: [
    ...['2601', '2601P', '2601W', '2602', '2602P', '2602W', '2602G', '2603', '2603P', '2604', '2604P'],
    ...[
      '2612',
      '2612P',
      '2612W',
      '2612G',
      '2613',
      '2613W',
      '2614',
      '2615',
      '2616',
      '2624',
      '2634',
      '2636',
      '2650',
      '2670',
    ],
  ],
};

/** The models by the names under which they are sold. */
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
export function isGrp(model: string | null): boolean {
  return canonicalModel(model)?.startsWith('GRP') === true;
}
