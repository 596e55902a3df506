import type { DriverModel } from '@hookswitch/core';

/**
 * What models have in common on the wire. Snom's own page groups: `snom1xx`/`snom2xx`, `snom3xx`, `snom8xx` (820, 821,
 * 870), `snom7xx`, and the D series. `D8XX` (D810…D892) are other phones than `8XX`: no `command.htm`.
 */
export type SnomFamily = 'LEGACY' | '3XX' | '8XX' | '7XX' | 'D1XX' | 'D3XX' | 'D7XX' | 'D8XX' | 'UNKNOWN';

/** A model. */
export interface SnomModel {
  /** As Snom writes it behind its own name: `320`, `D785`. */
  readonly model: string;
  readonly family: SnomFamily;
  /** Programmable keys, all pages counted: the X of `P1`–`PX`; null: not known. */
  readonly functionKeys: number | null;
  /** Context keys under the display, `F1` and on. */
  readonly softKeys: number;
  /** Keys of expansion modules that key commands reach; null: some, nobody says how many. */
  readonly expansionKeys: number | null;
  /** What is added to a key's index, from 0, to get the `number` of its minibrowser `<Led>`; null: not known. */
  readonly ledOffset: number | null;
  /** Index of the `fkey` setting of the first key of an expansion module, where it is not the next after its own. */
  readonly expansionStart?: number;
  /** It has a touch display that `command.htm?touch=` reaches. */
  readonly touch?: true;
  /** Its line info layer must be fixed before the screen is captured. */
  readonly lineInfoLayer?: true;
  /** Its keys have a second, short label: the setting `fkey_short_label`. */
  readonly shortLabels?: true;
}

/** The most keys that expansion modules add, whatever the model (client code for D3xx and D7xx). */
export const MAX_EXPANSION_KEYS = 144;

/** The highest index of `fkey` settings (provisioning templates write 0 to 219), where {@link SnomModel.expansionStart} says nothing. */
export const MAX_FKEY_INDEX = 219;

const plain = { softKeys: 4, expansionKeys: 0, ledOffset: null } as const;
const old = { softKeys: 4, ledOffset: 1 } as const;

/**
 * The models. Keys of 1xx–8xx: "Can I control my snom phone remotely" (X=15 for 870, 12 for 320/360/370/820, 4 for 300,
 * 5 for 190/200/220); of the D series: provisioning templates and client code. Where these two disagree, client code
 * tried on phones wins, since it counts keys × pages (D335: 32, not 48; D862: 32, not 28; D865: 40, not 36).
 * LED offsets, and that the D385's expansion keys begin 126 behind its own 48: the same client code; "LED 1 is P1" on
 * older models is from the minibrowser examples.
 */
export const MODELS: readonly SnomModel[] = [
  { ...plain, model: '190', family: 'LEGACY', functionKeys: 5, softKeys: 3 },
  { ...plain, model: '200', family: 'LEGACY', functionKeys: 5, softKeys: 3 },
  { ...plain, model: '220', family: 'LEGACY', functionKeys: 5, expansionKeys: null },
  { ...old, model: '300', family: '3XX', functionKeys: 4, expansionKeys: 0 },
  { ...old, model: '320', family: '3XX', functionKeys: 12, expansionKeys: null },
  { ...old, model: '360', family: '3XX', functionKeys: 12, expansionKeys: null },
  { ...old, model: '370', family: '3XX', functionKeys: 12, expansionKeys: null },
  { ...old, model: '820', family: '8XX', functionKeys: 12, expansionKeys: 0, lineInfoLayer: true },
  { ...old, model: '821', family: '8XX', functionKeys: 12, expansionKeys: 0, lineInfoLayer: true },
  { ...plain, model: '870', family: '8XX', functionKeys: 15, softKeys: 0, touch: true },
  { ...old, model: '710', family: '7XX', functionKeys: 5, expansionKeys: 0 },
  { ...old, model: '715', family: '7XX', functionKeys: 5, expansionKeys: 0 },
  { ...old, model: '720', family: '7XX', functionKeys: 18, expansionKeys: 0 },
  { ...old, model: '725', family: '7XX', functionKeys: 18, expansionKeys: 0 },
  { ...old, model: '760', family: '7XX', functionKeys: null, expansionKeys: 0 },
  { ...plain, model: 'D120', family: 'D1XX', functionKeys: 2 },
  { ...plain, model: 'D140', family: 'D1XX', functionKeys: 2 },
  { ...plain, model: 'D150', family: 'D1XX', functionKeys: 2 },
  { ...plain, model: 'D305', family: 'D3XX', functionKeys: 5 },
  { ...plain, model: 'D315', family: 'D3XX', functionKeys: 5 },
  { ...plain, model: 'D335', family: 'D3XX', functionKeys: 32, ledOffset: 2 },
  { ...plain, model: 'D345', family: 'D3XX', functionKeys: 48 },
  { ...plain, model: 'D375', family: 'D3XX', functionKeys: 12 },
  { ...plain, model: 'D385', family: 'D3XX', functionKeys: 48, ledOffset: 2, expansionStart: 174 },
  { ...plain, model: 'D710', family: 'D7XX', functionKeys: 5 },
  { ...plain, model: 'D712', family: 'D7XX', functionKeys: 5 },
  { ...plain, model: 'D713', family: 'D7XX', functionKeys: 4, ledOffset: 1, shortLabels: true },
  { ...plain, model: 'D715', family: 'D7XX', functionKeys: 5 },
  { ...plain, model: 'D717', family: 'D7XX', functionKeys: 3 },
  { ...plain, model: 'D725', family: 'D7XX', functionKeys: 18 },
  { ...plain, model: 'D735', family: 'D7XX', functionKeys: 32, ledOffset: 5, shortLabels: true },
  { ...plain, model: 'D745', family: 'D7XX', functionKeys: 32 },
  { ...plain, model: 'D765', family: 'D7XX', functionKeys: 16 },
  { ...plain, model: 'D785', family: 'D7XX', functionKeys: 24, ledOffset: 5, shortLabels: true },
  { ...plain, model: 'D810', family: 'D8XX', functionKeys: 4 },
  { ...plain, model: 'D812', family: 'D8XX', functionKeys: 28 },
  { ...plain, model: 'D815', family: 'D8XX', functionKeys: 36 },
  { ...plain, model: 'D862', family: 'D8XX', functionKeys: 32, ledOffset: 5 },
  { ...plain, model: 'D865', family: 'D8XX', functionKeys: 40, ledOffset: 5 },
  { ...plain, model: 'D892', family: 'D8XX', functionKeys: 36 },
];

/** The models as the contract lists them. */
export const DRIVER_MODELS: readonly DriverModel[] = MODELS.map(({ model, functionKeys }) => ({ model, functionKeys }));

const families: readonly (readonly [RegExp, SnomFamily])[] = [
  [/^[12]\d\d$/, 'LEGACY'],
  [/^3\d\d$/, '3XX'],
  [/^7\d\d$/, '7XX'],
  [/^8\d\d$/, '8XX'],
  [/^D1\d\d$/, 'D1XX'],
  [/^D3\d\d$/, 'D3XX'],
  [/^D7\d\d$/, 'D7XX'],
  [/^D8\d\d$/, 'D8XX'],
];

/** `snom 320`, `snomD785`, `d785` → `320`, `D785`, `D785`. */
export function modelName(text: string): string {
  return text
    .trim()
    .replace(/^snom[\s_-]*/i, '')
    .replace(/-?SIP.*$/i, '')
    .toUpperCase();
}

/** The model in the table, or what its name alone tells. */
export function modelOf(text: string | null): SnomModel {
  const name = modelName(text ?? '');
  const known = MODELS.find(({ model }) => model === name);
  if (known !== undefined) return known;
  const family = families.find(([pattern]) => pattern.test(name))?.[1] ?? 'UNKNOWN';
  return { ...plain, model: name, family, functionKeys: null };
}

/** Whether the model is in the table, so that its numbers are more than a guess. */
export function isKnownModel({ model }: SnomModel): boolean {
  return MODELS.some((known) => known.model === model);
}
