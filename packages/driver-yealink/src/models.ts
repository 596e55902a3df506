import type { DriverModel } from '@hookswitch/core';

/** What the driver knows of a model. */
export interface YealinkModel extends DriverModel {
  /** Line keys, `L1` to `LX`. Null: not known. */
  readonly functionKeys: number | null;
  /** SIP accounts. Null: not known. */
  readonly accounts: number | null;
  /** The guides let `key=K1;K2` through on models without a touch display only. */
  readonly touch: boolean;
  /** Keys of the table that this model does not have. */
  readonly lacksKeys: readonly string[];
  /** Keys beside the display that are called `D1` to `DX`: T26P and T28P only. */
  readonly memoryKeys: number;
  /** Keys of one expansion module. Null: it takes none, or it is not known. */
  readonly expansionKeys: number | null;
  /** No administrator guide of it could be read: what older guides say is ASSUMED for it. */
  readonly guideUnread: boolean;
}

const MONO: Omit<YealinkModel, 'model' | 'functionKeys' | 'accounts'> = {
  touch: false,
  lacksKeys: [],
  memoryKeys: 0,
  expansionKeys: null,
  guideUnread: false,
};

type Details = Partial<Omit<YealinkModel, 'model' | 'functionKeys' | 'accounts'>>;
type Row = readonly [model: string, functionKeys: number | null, accounts: number | null, details?: Details];

const TOUCH: Details = { touch: true };
const T48: Details = { ...TOUCH, lacksKeys: ['ENTER'] };
const V87: Details = { expansionKeys: 78, guideUnread: true };

/**
 * Line keys: the Action URI table of the administrator guide V80, the enhanced DSS key guide of the T2/T4/T5 series
 * (T53, T43U and T27G 21, T54W 27, T57W 29), and wazo's provisioning templates for the rest. Public templates
 * disagree on some (T44 24 or 21, T52S 21 or 15, T7x and T8x), and on the T43U: 21 by the guide and tancredi, 15 by
 * wazo, which the virtual phone has. The option `lineKeys` overrides.
 * Accounts and modules: wazo's and tancredi's templates; null where those are silent. Keys that are missing: the
 * guides' Action URI tables.
 */
const ROWS: readonly Row[] = [
  ['T19P_E2', 0, 1],
  ['T20P', null, null],
  ['T21P_E2', 2, 2],
  ['T22P', null, null],
  ['T23P', 3, 3],
  ['T23G', 3, 3],
  ['T26P', null, null, { memoryKeys: 10 }],
  ['T27P', 21, 6],
  ['T27G', 21, 6, { expansionKeys: 40 }],
  ['T28P', null, null, { memoryKeys: 10 }],
  ['T29G', 27, 16],
  ['T30', 0, 1],
  ['T30P', 0, 1],
  ['T31', 2, 2],
  ['T31P', 2, 2],
  ['T31G', 2, 2],
  ['T31W', 2, 2],
  ['T33P', 12, 4],
  ['T33G', 12, 4],
  ['T34W', 12, 4],
  ['T40P', 3, 3],
  ['T40G', 3, 3],
  ['T41P', 15, 6],
  ['T41S', 15, 6],
  ['T42G', 15, 12],
  ['T42S', 15, 12],
  ['T42U', 15, 12],
  ['T43U', 21, 12, { expansionKeys: 60 }],
  ['T44U', 24, 12, { expansionKeys: 60 }],
  ['T44W', 24, 12, { expansionKeys: 60 }],
  ['T46G', 27, 16],
  ['T46S', 27, 16, { expansionKeys: 40 }],
  ['T46U', 27, 16, { expansionKeys: 60 }],
  ['T48G', 29, 16, T48],
  ['T48S', 29, 16, { ...T48, expansionKeys: 40 }],
  ['T48U', 29, 16, { ...T48, expansionKeys: 60 }],
  ['T49G', 29, 16, TOUCH],
  ['T52S', 21, 12],
  ['T53', 21, 12, { expansionKeys: 60 }],
  ['T53W', 21, 12, { expansionKeys: 60 }],
  ['T54S', 27, 16],
  ['T54W', 27, 16, { expansionKeys: 60 }],
  ['T56A', 27, 16, TOUCH],
  ['T57W', 29, 16, { ...TOUCH, lacksKeys: ['OK', 'ENTER'], expansionKeys: 60 }],
  ['T58A', 27, 16, TOUCH],
  ['T58V', 27, 16, TOUCH],
  ['T58W', 27, 16, { ...TOUCH, expansionKeys: 60 }],
  ['T73U', 48, 12, V87],
  ['T73W', 48, 12, V87],
  ['T74U', 60, 16, V87],
  ['T74W', 60, 16, V87],
  ['T77U', 95, 16, V87],
  ['T85W', 72, 16, V87],
  ['T87W', 95, 16, { ...TOUCH, ...V87 }],
  ['T88V', 95, 16, { ...TOUCH, ...V87 }],
  ['T88W', 95, 16, { ...TOUCH, ...V87 }],
  ['VP59', 27, 16, TOUCH],
  ['CP920', 0, 1, { lacksKeys: ['SPEAKER'] }],
  ['CP925', 0, 1, { ...TOUCH, lacksKeys: ['OK', 'SPEAKER'] }],
  ['CP935W', 0, 1, { ...TOUCH, lacksKeys: ['OK', 'SPEAKER'] }],
  ['CP960', 0, 1, TOUCH],
  ['CP965', 0, 1, TOUCH],
];

/** Every model that the driver has a row for. */
export const MODELS: readonly YealinkModel[] = ROWS.map(([model, functionKeys, accounts, details]) => ({
  model,
  functionKeys,
  accounts,
  ...MONO,
  ...details,
}));

/** The highest line key that any model has: the bound where the model is not known. */
export const MOST_LINE_KEYS = Math.max(...MODELS.map(({ functionKeys }) => functionKeys ?? 0));

/** The same for memory keys. */
export const MOST_MEMORY_KEYS = Math.max(...MODELS.map(({ memoryKeys }) => memoryKeys));

/**
 * First number of a firmware version → the models that it is made for (the vendor's download names, FusionPBX and
 * YealinkAdmin). The old T2x numbers 2, 6, 7 and 9 are kept as one family, since public sources do not tell them apart.
 * CP935W: 149 is the likelier number, inferred from a list that has 143, 148 and 149 for CP925, CP935W and CP965.
 */
export const FIRMWARE_FAMILIES: ReadonlyMap<number, readonly string[]> = new Map([
  [2, ['T20P', 'T22P', 'T26P', 'T28P']],
  [6, ['T20P', 'T22P', 'T26P', 'T28P']],
  [7, ['T20P', 'T22P', 'T26P', 'T28P']],
  [9, ['T20P', 'T22P', 'T26P', 'T28P']],
  [28, ['T46G']],
  [29, ['T42G']],
  [35, ['T48G']],
  [36, ['T41P']],
  [44, ['T23P', 'T23G']],
  [45, ['T27P']],
  [46, ['T29G']],
  [51, ['T49G']],
  [52, ['T21P_E2']],
  [53, ['T19P_E2']],
  [54, ['T40P']],
  [58, ['T56A', 'T58A', 'T58V']],
  [66, ['T41S', 'T42S', 'T46S', 'T48S']],
  [69, ['T27G']],
  [70, ['T52S', 'T54S']],
  [73, ['CP960']],
  [76, ['T40G']],
  [78, ['CP920']],
  [91, ['VP59']],
  [96, ['T53', 'T53W', 'T54W', 'T57W']],
  [108, ['T42U', 'T43U', 'T44U', 'T44W', 'T46U', 'T48U']],
  [124, ['T30', 'T30P', 'T31', 'T31P', 'T31G', 'T31W', 'T33P', 'T33G', 'T34W']],
  [143, ['CP965']],
  [148, ['CP925']],
  [149, ['CP935W']],
  [150, ['T58W']],
  [185, ['T73U', 'T73W', 'T74U', 'T74W', 'T77U', 'T85W', 'T87W']],
  [192, ['T88V', 'T88W']],
]);

/** The one model that this family of firmware is made for; null where there are several, or none is known. */
export function modelOfFamily(family: number): string | null {
  const [only = null, ...others] = modelsOfFamily(family);
  return others.length === 0 ? only : null;
}

/** All models that this family of firmware is made for; empty where none is known. */
export function modelsOfFamily(family: number): readonly string[] {
  return FIRMWARE_FAMILIES.get(family) ?? [];
}

const squeezed = (name: string): string => name.toUpperCase().replace(/[^A-Z0-9]/g, '');

const byName: ReadonlyMap<string, YealinkModel> = new Map(MODELS.map((model) => [squeezed(model.model), model]));

/**
 * A model's name as the table spells it, from any spelling in the field: `SIP-T46S`, `Yealink SIP-T21P_E2`,
 * `SIP VP-T49G`, `t48u`. A name that the table does not have comes back without the vendor's prefixes.
 */
export function canonicalModel(name: string): string {
  const bare = name
    .trim()
    .replace(/^yealink[\s-]*/i, '')
    .replace(/^sip[\s-]*/i, '')
    .replace(/^vp-(?=t)/i, '');
  return byName.get(squeezed(bare))?.model ?? bare.toUpperCase();
}

/** The model's row; null where the table has none. */
export function findModel(name: string | null): YealinkModel | null {
  return name === null ? null : (byName.get(squeezed(canonicalModel(name))) ?? null);
}
