import {
  ACCEPTED,
  type ActionUrlSetting,
  accepted,
  CONTRACT_VERSION,
  type DriverContext,
  defineDriver,
  failed,
  type HttpReply,
  type Ladders,
  type Outcome,
  type ParsedReport,
  parseParty,
  phoneRejected,
  phoneUnauthorized,
  splitRawQuery,
} from '@hookswitch/core';

export interface ExampleOptions {
  readonly answerKey: string;
}

const NAMES = ['mac', 'call_id', 'remote'];
const KINDS = {
  incoming: ['INCOMING', 'RINGING'],
  answered: ['CONNECTED', 'CONNECTED'],
  ended: ['ENDED', 'ENDED'],
} as const;

const settings: readonly ActionUrlSetting[] = Object.keys(KINDS).map((path) => ({
  setting: `url.${path}`,
  path,
  query: NAMES.map((name) => `${name}=$${name}`).join('&'),
}));

/** What a reply means that is no success; null: it is one. */
function refusal({ status }: HttpReply): Outcome<never> | null {
  if (status === 200) return null;
  if (status === 401) return failed(phoneUnauthorized('The phone refuses user and password.'));
  return failed(phoneRejected(`The phone answered ${status}.`, { phoneStatus: status }));
}

/** Presses one key. */
export async function press(context: DriverContext, key: string): Promise<Outcome> {
  return refusal(await context.http.send({ method: 'GET', target: `/?key=${key}` })) ?? ACCEPTED;
}

const rung = { transport: 'HTTP', evidence: 'DOCUMENTED', source: 'Example, manual, page 1' } as const;

function capabilities(answerKey: string): Ladders {
  return {
    ANSWER: [{ ...rung, answer: (_, context) => press(context, answerKey) }],
    HANG_UP: [{ ...rung, hangUp: (_, context) => press(context, 'CANCEL') }],
    REJECT: [{ ...rung, reject: (_, context) => press(context, 'CANCEL') }],
    SCREEN: [
      {
        ...rung,
        screen: async ({ http }) => {
          const reply = await http.send({
            method: 'GET',
            target: '/screen.bmp',
            readOnly: true,
            rehearsal: { status: 200, body: 'BM' },
          });
          const isPicture = reply.bytes[0] === 0x42 && reply.bytes[1] === 0x4d;
          const noPicture = failed(phoneRejected('That is no picture.', { phoneStatus: reply.status }));
          return refusal(reply) ?? (isPicture ? accepted({ mediaType: 'image/bmp', bytes: reply.bytes }) : noPicture);
        },
      },
    ],
  };
}

function parse(path: string, rawQuery: string): ParsedReport | null {
  if (!Object.hasOwn(KINDS, path)) return null;
  const [callEventKind, callState] = KINDS[path as keyof typeof KINDS];
  const variables = splitRawQuery(rawQuery, NAMES);
  const value = (name: string) => variables.find((variable) => variable.name === name)?.value ?? '';
  const id = value('call_id');
  return {
    event: {
      type: 'CALL',
      callEventKind,
      callState,
      call: {
        vendorIds: id === '' ? {} : { call_id: id },
        direction: callEventKind === 'INCOMING' ? 'INCOMING' : null,
        remote: parseParty(value('remote')),
        local: parseParty(undefined),
        target: null,
      },
    },
    vendorEvent: `url.${path}`,
    variables,
    device: { mac: null, model: null, firmware: null },
  };
}

/** The least driver that passes: two keys and a picture, for the virtual phone of these tests. */
export const exampleDriver = defineDriver<ExampleOptions>({
  vendor: 'example',
  name: 'Example',
  version: '1.0.0',
  contractVersion: CONTRACT_VERSION,
  models: [{ model: 'E1', functionKeys: 2 }],
  options: {
    schema: {
      '~standard': {
        version: 1,
        vendor: 'example',
        validate: (value) => {
          const given = (value as Readonly<Record<string, string>>)['answerKey'] ?? 'OK';
          return /^[A-Z]+$/.test(given)
            ? { value: { answerKey: given } }
            : { issues: [{ message: 'a key', path: ['answerKey'] }] };
        },
      },
    },
    descriptions: { answerKey: 'The key that answers. Default OK.' },
  },
  probes: [{ method: 'GET', target: '/screen.bmp', readOnly: true }],
  identify: ({ replies }) => {
    const found = replies.some(({ headers }) => headers['www-authenticate']?.includes('realm="E1"'));
    const nothing = { firmware: null, mac: null };
    return found
      ? { ...nothing, score: 80, reasons: ['its challenge says E1'], model: 'E1' }
      : { ...nothing, score: 0, reasons: [], model: null };
  },
  capabilitiesFor: ({ reachableBy, options }) => (reachableBy.http ? capabilities(options.answerKey) : {}),
  actionUrls: {
    maxUrlLength: 255,
    settingsFor: () => settings,
    parse: ({ path, rawQuery }) => parse(path, rawQuery),
  },
  provisioning: ({ actionUrls }) => ({
    mediaType: 'text/plain',
    text: actionUrls.map(({ setting, url }) => `${setting} = ${url}\n`).join(''),
  }),
  diagnose: async ({ http }) => {
    const { status } = await http.send({ method: 'GET', target: '/screen.bmp', readOnly: true });
    return [{ code: 'ANSWERS', severity: 'OK', message: `The phone answers ${status}.`, fix: null }];
  },
  isCommandKey: () => false,
});
