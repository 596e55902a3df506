/** What sets one Snom model apart from the others. */
export interface SnomModel {
  /** As `Hardware:` on `info.htm` has it: `320`, `D785`. */
  readonly name: string;
  /** Which web interface it has: `phoneManager` (D8xx) knows neither `command.htm` nor CSTA. */
  readonly web: 'command' | 'phoneManager';
  /** Obeys DISCONNECT, CLEAR, FUNCTION and RECALL (1xx and 2xx only) and knows no CSTA. */
  readonly isOld: boolean;
  /** How many programmable keys, `P1` and up. */
  readonly functionKeys: number;
  /** How many keys under the display, `F1` and up. */
  readonly softKeys: number;
  /** Whether `touch=` works: the 870 only. */
  readonly hasTouch: boolean;
  /** Whether `screen.bmp` lacks the line information until `FIX_LIL=true`: 820 and 821. */
  readonly hidesLineInfo: boolean;
  /** What the number of a minibrowser LED is more than the number of its key less one. */
  readonly ledOffset: number;
  /** Where the settings of expansion keys begin; `undefined`: right after the phone's own keys. */
  readonly expansionOffset: number | undefined;
  /** The display in pixels. Exact for the 870 only: the documents do not give the others. */
  readonly screen: { readonly width: number; readonly height: number };
  /** The firmware of a virtual phone that is not told another. */
  readonly defaultFirmware: string;
}

type Variation = Partial<SnomModel> & Pick<SnomModel, 'name' | 'functionKeys'>;

const base = {
  web: 'command',
  isOld: false,
  softKeys: 4,
  hasTouch: false,
  hidesLineInfo: false,
  expansionOffset: undefined,
} as const;
const small = { width: 128, height: 64 };
const medium = { width: 320, height: 240 };
const large = { width: 480, height: 272 };

const old = (variation: Variation): SnomModel => ({
  ...base,
  isOld: true,
  softKeys: 3,
  ledOffset: 1,
  screen: small,
  defaultFirmware: '7.1.39',
  ...variation,
});
const series3 = (variation: Variation): SnomModel => ({
  ...base,
  ledOffset: 1,
  screen: small,
  defaultFirmware: '8.7.5.35',
  ...variation,
});
const series8 = (variation: Variation): SnomModel => series3({ screen: medium, ...variation });
const series7 = (variation: Variation): SnomModel => ({
  ...base,
  ledOffset: 1,
  screen: small,
  defaultFirmware: '8.9.3.80',
  ...variation,
});
const seriesD = (variation: Variation): SnomModel => ({
  ...base,
  ledOffset: 1,
  screen: medium,
  defaultFirmware: '10.1.33.33',
  ...variation,
});
const phoneManager = (variation: Variation): SnomModel => ({
  ...base,
  web: 'phoneManager',
  ledOffset: 5,
  screen: large,
  defaultFirmware: '10.1.226.13',
  ...variation,
});

/**
 * Every model that a virtual Snom phone can be. Numbers of keys: Snom's key list for 190 to 870, NethServer's tancredi
 * for D models. Inferred from the sibling of the same look, as no document gives them: 720 and 725 (D725), 710 and 715
 * (D710, D715), 760 (D765), 821 (820). LED offsets: Symcon's Snom module; 1 where it is silent. It also
 * has the D385's expansion keys 126 behind its own 48.
 */
export const snomModels: readonly SnomModel[] = [
  old({ name: '190', functionKeys: 5 }),
  old({ name: '200', functionKeys: 5 }),
  old({ name: '220', functionKeys: 5, softKeys: 4 }),
  series3({ name: '300', functionKeys: 4 }),
  series3({ name: '320', functionKeys: 12 }),
  series3({ name: '360', functionKeys: 12 }),
  series3({ name: '370', functionKeys: 12 }),
  series8({ name: '820', functionKeys: 12, hidesLineInfo: true }),
  series8({ name: '821', functionKeys: 12, hidesLineInfo: true }),
  series8({ name: '870', functionKeys: 15, softKeys: 0, hasTouch: true, screen: large }),
  series7({ name: '710', functionKeys: 5 }),
  series7({ name: '715', functionKeys: 5 }),
  series7({ name: '720', functionKeys: 18 }),
  series7({ name: '725', functionKeys: 18 }),
  series7({ name: '760', functionKeys: 16, screen: medium }),
  seriesD({ name: 'D120', functionKeys: 2, screen: small }),
  seriesD({ name: 'D140', functionKeys: 2, screen: small }),
  seriesD({ name: 'D150', functionKeys: 2, screen: small }),
  seriesD({ name: 'D305', functionKeys: 5, screen: small }),
  seriesD({ name: 'D315', functionKeys: 5, screen: small }),
  seriesD({ name: 'D335', functionKeys: 48, ledOffset: 2 }),
  seriesD({ name: 'D345', functionKeys: 48 }),
  seriesD({ name: 'D375', functionKeys: 12 }),
  seriesD({ name: 'D385', functionKeys: 48, ledOffset: 2, expansionOffset: 174, screen: large }),
  seriesD({ name: 'D710', functionKeys: 5, screen: small }),
  seriesD({ name: 'D712', functionKeys: 5, screen: small }),
  seriesD({ name: 'D713', functionKeys: 4 }),
  seriesD({ name: 'D715', functionKeys: 5, screen: small }),
  seriesD({ name: 'D717', functionKeys: 3 }),
  seriesD({ name: 'D725', functionKeys: 18, screen: small }),
  seriesD({ name: 'D735', functionKeys: 32, ledOffset: 5 }),
  seriesD({ name: 'D745', functionKeys: 32, screen: small }),
  seriesD({ name: 'D765', functionKeys: 16 }),
  seriesD({ name: 'D785', functionKeys: 24, ledOffset: 5, screen: large }),
  phoneManager({ name: 'D810', functionKeys: 4 }),
  phoneManager({ name: 'D812', functionKeys: 28 }),
  phoneManager({ name: 'D815', functionKeys: 36 }),
  phoneManager({ name: 'D862', functionKeys: 28 }),
  phoneManager({ name: 'D865', functionKeys: 36 }),
  phoneManager({ name: 'D892', functionKeys: 36 }),
];

/** The model of that name, with or without `snom` before it, in any case. Throws an `Error` that lists the names if there is none. */
export const snomModel = (name: string): SnomModel => {
  const wanted = name
    .trim()
    .toUpperCase()
    .replace(/^SNOM\s*/, '');
  const found = snomModels.find((model) => model.name === wanted);
  if (found !== undefined) return found;
  throw new Error(`No Snom model ${name}. There are: ${snomModels.map((model) => model.name).join(', ')}.`);
};
