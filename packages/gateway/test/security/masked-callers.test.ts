import { Writable } from 'node:stream';
import { ACCEPTED, accepted, type Failure, phoneRejected } from '@hookswitch/core';
import { type GraphQLObjectType, getNamedType } from 'graphql';
import { createClient } from 'graphql-ws';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { DEFAULT_LIMITS } from '../../src/config/api.ts';
import { createSchema } from '../../src/graphql/schema.ts';
import { createLog } from '../../src/observability/log.ts';
import { maskFailure, maskSkipped } from '../../src/security/mask/mask-records.ts';
import { SCOPES, type Scope } from '../../src/security/scopes.table.ts';
import type { Answer } from '../graphql/gateway.ts';
import { acmeWith } from '../support/driver.ts';
import { type TestGateway, testGateway } from '../support/gateway.ts';
import { scriptedPhone } from '../support/scripted-phone.ts';
import { wholeSelection } from './matrix/selection.ts';

// Any five digits of them in an answer are too much.
const NUMBERS = ['+49305557001', '+49305557002', '+49305557003', '5557004'];
const TOLD = /5557|0555/;
const narrow: readonly Scope[] = SCOPES.filter((scope) => scope !== 'admin');
const query = createSchema().getQueryType() as GraphQLObjectType;
const limits = { ...DEFAULT_LIMITS, tokens: 1e6, fields: 1e6, aliases: 1e6, depth: 100, cost: 1e12 };

/** A driver whose phone tells numbers wherever a phone can. */
const telling = acmeWith({
  FORWARDING: [{ transport: 'HTTP', evidence: 'ASSUMED', source: 'a test', setForwarding: async () => ACCEPTED }],
  PHONE_INFO: [
    {
      transport: 'HTTP',
      evidence: 'ASSUMED',
      source: 'a test',
      phoneInfo: async () =>
        accepted({
          mac: null,
          model: 'One',
          firmware: null,
          accounts: [
            {
              account: 1,
              user: NUMBERS[3] ?? '',
              host: 'pbx',
              displayName: `Ada ${NUMBERS[3]}`,
              label: NUMBERS[3] ?? '',
              enabled: true,
              registered: true,
            },
          ],
          features: [{ feature: 'FORWARD_ALWAYS', enabled: true, target: NUMBERS[2] ?? '' }],
        }),
    },
  ],
});

async function keyWith(running: TestGateway, masksNumbers: boolean): Promise<string> {
  const input = { name: 'desk', scopes: narrow, tags: null, masksNumbers, expiresAt: null };
  return (await running.application.apiKeys.create(input, running.caller)).key;
}

async function ask(running: TestGateway, key: string, document: string): Promise<Answer> {
  const response = await fetch(`${running.gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query: document }),
  });
  return (await response.json()) as Answer;
}

function whole(field: string, args = ''): string {
  const type = query.getFields()[field]?.type;
  return `{ ${field}${args} ${type === undefined ? '' : wholeSelection(createSchema(), getNamedType(type), 4)} }`;
}

test('who sees no numbers sees none: in calls, events, commands, lights, readings, whatever is asked', async () => {
  await using device = await scriptedPhone();
  await using running = await testGateway({
    drivers: [telling],
    config: { api: { limits, persisted: { file: null, only: false } } },
  });
  const desk = await running.addPhone({ address: device.origin, sipUri: `sip:${NUMBERS[3]}@127.0.0.1:5999` });
  const [first = '', second = '', third = ''] = NUMBERS;
  await running.report(desk, 'incoming', `id=1&remote=${encodeURIComponent(first)}&name=${encodeURIComponent(first)}`);
  await running.run(desk, { name: 'dial', arguments: { to: second } });
  await running.run(desk, { name: 'deflect', arguments: { to: second } });
  await running.run(desk, { name: 'sendDtmf', arguments: { digits: '5557#' } });
  await running.run(desk, { name: 'pressKeys', arguments: { keys: [...'05557'].map((key) => ({ key })) } });
  await running.run(desk, {
    name: 'setLed',
    arguments: { key: 'FUNCTION_1', light: 'ON', label: third, onPress: { kind: 'DIAL', target: third } },
  });
  await running.run(desk, {
    name: 'setForwarding',
    arguments: { kind: 'ALWAYS', enabled: true, target: third, keep: 'ALWAYS' },
  });
  const { items } = await running.application.phones.list({}, { first: 1 });
  const id = Buffer.from(`Phone:${items[0]?.node.id}`).toString('base64url');
  const documents = [
    ...['phones', 'calls', 'events', 'commands'].map((field) => whole(field)),
    ...['phoneInfo', 'settings', 'screen', 'diagnosis'].map((field) => whole(field, `(phoneId: "${id}")`)),
    whole('explainCommand', `(phoneId: "${id}", command: { dial: { to: "${second}" } })`),
    `mutation { dial(phoneId: "${id}", command: { to: "${second}" }) { arguments failure { message } } }`,
    `mutation { setLed(phoneId: "${id}", command: { key: "FUNCTION_2", light: ON, label: "${third}" }) { arguments } }`,
  ];
  const [plain, masked] = [await keyWith(running, false), await keyWith(running, true)];
  const tells = async (key: string) =>
    await Promise.all(
      documents.map(async (document) => {
        const answer = await ask(running, key, document);
        expect(JSON.stringify(answer)).not.toMatch(/LIMIT_EXCEEDED|VALIDATION|INTERNAL|BAD_USER/);
        return TOLD.test(JSON.stringify(answer).replaceAll(/"[\w-]{40,}"/g, ''));
      }),
    );
  // Of settings, screen and diagnosis this phone tells none by itself.
  expect((await tells(plain)).filter(Boolean)).toHaveLength(8);
  expect((await tells(masked)).filter(Boolean)).toHaveLength(0);
  const calls = await ask(running, masked, '{ calls { nodes { remote { number displayName } } } }');
  expect(calls.data).toEqual({ calls: { nodes: [{ remote: { number: '+4930***', displayName: '+4930***' } }] } });
  const keys = await ask(running, masked, '{ commands(filter: { names: ["pressKeys"] }) { nodes { arguments } } }');
  expect(JSON.stringify(keys.data)).toContain('{"key":"***"}');
  for (const field of ['settings', 'screen']) {
    const refused = await ask(running, masked, `{ ${field}(phoneId: "${id}") { ... on PolicyDenied { code rule } } }`);
    expect(refused.data).toEqual({ [field]: { code: 'POLICY_DENIED', rule: 'maskNumbers' } });
  }
});

test('why a transport was skipped is told without a number', () => {
  const skipped = [{ transport: 'SIP_NOTIFY' as const, reason: `no answer of ${NUMBERS[0]}` }];
  expect(maskSkipped(skipped)).toEqual([{ transport: 'SIP_NOTIFY', reason: 'no answer of +4930***' }]);
});

test('what a failure says holds no number: neither its words nor the settings that differ', () => {
  const [number = ''] = NUMBERS;
  const differ = { name: 'forward_all_target', expected: number, actual: `sip:${number}@pbx` };
  const failures: readonly Failure[] = [
    { code: 'SETTINGS_DIFFER', message: 'It differs.', retryable: false, differences: [differ] },
    phoneRejected(`It does not call ${number}.`, {}),
  ];
  expect(JSON.stringify(failures)).toMatch(TOLD);
  expect(JSON.stringify(failures.map(maskFailure))).not.toMatch(TOLD);
  expect(failures.map(maskFailure)).toMatchObject([
    { code: 'SETTINGS_DIFFER', differences: [{ name: differ.name, expected: '+4930***', actual: 'sip:+4930***@pbx' }] },
    { code: 'PHONE_REJECTED', message: 'It does not call +4930***.' },
  ]);
});

test('what is delivered, replayed and live, is masked too, its variables included', async () => {
  await using running = await testGateway();
  const desk = await running.addPhone();
  const report = (id: number) =>
    running.report(desk, 'incoming', `id=${id}&remote=${encodeURIComponent(NUMBERS[0] ?? '')}&n=x`);
  await report(1);
  const start = running.application.events.cursorOf(0);
  const document = `subscription { phoneEvents(after: "${start}") { __typename ... on PhoneEvent { variables { name value } }
    ... on CallEvent { call { remote { number uri displayName } } } } }`;
  const heard = async (key: string): Promise<string> => {
    const client = createClient({
      url: `${running.gateway.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: key },
      retryAttempts: 0,
    });
    const said: string[] = [];
    try {
      for await (const result of client.iterate({ query: document })) {
        const text = JSON.stringify(result);
        if (said.at(-1)?.includes('CaughtUp')) return [...said, text].join('\n');
        said.push(text);
        if (text.includes('CaughtUp')) await report(said.length);
      }
    } finally {
      await client.dispose();
    }
    throw new Error('it ended');
  };
  expect(await heard(await keyWith(running, false))).toMatch(TOLD);
  const masked = await heard(await keyWith(running, true));
  expect(masked).not.toMatch(TOLD);
  expect(masked).toContain('{"name":"remote","value":"+4930***"}');
});

function memory() {
  const chunks: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk.toString());
      done();
    },
  });
  return { output: Object.assign(stream, { isTTY: false }) as NodeJS.WriteStream, text: () => chunks.join('') };
}

test('in the log numbers are cut short, unless they are wanted; ids and addresses stay', () => {
  const [masked, plain] = [memory(), memory()];
  for (const log of [createLog('debug', masked.output), createLog('debug', plain.output, { maskNumbers: false })]) {
    const error = new Error(`no answer from ${NUMBERS[0]}`);
    log.debug(
      { to: NUMBERS[0], requestId: '12345678-1234', url: 'http://127.0.0.1:4000', err: error },
      `to ${NUMBERS[1]}`,
    );
    log.info(`called ${NUMBERS[2]}`);
  }
  expect(plain.text().match(/5557/g)?.length).toBeGreaterThanOrEqual(5);
  expect(masked.text()).not.toMatch(/5557/);
  expect(masked.text()).toContain('"requestId":"12345678-1234","url":"http://127.0.0.1:4000"');
  expect(masked.text()).toContain('"to":"+4930***"');
  expect(JSON.parse(masked.text().split('\n')[0] ?? '')).toMatchObject({
    err: { type: 'Error', message: 'no answer from +4930***', stack: expect.stringContaining('masked-callers.test') },
    msg: 'to +4930***',
  });
});

test('no phone number gets into the log, however a call or a command goes', async () => {
  await using device = await scriptedPhone((_request, response) => void response.writeHead(500).end());
  const { output, text } = memory();
  await using running = await testGateway({ log: createLog('trace', output) });
  const desk = await running.addPhone({ address: device.origin });
  await running.report(desk, 'incoming', `id=1&remote=${encodeURIComponent(NUMBERS[0] ?? '')}`);
  await running.run(desk, { name: 'dial', arguments: { to: NUMBERS[1] } });
  expect(text()).toContain('request to a phone');
  expect(text()).not.toMatch(TOLD);
});
