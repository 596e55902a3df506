import type { DocumentedCommand, DocumentedDevice, DocumentedModel } from '@hookswitch/driver-kit';

/*
 * Models with their line keys, accounts and what differs: administrator guides, the guide of enhanced DSS keys, wazo's and tancredi's
 * templates; firmware by the vendor's download names. Written from them, and never from the driver.
 */

interface Model {
  readonly line: number | null;
  readonly accounts: number | null;
  /** Keys of one expansion module. */
  readonly expansion?: number;
  readonly memory?: number;
  /** Its display is touched: keys go out one by one. */
  readonly touch?: true;
  /** Keys of the table that it does not have. */
  readonly lacks?: readonly string[];
}

const touch = { touch: true } as const;
const T48 = { line: 29, accounts: 16, lacks: ['ENTER'], ...touch };
const CP = { line: 0, accounts: 1 } as const;

const ROWS: Readonly<Record<string, Model>> = {
  T19P_E2: { line: 0, accounts: 1 },
  T20P: { line: null, accounts: null },
  T21P_E2: { line: 2, accounts: 2 },
  T22P: { line: null, accounts: null },
  T23P: { line: 3, accounts: 3 },
  T23G: { line: 3, accounts: 3 },
  T26P: { line: null, accounts: null, memory: 10 },
  T27P: { line: 21, accounts: 6 },
  T27G: { line: 21, accounts: 6, expansion: 40 },
  T28P: { line: null, accounts: null, memory: 10 },
  T29G: { line: 27, accounts: 16 },
  T30: { line: 0, accounts: 1 },
  T30P: { line: 0, accounts: 1 },
  T31: { line: 2, accounts: 2 },
  T31P: { line: 2, accounts: 2 },
  T31G: { line: 2, accounts: 2 },
  T31W: { line: 2, accounts: 2 },
  T33P: { line: 12, accounts: 4 },
  T33G: { line: 12, accounts: 4 },
  T34W: { line: 12, accounts: 4 },
  T40P: { line: 3, accounts: 3 },
  T40G: { line: 3, accounts: 3 },
  T41P: { line: 15, accounts: 6 },
  T41S: { line: 15, accounts: 6 },
  T42G: { line: 15, accounts: 12 },
  T42S: { line: 15, accounts: 12 },
  T42U: { line: 15, accounts: 12 },
  T43U: { line: 21, accounts: 12, expansion: 60 },
  T44U: { line: 24, accounts: 12, expansion: 60 },
  T44W: { line: 24, accounts: 12, expansion: 60 },
  T46G: { line: 27, accounts: 16 },
  T46S: { line: 27, accounts: 16, expansion: 40 },
  T46U: { line: 27, accounts: 16, expansion: 60 },
  T48G: T48,
  T48S: { ...T48, expansion: 40 },
  T48U: { ...T48, expansion: 60 },
  T49G: { line: 29, accounts: 16, ...touch },
  T52S: { line: 21, accounts: 12 },
  T53: { line: 21, accounts: 12, expansion: 60 },
  T53W: { line: 21, accounts: 12, expansion: 60 },
  T54S: { line: 27, accounts: 16 },
  T54W: { line: 27, accounts: 16, expansion: 60 },
  T56A: { line: 27, accounts: 16, ...touch },
  T57W: { line: 29, accounts: 16, expansion: 60, lacks: ['OK', 'ENTER'], ...touch },
  T58A: { line: 27, accounts: 16, ...touch },
  T58V: { line: 27, accounts: 16, ...touch },
  T58W: { line: 27, accounts: 16, expansion: 60, ...touch },
  T73U: { line: 48, accounts: 12, expansion: 78 },
  T73W: { line: 48, accounts: 12, expansion: 78 },
  T74U: { line: 60, accounts: 16, expansion: 78 },
  T74W: { line: 60, accounts: 16, expansion: 78 },
  T77U: { line: 95, accounts: 16, expansion: 78 },
  T85W: { line: 72, accounts: 16, expansion: 78 },
  T87W: { line: 95, accounts: 16, expansion: 78, ...touch },
  T88V: { line: 95, accounts: 16, expansion: 78, ...touch },
  T88W: { line: 95, accounts: 16, expansion: 78, ...touch },
  VP59: { line: 27, accounts: 16, ...touch },
  CP920: { ...CP, lacks: ['SPEAKER'] },
  CP925: { ...CP, lacks: ['OK', 'SPEAKER'], ...touch },
  CP935W: { ...CP, lacks: ['OK', 'SPEAKER'], ...touch },
  CP960: { ...CP, ...touch },
  CP965: { ...CP, ...touch },
};

/** All models. */
export const MODELS: readonly DocumentedModel[] = Object.entries(ROWS).map(([model, { line }]) => ({
  model,
  functionKeys: line,
}));

/** Firmware of V86, whatever the family. */
const V86 = '999.86.0.5';
/** The most line keys that any phone has: what a phone is taken for of which nobody knows. */
const MOST = 95;
const MOST_ACCOUNTS = 16;

const keys = (model: string, pressed: readonly string[], sent: readonly string[] | null): DocumentedCommand => ({
  name: `a ${model} and the keys ${pressed.join(', ')}`,
  phone: { model, firmware: V86 },
  capability: 'PRESS_KEYS',
  member: 'pressKeys',
  command: () => ({ keys: pressed.map((key) => ({ key })) }),
  exchange: (sent ?? []).map((key) => `GET /servlet?key=${key}`),
  outcome: sent === null ? 'INVALID_ARGUMENT' : 'ACCEPTED',
});

interface Configured {
  readonly key: string;
  readonly account?: number;
  /** Null: it is refused. */
  readonly items: readonly string[] | null;
}

const configured = (model: string, { key, account, items }: Configured): DocumentedCommand => ({
  name: `a ${model} and its key ${key}${account === undefined ? '' : ` of account ${account}`}`,
  phone: { model, firmware: V86 },
  capability: 'CONFIGURE_KEYS',
  member: 'configureKey',
  command: () => ({ key, function: 'NONE', ...(account === undefined ? {} : { account }) }),
  exchange:
    items === null
      ? []
      : [
          `POST /servlet?push=xml\n\nxml=<?xml version="1.0" encoding="UTF-8"?><YealinkIPPhoneConfiguration Beep="no">${items
            .map((item) => `<Item>${item}</Item>`)
            .join('')}</YealinkIPPhoneConfiguration>`,
        ],
  outcome: items === null ? 'INVALID_ARGUMENT' : 'ACCEPTED',
});

const presses = ([model, row]: readonly [string, Model]): readonly DocumentedCommand[] => {
  const { line, memory = 0, lacks = [] } = row;
  const last = line ?? MOST;
  const has = (key: string, name: string): DocumentedCommand =>
    keys(model, [key], lacks.includes(name) ? null : [name]);
  return [
    keys(model, ['1', '2'], row.touch === true ? ['1', '2'] : ['1;2']),
    has('OK', 'OK'),
    has('SPEAKER', 'SPEAKER'),
    has('yealink:ENTER', 'ENTER'),
    ...(last === 0 ? [] : [keys(model, [`FUNCTION_${last}`], [`L${last}`])]),
    keys(model, [`FUNCTION_${last + 1}`], null),
    ...(memory === 0 ? [] : [keys(model, [`MEMORY_${memory}`], [`D${memory}`])]),
    keys(model, [`MEMORY_${memory + 1}`], null),
  ];
};

const configurations = ([model, row]: readonly [string, Model]): readonly DocumentedCommand[] => {
  const accounts = row.accounts ?? MOST_ACCOUNTS;
  const each = row.expansion;
  const module = 'expansion_module.2.key.1';
  return [
    configured(model, {
      key: 'SOFT_1',
      account: accounts,
      items: ['programablekey.1.type = 0', `programablekey.1.line = ${accounts}`],
    }),
    configured(model, { key: 'SOFT_1', account: accounts + 1, items: null }),
    each === undefined
      ? configured(model, { key: 'EXPANSION_1', items: null })
      : configured(model, { key: `EXPANSION_${each + 1}`, items: [`${module}.type = 0`] }),
  ];
};

/** What differs by model. */
export const BY_MODEL: readonly DocumentedCommand[] = Object.entries(ROWS).flatMap((row) => [
  ...presses(row),
  ...configurations(row),
]);

/** First numbers of firmware, with the models that it is made for. */
const FIRMWARE: readonly (readonly [family: number, models: readonly string[]])[] = [
  ...[2, 6, 7, 9].map((family) => [family, ['T20P', 'T22P', 'T26P', 'T28P']] as const),
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
];

const tells = (firmware: string) => ({
  target: '/servlet?phonecfg=get&accounts=1&dnd=0&fw=0',
  body: `[Status]\nFirmwareVersion=${firmware}\nMACAddress=00:15:65:00:00:01\n`,
});

/** FusionPBX's and wazo's lists of the vendor's addresses. */
const BLOCKS = [
  ...['00:15:65', '24:9a:d8', '34:97:d7', '44:db:d2', '64:4f:56', '80:5e:0c', '80:5e:c0', 'b0:61:a9', 'c4:fc:22'],
  ...['e4:34:d7', 'ec:1d:a9', 'f0:16:53'],
];

/** By what a device is known. */
export const DEVICES: readonly DocumentedDevice[] = [
  ...FIRMWARE.map(([family, models]) => ({
    name: `firmware of the family ${family}`,
    replies: [tells(`${family}.86.0.5`)],
    is: {
      score: 90,
      model: models.length === 1 ? (models[0] ?? null) : null,
      firmware: `${family}.86.0.5`,
      reasons: [`phonecfg tells firmware ${family}.86.0.5, made for ${models.join(', ')}`],
    },
  })),
  {
    name: 'firmware of a family that nobody knows',
    replies: [tells('999.86.0.5')],
    is: { score: 60, model: null, reasons: ['phonecfg tells firmware 999.86.0.5'] },
  },
  ...BLOCKS.map((block) => ({ name: `an address of the block ${block}`, mac: `${block}:00:00:01`, is: { score: 40 } })),
  ...Object.keys(ROWS).map((model) => ({
    name: `a login to "Yealink ${model}"`,
    replies: [{ target: '/', status: 401, headers: { 'www-authenticate': `Basic realm="Yealink SIP-${model}"` } }],
    is: { score: 80, model },
  })),
];
