/** How a phone learns its action URLs. */
export type Setup =
  /** The gateway writes them to it: `configureActionUrls`. */
  | 'written'
  /** It fetches the gateway's provisioning file: `Phone.provisioning`. */
  | 'provisioned'
  /** Somebody enters them in its web interface, as `Phone.actionUrls` has them. */
  | 'entered';

/** Somebody in the office and the phone on their desk. */
export interface Person {
  readonly number: string;
  readonly name: string;
  readonly vendor: 'snom' | 'yealink' | 'poly' | 'grandstream';
  readonly model: string;
  readonly firmware: string;
  /** Twelve hexadecimal digits. */
  readonly mac: string;
  readonly setup: Setup;
  /** What `addPhone` is told; what is left out the gateway finds out by asking the phone, unless it is told the vendor. */
  readonly told: { readonly vendor?: string; readonly model?: string; readonly firmware?: string };
  /** How the gateway reaches it. Default: by HTTP, and by SIP. */
  readonly reach?: 'sip';
  /** The scheme of the web interface's login, where the phone leaves the choice. */
  readonly login?: 'basic' | 'digest';
}

/**
 * Who works here: each vendor's phones of three generations. Before firmware 8.7 Snom names calls in another way than
 * since; the 870 and the T48U have a touch display; the D862 has no remote control but by SIP.
 */
export const PEOPLE: readonly Person[] = [
  {
    number: '101',
    name: 'Anna Ritter',
    vendor: 'snom',
    model: 'D785',
    firmware: '10.1.33.33',
    mac: '000413100101',
    setup: 'written',
    told: {},
  },
  {
    number: '102',
    name: 'Ben Okafor',
    vendor: 'snom',
    model: '320',
    firmware: '8.4.35',
    mac: '000413100102',
    setup: 'written',
    told: {},
  },
  {
    number: '103',
    name: 'Chiara Russo',
    vendor: 'snom',
    model: '870',
    firmware: '8.7.5.35',
    mac: '000413100103',
    setup: 'written',
    told: {},
    login: 'digest',
  },
  {
    number: '104',
    name: 'Grace Lindqvist',
    vendor: 'snom',
    model: 'D862',
    firmware: '10.1.226.13',
    mac: '000413100104',
    setup: 'provisioned',
    told: { vendor: 'snom', model: 'D862', firmware: '10.1.226.13' },
    reach: 'sip',
  },
  {
    number: '201',
    name: 'David Cohen',
    vendor: 'yealink',
    model: 'T46U',
    firmware: '108.86.0.45',
    mac: '805ec0100201',
    setup: 'provisioned',
    told: { vendor: 'yealink', model: 'T46U', firmware: '108.86.0.45' },
  },
  {
    number: '202',
    name: 'Elif Kaya',
    vendor: 'yealink',
    model: 'T54W',
    firmware: '96.85.0.5',
    mac: '805ec0100202',
    setup: 'written',
    told: { model: 'T54W' },
  },
  {
    number: '203',
    name: 'Farid Haddad',
    vendor: 'yealink',
    model: 'T48U',
    firmware: '108.85.0.39',
    mac: '805ec0100203',
    setup: 'provisioned',
    told: { model: 'T48U' },
  },
];

/** Who works here besides where `HOOKSWITCH_DEMO_PHONES` names their vendor, whose driver does not come with the gateway. */
export const FURTHER_PEOPLE: Readonly<Record<string, readonly Person[]>> = {
  poly: [
    {
      number: '401',
      name: 'Hana Novák',
      vendor: 'poly',
      model: 'VVX 450',
      firmware: '6.4.0.9608',
      mac: '0004f2100401',
      setup: 'written',
      told: {},
    },
    {
      number: '402',
      name: 'Ines Çelik',
      vendor: 'poly',
      model: 'Edge E350',
      firmware: '8.1.0',
      mac: '64167f100402',
      setup: 'provisioned',
      told: { vendor: 'poly', model: 'Edge E350', firmware: '8.1.0' },
    },
  ],
  grandstream: [
    {
      number: '501',
      name: 'Jonas Weber',
      vendor: 'grandstream',
      model: 'GRP2614',
      firmware: '1.0.13.31',
      mac: 'c074ad100501',
      setup: 'entered',
      told: { vendor: 'grandstream', model: 'GRP2614' },
    },
    {
      number: '502',
      name: 'Kamila Bauer',
      vendor: 'grandstream',
      model: 'GXP2170',
      firmware: '1.0.11.79',
      mac: '000b82100502',
      setup: 'entered',
      told: {},
    },
  ],
};

/** A number without a desk: the exchange itself is there. */
export interface Service {
  readonly number: string;
  readonly name: string;
  /** Rings so long, then answers; left out: it is busy. */
  readonly answersAfterMs?: number;
}

/** Numbers to try calls with. */
export const SERVICES: readonly Service[] = [
  { number: '300', name: 'Voicemail', answersAfterMs: 1000 },
  { number: '301', name: 'Always busy' },
];

/** The login of every demo phone's web interface. They listen on this machine only. */
export const WEB_LOGIN = { username: 'admin', password: 'demo-office' } as const;

/** The login that demo phones ask for which take messages by another one. */
export const PUSH_LOGIN = { username: 'push', password: 'demo-pushes' } as const;
