import type { DocumentedDevice, DocumentedDiagnosis, DocumentedModel, DocumentedPhone } from '@hookswitch/driver-kit';

/*
 * Snom's models with their keys (its page of 2015, provisioning templates, client code), by what a device is known, and what settings
 * stand in the way. Written from them, and never from the driver.
 */

/** Models by the number of their programmable keys, all pages counted; null: not known. */
const MODEL_KEYS: Readonly<Record<string, number | null>> = {
  ...{ '190': 5, '200': 5, '220': 5, '300': 4, '320': 12, '360': 12, '370': 12, '820': 12, '821': 12, '870': 15 },
  ...{ '710': 5, '715': 5, '720': 18, '725': 18, '760': null, D120: 2, D140: 2, D150: 2, D305: 5, D315: 5, D335: 32 },
  ...{ D345: 48, D375: 12, D385: 48, D710: 5, D712: 5, D713: 4, D715: 5, D717: 3, D725: 18, D735: 32, D745: 32 },
  ...{ D765: 16, D785: 24, D810: 4, D812: 28, D815: 36, D862: 32, D865: 40, D892: 36 },
};

/** All models. */
export const MODELS: readonly DocumentedModel[] = Object.entries(MODEL_KEYS).map(([model, functionKeys]) => ({
  model,
  functionKeys,
}));

const page = (title: string, body = ''): string =>
  `<html><head><title>${title}</title></head><body>${body}</body></html>`;

/** The surest sign first; each further one adds 2. */
export const DEVICES: readonly DocumentedDevice[] = [
  {
    name: 'an info page that names a model',
    replies: [
      {
        target: '/info.htm',
        body: page('Info', 'Phone Type: snom320<br>MAC-Address: 000413000001<br>Firmware-Version: snom320-SIP 8.4.35'),
      },
    ],
    is: { score: 95, model: '320' },
  },
  {
    name: 'a web server "snom embedded"',
    replies: [{ target: '/', headers: { server: 'snom embedded' } }],
    is: { score: 90 },
  },
  {
    name: 'a login to "snom"',
    replies: [{ target: '/', status: 401, headers: { 'www-authenticate': 'Basic realm="snom"' } }],
    is: { score: 85 },
  },
  { name: 'a page titled "snom"', replies: [{ target: '/', body: page('snom phone') }], is: { score: 80 } },
  { name: 'an address 00:04:13', mac: '00:04:13:00:00:01', is: { score: 60 } },
  { name: 'an address 1C:71:26', mac: '1c:71:26:00:00:01', is: { score: 60 } },
  { name: 'somebody says that it is a D785', model: 'D785', is: { score: 55, model: 'D785' } },
  { name: 'a page titled "Phone Manager"', replies: [{ target: '/', body: page('Phone Manager') }], is: { score: 30 } },
];

const D785: DocumentedPhone = { model: 'D785', firmware: '10.1.33.33', reachableBy: { http: true, sip: false } };
const WITH_SIP: DocumentedPhone = { ...D785, reachableBy: { http: true, sip: true } };
const D862: DocumentedPhone = { model: 'D862', firmware: '10.1.226.13' };

/** A phone with nothing in the way. */
const GOOD: Readonly<Record<string, string>> = {
  use_hidden_tags: 'off',
  restrict_uri_queries: 'off',
  admin_mode: 'on',
  csta_control: 'on',
  csta_legacy_control: '2',
  call_join_xfer: 'off',
  disconnected_url_on_reject: 'on',
  http_scheme: 'on',
  http_user: 'admin',
  filter_registrar: 'off',
  user_sipusername_as_line1: 'on',
  xml_notify: 'on',
  allow_sip_settings: 'on',
  fkey0: 'button 1',
};

type Settings = Readonly<Record<string, string | undefined>>;

const listed = (changes: Settings): string =>
  Object.entries({ ...GOOD, ...changes })
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}!: ${value}`]))
    .join('\n');

interface Case {
  readonly phone?: DocumentedPhone;
  readonly changes?: Settings;
  readonly finds: readonly string[];
  readonly findsNot?: readonly string[];
  readonly answers?: DocumentedDiagnosis['answers'];
}

const diagnosis = (
  name: string,
  { phone = D785, changes = {}, answers = [], ...found }: Case,
): DocumentedDiagnosis => ({
  name: `a phone with ${name}`,
  phone,
  answers: [...answers, { to: 'GET /settings.htm', body: listed(changes) }],
  ...found,
});

const BLOCKS: readonly (readonly [setting: string, at: string, finding: string])[] = [
  ['use_hidden_tags', 'on', 'PROBLEM HIDDEN_TAGS_ON'],
  ['restrict_uri_queries', 'on', 'PROBLEM URI_QUERIES_RESTRICTED'],
  ['admin_mode', 'off', 'PROBLEM ADMIN_MODE_OFF'],
  ['csta_control', 'off', 'PROBLEM CSTA_CONTROL_OFF'],
  ['csta_legacy_control', '0', 'PROBLEM CSTA_DIALECT_DIFFERS'],
  ['call_join_xfer', 'on', 'NOTICE CALL_JOIN_DIFFERS'],
  ['disconnected_url_on_reject', 'off', 'NOTICE REJECT_FIRES_NO_EVENT'],
];
const BLOCKS_SIP: readonly (readonly [setting: string, at: string, finding: string])[] = [
  ['filter_registrar', 'on', 'NOTICE FILTER_REGISTRAR_ON'],
  ['user_sipusername_as_line1', 'off', 'NOTICE SIP_USERNAME_NOT_LINE'],
];
const BLOCKS_ONLY_SIP: readonly (readonly [setting: string, at: string, finding: string])[] = [
  ['xml_notify', 'off', 'NOTICE XML_NOTIFY_OFF'],
  ['allow_sip_settings', 'off', 'NOTICE SIP_SETTINGS_OFF'],
];

const BLOCKING = [...BLOCKS, ...BLOCKS_SIP, ...BLOCKS_ONLY_SIP].map(([, , finding]) => finding);

const blocked = (rows: typeof BLOCKS, phone: DocumentedPhone): readonly DocumentedDiagnosis[] => {
  const all = rows.map(([, , finding]) => finding);
  return rows.map(([setting, at, finding]) =>
    diagnosis(`${setting} ${at}`, {
      phone,
      changes: { [setting]: at },
      finds: [finding],
      findsNot: all.filter((other) => other !== finding),
    }),
  );
};

/** What a diagnosis finds. */
export const DIAGNOSES: readonly DocumentedDiagnosis[] = [
  diagnosis('nothing in the way', {
    phone: WITH_SIP,
    finds: ['OK DIGEST_AUTHENTICATION', 'OK CSTA_READY', 'OK SIP_READY', 'OK LED_KEYS'],
    findsNot: ['NOTICE SETTINGS_UNREADABLE', 'NOTICE LED_NEEDS_BUTTON', ...BLOCKING],
  }),
  ...blocked(BLOCKS, D785),
  ...blocked(BLOCKS_SIP, WITH_SIP),
  ...blocked(BLOCKS_ONLY_SIP, D862),
  ...BLOCKS_ONLY_SIP.map(([setting, at, finding]) =>
    diagnosis(`${setting} ${at} and pages`, {
      phone: WITH_SIP,
      changes: { [setting]: at },
      finds: [],
      findsNot: [finding],
    }),
  ),
  ...BLOCKS.map(([setting]) =>
    diagnosis(`${setting} that its page does not tell`, {
      changes: { [setting]: undefined },
      finds: ['NOTICE SETTINGS_UNREADABLE'],
    }),
  ),
  diagnosis('Basic authentication', { changes: { http_scheme: 'off' }, finds: ['NOTICE BASIC_AUTHENTICATION'] }),
  diagnosis('no user', { changes: { http_user: '' }, finds: ['PROBLEM NO_PASSWORD'] }),
  ...['webserver_user_name', 'webserver_admin_name'].map((name) =>
    diagnosis(`no ${name}`, { changes: { http_user: undefined, [name]: '' }, finds: ['PROBLEM NO_PASSWORD'] }),
  ),
  diagnosis('users for administration only', {
    changes: { http_user: '', webserver_user_name: '', webserver_admin_name: 'root' },
    finds: ['OK DIGEST_AUTHENTICATION'],
    findsNot: ['PROBLEM NO_PASSWORD'],
  }),
  diagnosis('users for the web only', {
    changes: { http_user: '', webserver_user_name: 'anna', webserver_admin_name: '' },
    finds: ['OK DIGEST_AUTHENTICATION'],
    findsNot: ['PROBLEM NO_PASSWORD'],
  }),
  diagnosis('uacstaEvents and no SIP', {
    phone: { ...D785, options: { uacstaEvents: 'true' } },
    finds: ['PROBLEM UACSTA_EVENTS_MISSING'],
  }),
  diagnosis('no key of the type button', {
    phone: WITH_SIP,
    changes: { fkey0: 'line' },
    finds: ['NOTICE LED_NEEDS_BUTTON'],
  }),
  diagnosis('the last key of the type button', {
    phone: WITH_SIP,
    changes: { fkey0: 'line', fkey23: 'button 24' },
    finds: ['OK LED_KEYS'],
  }),
];
