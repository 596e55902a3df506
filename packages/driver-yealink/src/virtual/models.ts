/** Kinds of picture that a phone answers `/screencapture` with. */
export type PictureKind = 'bmp' | 'jpeg';

/** What a virtual phone has to know of a model. */
export interface YealinkModel {
  /** Without `SIP-`: `T54W`. */
  readonly name: string;
  /** First number of its firmware versions. */
  readonly firmwarePrefix: number;
  /** `NN` of `y0000000000NN.cfg`; empty where it is not published. */
  readonly provisioningCode: string;
  /** The X of `L1`…`LX`. */
  readonly lineKeys: number;
  /** The X of `D1`…`DX`, keys beside the display of old models. */
  readonly memoryKeys: number;
  readonly accounts: number;
  /** Pixels of the picture. */
  readonly screen: readonly [width: number, height: number];
  readonly color: boolean;
  /** Takes no `K1;K2` sequences. */
  readonly touch: boolean;
  /** Keys of the common table that this model does not have. */
  readonly missingKeys: readonly string[];
}

type Row = readonly [
  name: string,
  firmwarePrefix: number,
  provisioningCode: string,
  lineKeys: number,
  accounts: number,
  screen: 'small' | 'medium' | 'wide' | 'tall' | 'large',
];

// Only 132x64 (T31) and the picture sizes 320x184, 480x192 and 800x372 are published; the rest of each class follows them.
const SCREENS = {
  small: [132, 64],
  medium: [320, 184],
  wide: [480, 192],
  tall: [480, 272],
  large: [800, 372],
} as const;

// Line keys and accounts: wazo templates V87 and the vendor's guides; cfg codes: FusionPBX; firmware prefixes: as seen in
// the field where published, else the cfg code, which is the same number on most models.
// The T28P: accounts as in wazo's template of V70, firmware prefix as in a capture of `phonecfg`, line keys as many as accounts.
// Public sources disagree on some counts (T44, T7x, T8x), and on the T43U: 15 by wazo, 21 by the vendor's guide of DSS
// keys and tancredi, which the driver has. Options of the phone override them.
// The CP935W's firmware prefix is inferred, as the driver's.
const ROWS: readonly Row[] = [
  ['T19P_E2', 53, '53', 0, 1, 'small'],
  ['T21P_E2', 52, '52', 2, 2, 'small'],
  ['T23G', 44, '44', 3, 3, 'small'],
  ['T27G', 69, '69', 21, 6, 'small'],
  ['T28P', 2, '', 6, 6, 'medium'],
  ['T29G', 46, '46', 27, 16, 'tall'],
  ['T30P', 124, '', 0, 1, 'small'],
  ['T31G', 124, '123', 2, 2, 'small'],
  ['T33G', 124, '124', 12, 4, 'medium'],
  ['T34W', 124, '171', 12, 4, 'medium'],
  ['T40P', 54, '54', 3, 3, 'small'],
  ['T40G', 76, '76', 3, 3, 'small'],
  ['T41P', 36, '36', 15, 6, 'small'],
  ['T41S', 66, '68', 15, 6, 'small'],
  ['T42G', 29, '29', 15, 12, 'small'],
  ['T42S', 66, '67', 15, 12, 'small'],
  ['T42U', 108, '116', 15, 12, 'small'],
  ['T43U', 108, '107', 15, 12, 'small'],
  ['T44W', 108, '174', 24, 12, 'medium'],
  ['T46G', 28, '28', 27, 16, 'wide'],
  ['T46S', 66, '66', 27, 16, 'wide'],
  ['T46U', 108, '108', 27, 16, 'wide'],
  ['T48G', 35, '35', 29, 16, 'large'],
  ['T48S', 66, '65', 29, 16, 'large'],
  ['T48U', 108, '109', 29, 16, 'large'],
  ['T49G', 51, '51', 29, 16, 'large'],
  ['T52S', 70, '74', 21, 12, 'medium'],
  ['T53', 96, '95', 21, 12, 'medium'],
  ['T53W', 96, '95', 21, 12, 'medium'],
  ['T54S', 70, '70', 27, 16, 'wide'],
  ['T54W', 96, '96', 27, 16, 'wide'],
  ['T57W', 96, '97', 29, 16, 'large'],
  ['T58A', 58, '58', 27, 16, 'large'],
  ['T58W', 150, '150', 27, 16, 'large'],
  ['T73U', 185, '186', 48, 12, 'medium'],
  ['T73W', 185, '183', 48, 12, 'medium'],
  ['T74U', 185, '187', 60, 16, 'wide'],
  ['T74W', 185, '184', 60, 16, 'wide'],
  ['T77U', 185, '188', 95, 16, 'large'],
  ['T85W', 185, '196', 72, 16, 'wide'],
  ['T87W', 185, '197', 95, 16, 'large'],
  ['T88V', 192, '192', 95, 16, 'large'],
  ['T88W', 192, '192', 95, 16, 'large'],
  ['VP59', 91, '91', 27, 16, 'large'],
  ['CP920', 78, '78', 0, 1, 'small'],
  ['CP925', 148, '148', 0, 1, 'large'],
  ['CP935W', 149, '', 0, 1, 'large'],
  ['CP960', 73, '73', 0, 1, 'large'],
  ['CP965', 143, '143', 0, 1, 'large'],
];

// Vendor guides: sequences "not on touch phones T57W/T48U/T48S/T48G/T49G"; the T8x, VP59 and CP9x5 have touch screens
// too. The T58 has one as well, but its own guide documents sequences.
const TOUCH = /^(?:T48|T49|T57|T87|T88|VP59|CP925|CP935|CP96)/;
const MONOCHROME = /^(?:T19|T21|T23|T27|T28|T30|T31|T40|T41|T42|T43|T53|CP920)/;
// Vendor's tables for newer firmware: no OK on T57W, CP925, CP935W; no ENTER on T57W, T48x; no SPEAKER on CP920, CP925,
// CP935W.
const WITHOUT: readonly (readonly [key: string, models: RegExp])[] = [
  ['OK', /^(?:T57W|CP925|CP935W)$/],
  ['ENTER', /^(?:T57W|T48[GSU])$/],
  ['SPEAKER', /^(?:CP920|CP925|CP935W)$/],
];

/** Models by name, `T54W`. */
export const YEALINK_MODELS: ReadonlyMap<string, YealinkModel> = new Map(
  ROWS.map(([name, firmwarePrefix, provisioningCode, lineKeys, accounts, screen]) => [
    name,
    {
      name,
      firmwarePrefix,
      provisioningCode,
      lineKeys,
      memoryKeys: name === 'T28P' ? 10 : 0,
      accounts,
      screen: SCREENS[screen],
      color: !MONOCHROME.test(name),
      touch: TOUCH.test(name),
      missingKeys: WITHOUT.filter(([, models]) => models.test(name)).map(([key]) => key),
    },
  ]),
);

/** Finds a model by its name, with or without `SIP-`. Throws if it is not in the table. */
export const yealinkModel = (name: string): YealinkModel => {
  const model = YEALINK_MODELS.get(name.replace(/^SIP-/i, '').toUpperCase());
  if (model === undefined) {
    throw new Error(`No virtual Yealink phone of model ${name}. Known: ${[...YEALINK_MODELS.keys()].join(', ')}.`);
  }
  return model;
};

/** The name as the phone itself gives it in `$model`, its realm and its User-Agent: `SIP-T54W`, but `CP960`. */
export const fullModelName = (model: YealinkModel): string =>
  model.name.startsWith('T') ? `SIP-${model.name}` : model.name;
