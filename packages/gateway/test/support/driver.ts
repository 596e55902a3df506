import {
  ACCEPTED,
  accepted,
  beforeToggle,
  type CallEventKind,
  type CallFacts,
  type CallState,
  type Capability,
  confirmed,
  type Driver,
  type DriverContext,
  defineDriver,
  failed,
  type HttpRequest,
  type Ladders,
  type Outcome,
  type PhoneEvent,
  parseParty,
  phoneRejected,
  type SnapshotCall,
  splitRawQuery,
  UNKNOWN_PARTY,
} from '@hookswitch/core';

/** A command is one request; 200 is a yes. */
async function ask(context: DriverContext, request: HttpRequest): Promise<Outcome> {
  const { status } = await context.http.send(request);
  return status === 200 ? ACCEPTED : failed(phoneRejected(`It said ${status}.`, { phoneStatus: status }));
}

const get = (target: string): HttpRequest => ({ method: 'GET', target });
const post = (target: string, body = ''): HttpRequest => ({ method: 'POST', target, body });
const read = (target: string, body = ''): HttpRequest => ({
  ...get(target),
  readOnly: true,
  rehearsal: { status: 200, body },
});

const documented = { transport: 'HTTP', evidence: 'DOCUMENTED', source: 'a test' } as const;

const CALL_EVENTS: Readonly<Record<string, readonly [CallEventKind, CallState | null]>> = {
  incoming: ['INCOMING', 'RINGING'],
  outgoing: ['OUTGOING', 'DIALING'],
  connected: ['CONNECTED', 'CONNECTED'],
  ended: ['ENDED', 'ENDED'],
  held: ['HELD', 'HELD'],
  resumed: ['RESUMED', 'CONNECTED'],
  muted: ['MUTED', null],
  rejected: ['REJECTED', 'ENDED'],
  transferred: ['TRANSFER_ATTENDED', null],
  blind: ['TRANSFER_BLIND', null],
  notransfer: ['TRANSFER_FAILED', null],
  screen: ['SCREENING_REQUESTED', null],
};

const SETTINGS = [...Object.keys(CALL_EVENTS), 'dnd', 'forward', 'hello', 'started', 'test'];

function eventOf(path: string, variable: (name: string) => string | undefined): PhoneEvent | null {
  if (path === 'test') return { type: 'DEVICE', deviceEventKind: 'EVENT_PATH_TESTED' };
  if (path === 'hello') return { type: 'OTHER' };
  if (path === 'started') return { type: 'DEVICE', deviceEventKind: 'STARTED' };
  if (path === 'dnd') {
    return { type: 'FEATURE', feature: 'DO_NOT_DISTURB', enabled: variable('on') === '1', target: null };
  }
  if (path === 'forward') {
    return { type: 'FEATURE', feature: 'FORWARD_ALWAYS', enabled: variable('on') === '1', target: null };
  }
  const [callEventKind, callState] = CALL_EVENTS[path] ?? [];
  if (callEventKind === undefined || callState === undefined) return null;
  const id = variable('id');
  const call: CallFacts = {
    vendorIds: id === undefined || id === '' ? {} : { id },
    direction: path === 'incoming' ? 'INCOMING' : path === 'outgoing' ? 'OUTGOING' : null,
    remote: parseParty(variable('remote'), variable('name')),
    local: UNKNOWN_PARTY,
    target: null,
  };
  return { type: 'CALL', callEventKind, callState, call };
}

const capabilities = {
  DIAL: [{ ...documented, dial: ({ to }, context) => ask(context, post(`/dial?to=${encodeURIComponent(to)}`)) }],
  HANG_UP: [{ ...documented, hangUp: (_command, context) => ask(context, get('/hangup')) }],
  PRESS_KEYS: [
    {
      ...documented,
      pressKeys: ({ keys }, context) => ask(context, get(`/keys?${keys.map(({ key }) => key).join()}`)),
    },
  ],
  DO_NOT_DISTURB: [
    {
      ...documented,
      async setDoNotDisturb({ enabled }, context) {
        const { text } = await context.http.send(read('/dnd', 'off'));
        return (text === 'on') === enabled ? confirmed(false) : ask(context, post(`/dnd?${enabled}`));
      },
    },
  ],
  // In two steps: hold, then dial.
  TRANSFER_BLIND: [
    {
      ...documented,
      async transfer({ to }, context) {
        const held = await ask(context, post('/hold'));
        return held.status === 'ACCEPTED' ? ask(context, post(`/dial?to=${to}`)) : held;
      },
    },
  ],
  DISPLAY: [
    {
      ...documented,
      async pushXml({ document }, context) {
        const { url } = await context.documents.publish({ mediaType: 'text/xml', body: document });
        return ask(context, get(`/show?${url}`));
      },
      showMessage: (_command, context) => ask(context, get('/message')),
    },
  ],
  WRITE_SETTINGS: [
    {
      ...documented,
      writeSettings: ({ settings }, context) =>
        ask(
          context,
          get(`/set?${settings.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('&')}`),
        ),
    },
  ],
  LED: [{ ...documented, setLed: ({ key, light }, context) => ask(context, post(`/led?${key}=${light}`)) }],
  PHONE_INFO: [
    {
      ...documented,
      async phoneInfo(context) {
        const { text } = await context.http.send(read('/info'));
        return accepted({ mac: null, model: text, firmware: null, accounts: [], features: [] });
      },
    },
  ],
  CALL_SNAPSHOT: [
    {
      ...documented,
      async refreshCalls(_command, context) {
        const { text } = await context.http.send(read('/calls', '[]'));
        return accepted({ calls: JSON.parse(text) as readonly SnapshotCall[] });
      },
    },
  ],
  ACTION_URLS: [
    {
      ...documented,
      async configureActionUrls({ urls }, context) {
        await context.http.send(post('/urls', urls.map(({ url }) => url).join('\n')));
        return accepted({ unreadable: [] });
      },
    },
  ],
  VERIFY_EVENTS: [{ ...documented, verifyEventPath: (_command, context) => ask(context, get('/test')) }],
  REBOOT: [{ ...documented, reboot: (_command, context) => ask(context, post('/reboot')) }],
  FACTORY_RESET: [{ ...documented, factoryReset: (_command, context) => ask(context, post('/reset')) }],
} as const satisfies Ladders;

/** The vendor ACME, whose phones do what they are told by the plainest of requests. */
export const acme: Driver = defineDriver<Readonly<Record<string, string>>>({
  vendor: 'acme',
  name: 'ACME',
  version: '0.0.0',
  contractVersion: '1.0.0',
  models: [{ model: 'One', functionKeys: 4 }],
  options: {
    schema: {
      '~standard': { version: 1, vendor: 'test', validate: (value) => ({ value: value as Record<string, string> }) },
    },
    descriptions: { pushUser: 'user for pushes', pushPassword: 'password for pushes' },
    credentials: { push: { username: 'pushUser', password: 'pushPassword' } },
  },
  probes: [get('/who')],
  identify({ replies }) {
    const known = replies.some(({ text }) => text.includes('ACME'));
    return {
      score: known ? 90 : 0,
      reasons: ['its page says so'],
      model: known ? 'One' : null,
      firmware: null,
      mac: null,
    };
  },
  capabilitiesFor: ({ reachableBy }) => (reachableBy.http ? capabilities : {}),
  actionUrls: {
    maxUrlLength: 255,
    settingsFor: () =>
      SETTINGS.map((path) => ({
        setting: `url_${path}`,
        path,
        query: 'id=$id&remote=$remote',
        testOnly: path === 'test',
      })),
    parse({ path, rawQuery }) {
      const variables = splitRawQuery(rawQuery, ['id', 'remote', 'name', 'on', 'n']);
      const variable = (wanted: string) => variables.find(({ name }) => name === wanted)?.value;
      const event = eventOf(path, variable);
      if (event === null) return null;
      const parsed = {
        event,
        vendorEvent: `url_${path}`,
        variables,
        device: { mac: null, model: null, firmware: null },
      };
      return path === 'screen' ? { ...parsed, screening: { allowStatus: 404, rejectStatus: 200 } } : parsed;
    },
  },
  provisioning: ({ actionUrls }) => ({
    mediaType: 'text/plain',
    text: actionUrls.map(({ setting, url }) => `${setting}=${url}\n`).join(''),
  }),
  diagnose: async ({ http }) => {
    await http.send(read('/info'));
    return [];
  },
  isCommandKey: (name) => name === 'Reset',
}) as Driver;

/** What acts on calls, one request each; hold and mute are toggles. */
export const CALL_CAPABILITIES: Ladders = {
  ANSWER: [{ ...documented, answer: (_command, context) => ask(context, get('/answer')) }],
  REJECT: [{ ...documented, reject: (_command, context) => ask(context, get('/reject')) }],
  HANG_UP_ALL: [{ ...documented, hangUpAll: (_command, context) => ask(context, get('/hangupall')) }],
  DEFLECT: [{ ...documented, deflect: (_command, context) => ask(context, get('/deflect')) }],
  DTMF: [{ ...documented, sendDtmf: (_command, context) => ask(context, get('/dtmf')) }],
  CONFERENCE: [{ ...documented, conference: (_command, context) => ask(context, get('/conference')) }],
  HOLD: [
    {
      ...documented,
      async setHold({ call, held }, context) {
        const [first = null] = call === undefined ? context.calls : [call];
        const known = first === null ? null : first.state === 'HELD';
        return beforeToggle(context, { name: 'HOLD', wished: held, known }) ?? ask(context, get('/hold'));
      },
    },
  ],
  MUTE: [
    {
      ...documented,
      async setMuted({ muted }, context) {
        const known = context.calls[0]?.muted ?? null;
        return beforeToggle(context, { name: 'MUTE', wished: muted, known }) ?? ask(context, get('/mute'));
      },
    },
  ],
  FORWARDING: [{ ...documented, setForwarding: (_command, context) => ask(context, get('/forward')) }],
  TRANSFER_ATTENDED: [
    {
      ...documented,
      transfer: (_command, context) => ask(context, get('/consult')),
      completeTransfer: (_command, context) => ask(context, get('/join')),
      cancelTransfer: (_command, context) => ask(context, get('/back')),
    },
  ],
};

/** ACME with other ways to do some things, and without some. */
export function acmeWith(changed: Ladders, without: readonly Capability[] = []): Driver {
  const all = Object.entries({ ...capabilities, ...changed }).filter(([name]) => !without.some((one) => one === name));
  return { ...acme, capabilitiesFor: () => Object.fromEntries(all) };
}

/** The name under which a gateway looks for it. */
export { acme as driver };
