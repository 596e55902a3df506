import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { temporaryDirectory } from '../store/temporary.ts';
import { type IdentityProvider, identityProvider } from '../support/identity-provider.ts';
import { type GatewayProcess, startProcess } from '../support/process.ts';
import { type ScriptedPhone, type SeenRequest, scriptedPhone } from '../support/scripted-phone.ts';
import { scriptedSipPhone } from '../support/sip-phone.ts';

/*
 * A secret of its own is put into every place that takes one, and looked for in all that comes out. The phones are as
 * hostile as can be: what they are sent they send back in their answers, first lines, headers and bodies.
 */

/** Unmistakable, and the same in percent and XML escapes. */
const canary = (place: string): string => `${place}Canary${randomBytes(6).toString('hex')}`;

const SECRETS = {
  adminKey: canary('adminKey'),
  secretKey: randomBytes(32).toString('hex'),
  wrongKey: canary('wrongKey'),
  snomPassword: canary('snomPassword'),
  yealinkPassword: canary('yealinkPassword'),
  pushPassword: canary('pushPassword'),
  filePassword: canary('filePassword'),
  changedPassword: canary('changedPassword'),
  sipPassword: canary('sipPassword'),
  sipUriPassword: canary('sipUriPassword'),
  kamailioPassword: canary('kamailioPassword'),
  freeswitchPassword: canary('freeswitchPassword'),
  webPassword: canary('webPassword'),
  accountPassword: canary('accountPassword'),
  lockPin: canary('lockPin'),
  provisioningPassword: canary('provisioningPassword'),
  firmwarePassword: canary('firmwarePassword'),
  xmlPassword: canary('xmlPassword'),
  keyPassword: canary('keyPassword'),
  addressPassword: canary('addressPassword'),
  malformedPassword: canary('malformedPassword'),
} as const;

/** All that the phone was sent, said again wherever a phone can say something. */
function echoOf({ method, target, headers, body }: SeenRequest): string {
  return `${method} ${target}\n${JSON.stringify(headers)}\n${body}`;
}

/** FreeSWITCH's event socket, which refuses every password and repeats it. */
async function refusingEventSocket(): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.write('Content-Type: auth/request\n\n');
    socket.on('data', (bytes) =>
      socket.write(`Content-Type: command/reply\nReply-Text: -ERR invalid ${bytes.toString().trim()}\n\n`),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return { server, port: typeof address === 'object' && address !== null ? address.port : 0 };
}

/** What a text has of the secrets, in any of the forms in which they are written. */
function found(text: string, secrets: Readonly<Record<string, string>>): readonly string[] {
  const forms = (secret: string): readonly string[] => [
    secret,
    // Base64 of a longer text, at each of its three alignments.
    ...[0, 1, 2].map((lead) => {
      const encoded = Buffer.from(`${'x'.repeat(lead)}${secret}`).toString('base64');
      return encoded.slice(lead === 0 ? 0 : 4, encoded.length - 4);
    }),
    Buffer.from(secret).toString('hex'),
  ];
  return Object.entries(secrets).flatMap(([place, secret]) =>
    forms(secret).some((form) => text.includes(form)) ? [place] : [],
  );
}

/** Asks and keeps every answer, whatever it is. */
function asker(gateway: GatewayProcess, key: string) {
  const answers: string[] = [];
  const post = async (body: unknown, authorization = `Bearer ${key}`): Promise<Record<string, unknown>> => {
    const response = await fetch(`${await gateway.url}/graphql`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json', accept: 'application/graphql-response+json' },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    answers.push(text);
    return (JSON.parse(text) as { readonly data?: Record<string, unknown> | null }).data ?? {};
  };
  return { answers, post, query: (query: string, variables: object = {}) => post({ query, variables }) };
}

type Asker = ReturnType<typeof asker>;

async function add({ query }: Asker, input: object): Promise<string> {
  const mutation =
    'mutation ($input: AddPhoneInput!) { addPhone(input: $input) { ... on Phone { id name address sipUri tags } ... on Failure { code message } } }';
  const { addPhone } = await query(mutation, { input });
  return (addPhone as { readonly id?: string }).id ?? '';
}

const COMMANDS: readonly (readonly [name: string, command: object])[] = [
  [
    'writeSettings',
    {
      settings: [
        { name: 'http_pass', value: SECRETS.webPassword },
        { name: 'user_pass1', value: SECRETS.accountPassword },
      ],
    },
  ],
  [
    'writeSettings',
    {
      settings: [
        { name: 'account.1.password', value: SECRETS.accountPassword },
        { name: 'static.auto_provision.server.password', value: SECRETS.provisioningPassword },
      ],
    },
  ],
  ['writeSettings', { settings: [{ name: 'keyboard_lock_pw', value: SECRETS.lockPin }] }],
  ['writeSettings', { settings: [{ name: 'setting_server', value: `http://ap:${SECRETS.provisioningPassword}@h/` }] }],
  ['upgradeFirmware', { url: `http://fw:${SECRETS.firmwarePassword}@files.example/fw.bin` }],
  ['configureKey', { key: 'FUNCTION_1', function: 'URL', value: `http://u:${SECRETS.keyPassword}@h.example/x` }],
  [
    'pushXml',
    {
      document: `<SnomIPPhoneText><Title>x</Title><Text>http://u:${SECRETS.xmlPassword}@h.example/</Text></SnomIPPhoneText>`,
    },
  ],
  [
    'pushXml',
    {
      document: `<YealinkIPPhoneTextScreen><Title>x</Title><Text>http://u:${SECRETS.xmlPassword}@h.example/</Text></YealinkIPPhoneTextScreen>`,
    },
  ],
  ['showMessage', { title: 'x', text: `http://u:${SECRETS.xmlPassword}@h.example/` }],
  ['configureActionUrls', {}],
  ['verifyEventPath', {}],
  ['reboot', {}],
  ['dial', { to: '101' }],
  ['setLed', { key: 'FUNCTION_1', light: 'ON' }],
];

/** Gives every command to a phone, dry and for good. */
async function giveAll({ query }: Asker, phoneId: string): Promise<void> {
  for (const [name, command] of COMMANDS) {
    const explain =
      'query ($id: ID!, $command: CommandInput!) { explainCommand(phoneId: $id, command: $command) { allowed transport exchanges failure { code message } } }';
    await query(explain, { id: phoneId, command: { [name]: command } });
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Command`;
    const fields = 'id status transport arguments requestedBy failure { code message }';
    const mutation = `mutation ($id: ID!, $command: ${type}!, $key: String) { ${name}(phoneId: $id, command: $command, idempotencyKey: $key) { ${fields} } }`;
    await query(mutation, { id: phoneId, command, key: `${phoneId}${JSON.stringify(command).length}` });
  }
}

/** Reads all that the API tells, but for the URLs that hold a token by right. */
async function readAll({ query }: Asker, phoneIds: readonly string[]): Promise<void> {
  await query('{ phones { nodes { id name vendor model firmware mac address sipUri tags reachability } } }');
  await query('{ commands(first: 200) { nodes { id name status arguments failure { code message } } } }');
  await query(`{ audit(first: 500) { nodes { sequence at caller { id name } action phoneId numbers outcome failureCode rule
    details mac } } }`);
  await query('{ apiKeys { id name scopes } viewer { name scopes } }');
  await query(
    '{ calls(first: 200) { nodes { id remote { number uri displayName } local { number uri displayName } } } }',
  );
  await query('{ events(first: 200) { edges { node { id type vendorEvent variables { name value } } } } }');
  for (const id of phoneIds) {
    await query('query ($id: ID!) { diagnosis(phoneId: $id) { findings { code message fix } } }', { id });
    await query('query ($id: ID!) { phoneInfo(phoneId: $id) { __typename ... on Failure { message } } }', { id });
    await query('query ($id: ID!) { settings(phoneId: $id) { __typename ... on Failure { message } } }', { id });
    await query('query ($id: ID!) { screen(phoneId: $id) { __typename ... on Failure { message } } }', { id });
  }
}

/** Every other way in which somebody comes in, rightly or not. @returns what they came in with */
async function useCredentials(
  gateway: GatewayProcess,
  api: Asker,
  provider: IdentityProvider,
): Promise<Readonly<Record<string, string>>> {
  const url = `${await gateway.url}/graphql`;
  // The one answer that holds a key by right; it is not among those that are looked through.
  const made = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${SECRETS.adminKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      query: 'mutation { createApiKey(name: "made", scopes: [PHONES_READ]) { key apiKey { id } } }',
    }),
  });
  const { data } = (await made.json()) as { data: { createApiKey: { key: string; apiKey: { id: string } } } };
  const { key, apiKey } = data.createApiKey;
  const token = await provider.sign({ scope: 'phones:read', nonce: canary('claim') });
  const forged = `${token.slice(0, -8)}${'A'.repeat(8)}`;
  const expired = await provider.sign({ exp: 1 });
  for (const credential of [key, token, forged, expired]) {
    await api.post({ query: '{ phones { totalCount } apiKeys { id } }' }, `Bearer ${credential}`);
    // Where none belongs: in a URL, in a header of another scheme, in the document and its variables.
    for (const target of [`?access_token=${credential}`, `?query={__typename}&apiKey=${credential}`]) {
      api.answers.push(await (await fetch(`${url}${target}`, { headers: { authorization: credential } })).text());
    }
    const socket = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws', {
      headers: { 'x-request-id': 'canary' },
    });
    await once(socket, 'open');
    socket.on('message', (message) => api.answers.push(String(message)));
    socket.send(
      JSON.stringify({ type: 'connection_init', payload: { Authorization: credential, password: credential } }),
    );
    socket.send(
      JSON.stringify({ id: '1', type: 'subscribe', payload: { query: '{ viewer { name } apiKeys { id } }' } }),
    );
    await new Promise((resolve) => void socket.once('message', resolve).once('close', resolve));
    socket.terminate();
  }
  await api.query('mutation ($id: ID!) { revokeApiKey(id: $id) { id } }', { id: apiKey.id });
  await api.post({ query: '{ phones { totalCount } }' }, `Bearer ${key}`);
  const signature = (jwt: string): string => jwt.slice(jwt.lastIndexOf('.') + 1);
  return { key, token: signature(token), forged: signature(forged), expired: signature(expired) };
}

async function filesOf(folder: string): Promise<string> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const kept = found.filter((one) => one.isFile() && one.name !== 'secret.key');
  expect(kept.map(({ name }) => name)).toContain('hookswitch.db');
  const files = await Promise.all(kept.map(({ parentPath, name }) => readFile(join(parentPath, name), 'latin1')));
  return files.join('\n');
}

test('a secret that was put in comes out nowhere: log, metrics, errors, answers, records, database', async () => {
  await using folder = await temporaryDirectory();
  const dataDir = join(folder.path, 'data');
  const seen: string[] = [];
  const hostile = (): Promise<ScriptedPhone> => {
    let count = 0;
    return scriptedPhone((request, response) => {
      const echo = echoOf(request);
      seen.push(echo);
      count += 1;
      // It asks for a login, then it takes or refuses what it was given, and repeats it.
      const asks = request.headers.authorization === undefined && !request.target.includes('pwd=');
      const headers = asks ? { 'www-authenticate': 'Basic realm="phone"' } : {};
      response
        .writeHead(asks ? 401 : count % 3 === 0 ? 500 : 200, { 'content-type': 'text/html', ...headers })
        .end(echo);
    });
  };
  await using web = await hostile();
  await using second = await hostile();
  await using third = await hostile();
  await using registrar = await scriptedPhone((request, response) => {
    seen.push(echoOf(request));
    const message = `denied to ${echoOf(request)}`;
    response.end(JSON.stringify({ jsonrpc: '2.0', id: 1, error: { code: 500, message } }));
  });
  await using sip = await scriptedSipPhone((request) => {
    const authorization = request.headers.get('authorization');
    seen.push(authorization ?? '');
    if (authorization === undefined) {
      return { status: 401, headers: { 'WWW-Authenticate': 'Digest realm="pbx.example", nonce="n", qop="auth"' } };
    }
    return { status: 480, body: authorization };
  });
  const events = await refusingEventSocket();
  await using provider = await identityProvider();
  const configPath = join(folder.path, 'hookswitch.yaml');
  const config = {
    auth: { jwt: { issuer: provider.issuer, audience: 'hookswitch', jwksUrl: provider.jwksUrl } },
    phones: [
      { name: 'File', vendor: 'snom', address: third.origin, username: 'admin', password: SECRETS.filePassword },
    ],
    sip: {
      host: '127.0.0.1',
      credentials: [{ domain: 'pbx.example', username: 'gw', password: SECRETS.sipPassword }],
      registrars: [
        {
          kind: 'kamailio',
          url: `${registrar.origin}/RPC`,
          username: 'k',
          password: SECRETS.kamailioPassword,
          domains: ['kamailio.example'],
        },
        {
          kind: 'freeswitch',
          host: '127.0.0.1',
          port: events.port,
          password: SECRETS.freeswitchPassword,
          domains: ['freeswitch.example'],
        },
      ],
    },
    policy: { replyTimeoutSeconds: 1, commandTimeoutSeconds: 3 },
  };
  await writeFile(configPath, JSON.stringify(config));
  await using gateway = startProcess({
    HOOKSWITCH_ADMIN_KEY: SECRETS.adminKey,
    HOOKSWITCH_SECRET_KEY: SECRETS.secretKey,
    HOOKSWITCH_DATA_DIR: dataDir,
    HOOKSWITCH_CONFIG: configPath,
    HOOKSWITCH_LOG_LEVEL: 'trace',
  });
  const api = asker(gateway, SECRETS.adminKey);

  const [snom, yealink, overSip, atKamailio, atFreeswitch] = [
    await add(api, {
      name: 'Snom',
      vendor: 'snom',
      model: 'D785',
      address: web.origin,
      username: 'admin',
      password: SECRETS.snomPassword,
    }),
    await add(api, {
      name: 'Yealink',
      vendor: 'yealink',
      model: 'T46S',
      address: second.origin,
      username: 'admin',
      password: SECRETS.yealinkPassword,
      options: [
        { name: 'pushUsername', value: 'push' },
        { name: 'pushPassword', value: SECRETS.pushPassword },
        { name: 'loginForm', value: 'true' },
      ],
    }),
    await add(api, { name: 'SIP', vendor: 'snom', model: 'D785', sipUri: sip.uri, password: SECRETS.snomPassword }),
    await add(api, { name: 'Kamailio', vendor: 'snom', sipUri: 'sip:101@kamailio.example' }),
    await add(api, { name: 'FreeSWITCH', vendor: 'yealink', sipUri: 'sip:101@freeswitch.example' }),
  ];
  const phones = [snom, yealink, overSip, atKamailio, atFreeswitch];
  // What is refused is not repeated either.
  await add(api, { name: 'x', vendor: 'snom', sipUri: `sip:101:${SECRETS.sipUriPassword}@127.0.0.1` });
  await add(api, { name: 'x', vendor: 'snom', address: `http://admin:${SECRETS.addressPassword}@127.0.0.9` });
  await api.query('mutation ($input: AddPhoneInput!) { addPhone(input: $input) { __typename } }', {
    input: { name: 'x', password: { secret: SECRETS.malformedPassword }, mac: 'no' },
  });
  await api.post({ query: '{ phones { totalCount } }' }, `Bearer ${SECRETS.wrongKey}`);
  await fetch(`${await gateway.url}/graphql?apiKey=${SECRETS.wrongKey}`, {
    headers: { authorization: SECRETS.wrongKey, 'x-request-id': 'canary' },
  });

  const tokens: Record<string, string> = {};
  for (const [index, id] of phones.entries()) {
    const url = await fetchActionUrl(gateway, id);
    tokens[`token ${index}`] = /\/a\/([^/]+)\//.exec(url)?.[1] ?? '';
    await fetch(url);
    await fetch(`${url}&forged=1`.replace('/a/', '/a/x'));
  }
  const { phones: listed } = await api.query('{ phones { nodes { id name } } }');
  const file = (listed as { readonly nodes: readonly { readonly id: string; readonly name: string }[] }).nodes.find(
    ({ name }) => name === 'File',
  );
  phones.push(file?.id ?? '');
  for (const id of phones) await giveAll(api, id);
  for (const password of [SECRETS.changedPassword, SECRETS.snomPassword]) {
    await api.query(
      'mutation ($id: ID!, $input: UpdatePhoneInput!) { updatePhone(phoneId: $id, input: $input) { __typename } }',
      { id: snom, input: { password } },
    );
  }
  const credentials = await useCredentials(gateway, api, provider);
  await readAll(api, phones);
  const metrics = await (await fetch(`${await gateway.url}/metrics`)).text();
  const whileRunning = await filesOf(dataDir);
  gateway.kill('SIGTERM');
  await gateway.ended;
  events.server.close();

  // That the test is worth something: the phones and registrars were given their secrets, and all commands ran.
  expect(Object.values(tokens).every((token) => token.length > 20)).toBe(true);
  expect(found(seen.join('\n'), SECRETS)).toEqual(
    expect.arrayContaining([
      'snomPassword',
      'yealinkPassword',
      'filePassword',
      'pushPassword',
      'kamailioPassword',
      'webPassword',
      'accountPassword',
    ]),
  );
  expect(seen.join('\n')).toContain('username="gw"');
  expect(api.answers.length).toBeGreaterThan(150);
  expect(api.answers.join('\n')).toContain('ACCEPTED');
  expect(gateway.output().split('\n').length).toBeGreaterThan(50);

  const secrets = { ...SECRETS, ...tokens, ...credentials };
  expect(api.answers.join('\n')).toMatch(
    /"action":"createApiKey".*"action":"writeSettings"|"action":"writeSettings".*"action":"createApiKey"/,
  );
  const outputs = {
    log: gateway.output(),
    errors: gateway.errors(),
    metrics,
    answers: api.answers.join('\n'),
    'database while it runs': whileRunning,
    'database afterwards': await filesOf(dataDir),
  };
  expect(Object.fromEntries(Object.entries(outputs).map(([where, text]) => [where, found(text, secrets)]))).toEqual(
    Object.fromEntries(Object.keys(outputs).map((where) => [where, []])),
  );
}, 60_000);

/** The one question whose answer holds a token by right; it is not among the answers that are looked through. */
async function fetchActionUrl(gateway: GatewayProcess, id: string): Promise<string> {
  const response = await fetch(`${await gateway.url}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${SECRETS.adminKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      query: 'query ($id: ID!) { phone(by: { id: $id }) { actionUrls { setting url } } }',
      variables: { id },
    }),
  });
  const { data } = (await response.json()) as {
    readonly data: { readonly phone: { readonly actionUrls: readonly { readonly url: string }[] } };
  };
  return data.phone.actionUrls[0]?.url ?? '';
}
