import { describe, expect, test } from 'vitest';
import { type PhoneFailure, RequestError } from '../../src/application.ts';
import { encodeId } from '../../src/graphql/ids.ts';
import { type Answer, codesOf, startGateway } from './gateway.ts';

const PHONE = encodeId('Phone', 'p');

describe('an id that never named anything is NOT_FOUND', () => {
  const strangers = {
    'of another type': encodeId('Call', 'c1'),
    'of nothing that was ever there': encodeId('Phone', 'nobody'),
    'that is none': 'p',
    'that is empty': '',
    'that is no base64': 'Phone:p',
    'that is written in another way': Buffer.from('Phone:p').toString('base64').padEnd(12, '='),
    'of a type that there is not': Buffer.from('Phones:p').toString('base64url'),
  };
  const fields = {
    node: 'query ($id: ID!) { field: node(id: $id) { id } other: drivers { vendor } }',
    phone: 'query ($id: ID!) { field: phone(by: { id: $id }) { id } other: drivers { vendor } }',
    phoneInfo: 'query ($id: ID!) { field: phoneInfo(phoneId: $id) { __typename } other: drivers { vendor } }',
    settings: 'query ($id: ID!) { field: settings(phoneId: $id) { __typename } other: drivers { vendor } }',
    screen: 'query ($id: ID!) { field: screen(phoneId: $id) { __typename } other: drivers { vendor } }',
    diagnosis: 'query ($id: ID!) { field: diagnosis(phoneId: $id) { __typename } other: drivers { vendor } }',
    explainCommand:
      'query ($id: ID!) { field: explainCommand(phoneId: $id, command: { answer: {} }) { allowed } other: drivers { vendor } }',
    updatePhone: 'mutation ($id: ID!) { field: updatePhone(phoneId: $id, input: {}) { __typename } }',
    removePhone: 'mutation ($id: ID!) { field: removePhone(phoneId: $id) { __typename } }',
    rotateActionUrls: 'mutation ($id: ID!) { field: rotateActionUrls(phoneId: $id) { __typename } }',
    dial: 'mutation ($id: ID!) { field: dial(phoneId: $id, command: { to: "1" }) { id } }',
  };

  test.each(Object.entries(fields))('%s', async (name, query) => {
    const gateway = await startGateway();
    for (const [what, id] of Object.entries(strangers)) {
      if (name === 'node' && what === 'of another type') continue;
      const answer = await gateway.ask(query, { id });
      expect([what, codesOf(answer), answer.data?.field]).toEqual([what, ['NOT_FOUND'], null]);
      if (query.includes('other')) expect(answer.data?.other).toHaveLength(2);
    }
    expect(gateway.internalErrors).toEqual([]);
  });

  test.each([
    ['phones', '{ phones(filter: { ids: ["x"] }) { totalCount } }'],
    ['calls', '{ calls(filter: { phoneIds: ["x"] }) { nodes { id } } }'],
    ['events', '{ events(filter: { phoneIds: ["x"] }) { nodes { id } } }'],
    ['commands', '{ commands(filter: { phoneIds: ["x"] }) { nodes { id } } }'],
    ['the call of a command', `mutation { hangUp(phoneId: "${PHONE}", command: { callId: "${PHONE}" }) { id } }`],
    ['one call of several', `mutation { conference(phoneId: "${PHONE}", command: { callIds: ["x"] }) { id } }`],
    ['phones to run on', 'mutation { runOnPhones(filter: { ids: ["x"] }, command: { answer: {} }) { id } }'],
  ])('%s', async (_what, query) => {
    const gateway = await startGateway();
    expect(codesOf(await gateway.ask(query))).toEqual(['NOT_FOUND']);
    expect(gateway.state.asked).toEqual([]);
  });

  test('an event by the wrong type of event, or by no place in the log', async () => {
    const gateway = await startGateway();
    for (const id of [encodeId('CallEvent', '2'), encodeId('CallEvent', '1.5'), encodeId('OtherEvent', 'x')]) {
      expect(codesOf(await gateway.ask('query ($id: ID!) { node(id: $id) { id } }', { id }))).toEqual(['NOT_FOUND']);
    }
  });

  test.each([encodeId('Command', 'nobody'), encodeId('Phone', 'p'), 'x'])(
    'a subscription to command %s',
    async (id) => {
      const gateway = await startGateway();
      const response = await gateway.fetch({
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
        body: JSON.stringify({ query: 'subscription ($id: ID!) { command(id: $id) { id } }', variables: { id } }),
      });
      const data = /^data: (.+)$/m.exec(await response.text())?.[1];
      expect(codesOf(JSON.parse(data ?? '{}') as Answer)).toEqual(['NOT_FOUND']);
      expect(gateway.internalErrors).toEqual([]);
    },
  );
});

describe('pages', () => {
  test.each([
    ['phones(first: 501) { totalCount }', 'first'],
    ['phones(first: -1) { totalCount }', 'first'],
    ['calls(first: 501) { nodes { id } }', 'first'],
    ['commands(first: -1) { nodes { id } }', 'first'],
    ['events(first: 501) { nodes { id } }', 'first'],
    ['events(last: 501) { nodes { id } }', 'last'],
    ['events(last: -1) { nodes { id } }', 'last'],
    ['events(first: 1, last: 1) { nodes { id } }', 'first, last'],
    ['phones(after: "nonsense") { totalCount }', 'after'],
    ['calls(after: "nonsense") { nodes { id } }', 'after'],
    ['commands(after: "nonsense") { nodes { id } }', 'after'],
    ['events(after: "nonsense") { nodes { id } }', 'after'],
  ])('%s is BAD_USER_INPUT and names %s', async (field, argument) => {
    const gateway = await startGateway();
    const answer = await gateway.ask(`{ ${field} }`);
    expect(codesOf(answer)).toEqual(['BAD_USER_INPUT']);
    expect(answer.errors?.[0]?.message).toContain(`${argument}:`);
  });

  test.each([
    ['phones', '', { first: 50 }],
    ['phones', '(first: null)', { first: 50 }],
    ['calls', '(first: 500)', { first: 500 }],
    ['commands', '(first: 2, after: "at-m1")', { first: 2, after: 'at-m1' }],
    ['events', '', { first: 50 }],
    ['events', '(first: 500)', { first: 500 }],
    ['events', '(last: 500)', { last: 500 }],
    ['events', '(first: null, last: null, after: "e1")', { first: 50, after: 'e1' }],
  ])('%s%s asks for a page', async (field, args, page) => {
    const gateway = await startGateway();
    const answer = await gateway.ask(`{ ${field}${args} { pageInfo { hasNextPage } } }`);
    expect(answer.errors).toBeUndefined();
    expect(gateway.state.asked[0]?.given).toMatchObject({ page });
  });
});

describe('what a type refuses is BAD_USER_INPUT and named by its path', () => {
  const keys = (key: string) =>
    `mutation { pressKeys(phoneId: "${PHONE}", command: { keys: [{ key: "1" }, { key: ${key} }] }) { id } }`;

  test.each([
    ['a key with a separator', keys('"1;2"'), 'command.keys.1.key'],
    ['a key of another type', keys('1'), 'command.keys.1.key'],
    ['no key', keys('null'), 'command.keys.1.key'],
    ['an unknown field', keys('"1", pressed: 1'), 'command.keys.1.pressed'],
    ['a missing field', `mutation { dial(phoneId: "${PHONE}", command: {}) { id } }`, 'command'],
    ['a missing argument', `mutation { dial(phoneId: "${PHONE}") { id } }`, 'command'],
    [
      'an unknown enum value',
      '{ phones(filter: { reachabilities: [AWAY] }) { totalCount } }',
      'filter.reachabilities.0',
    ],
    ['no MAC address', '{ phone(by: { mac: "00:04" }) { id } }', 'by.mac'],
    ['no instant', '{ calls(filter: { since: "2026-02-30T00:00:00Z" }) { nodes { id } } }', 'filter.since'],
    ['two of one', `{ phone(by: { mac: "000413aabbcc", id: "${PHONE}" }) { id } }`, 'by'],
    ['none of one', '{ phone(by: {}) { id } }', 'by'],
    ['no number', '{ phones(first: "many") { totalCount } }', 'first'],
  ])('in the document: %s', async (_what, query, argument) => {
    const gateway = await startGateway();
    const answer = await gateway.ask(query);
    expect(answer.data).toBeUndefined();
    expect(answer.errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', argument });
    expect(answer.errors?.[0]?.message).toMatch(new RegExp(`^${argument}: `));
    expect(gateway.state.asked).toEqual([]);
  });

  const dial = 'mutation ($id: ID!, $command: DialCommand!) { dial(phoneId: $id, command: $command) { id } }';
  const press = 'mutation ($id: ID!, $keys: PressKeysCommand!) { pressKeys(phoneId: $id, command: $keys) { id } }';

  test.each([
    ['a missing field', dial, { command: {} }, 'command'],
    ['a field of another type', dial, { command: { to: 102 } }, 'command.to'],
    ['an unknown field', dial, { command: { to: '1', fast: true } }, 'command'],
    ['null', dial, { command: null }, 'command'],
    ['nothing', dial, {}, 'command'],
    ['a key with a separator', press, { keys: { keys: [{ key: '1' }, { key: 'a&b' }] } }, 'keys.keys.1.key'],
    [
      'no MAC address',
      'query ($id: ID!, $mac: MacAddress!) { phone(by: { mac: $mac }) { id } node(id: $id) { id } }',
      { mac: '00' },
      'mac',
    ],
    [
      'no page',
      'query ($id: ID!, $first: Int) { phones(first: $first) { totalCount } node(id: $id) { id } }',
      { first: 1.5 },
      'first',
    ],
    [
      'two of one',
      'query ($id: ID!, $by: PhoneBy!) { phone(by: $by) { id } node(id: $id) { id } }',
      { by: { id: PHONE, mac: '000413aabbcc' } },
      'by',
    ],
  ])('in variables: %s', async (...[, query, variables, argument]) => {
    const gateway = await startGateway();
    const answer = await gateway.ask(query, { id: PHONE, ...variables });
    expect(answer.data).toBeUndefined();
    expect(answer.errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', argument });
    expect(gateway.state.asked).toEqual([]);
  });

  test('a variable that is found to be null only while the operation runs', async () => {
    const gateway = await startGateway();
    const query = 'query ($id: ID) { phone(by: { id: $id }) { id } drivers { vendor } }';
    const answer = await gateway.ask(query, { id: null });
    expect(codesOf(answer)).toEqual(['BAD_USER_INPUT']);
    expect(answer.errors?.[0]?.path).toEqual(['phone']);
    expect(answer.data).toMatchObject({ phone: null, drivers: [{}, {}] });
    expect(gateway.internalErrors).toEqual([]);
  });

  test('is never quoted where it may be a secret', async () => {
    const gateway = await startGateway();
    const query = 'mutation ($input: AddPhoneInput!) { addPhone(input: $input) { __typename } }';
    const inputs = [{ password: 'hunter2' }, { name: 'Ada', password: 80085 }, { name: 'a', password: ['hunter2'] }];
    const documents = [
      '{ password: "hunter2" }',
      '{ name: "Ada", password: 80085 }',
      '{ name: "Ada", password: ["hunter2"] }',
    ];
    const answers = [
      ...(await Promise.all(inputs.map((input) => gateway.ask(query, { input })))),
      ...(await Promise.all(
        documents.map((input) => gateway.ask(`mutation { addPhone(input: ${input}) { __typename } }`)),
      )),
    ];
    for (const answer of answers) {
      expect(codesOf(answer)).toEqual(['BAD_USER_INPUT']);
      expect(JSON.stringify(answer)).not.toMatch(/hunter2|80085/);
    }
    expect(gateway.state.asked).toEqual([]);
  });
});

test('a document that is none says so', async () => {
  const gateway = await startGateway();
  expect(codesOf(await gateway.ask('{ drivers'))).toEqual(['GRAPHQL_PARSE_FAILED']);
  expect(codesOf(await gateway.ask('{ driverz }'))).toEqual(['GRAPHQL_VALIDATION_FAILED']);
  expect(codesOf(await gateway.ask('query A { __typename } query B { __typename }'))).toEqual([
    'OPERATION_RESOLUTION_FAILURE',
  ]);
  expect(codesOf(await gateway.ask(`{ ${'__typename '.repeat(20_000)} }`))).toEqual(['LIMIT_EXCEEDED']);
  expect(gateway.internalErrors).toEqual([]);
});

test('errors are the same each time the same document comes', async () => {
  const gateway = await startGateway();
  const ask = async (accept: string) => {
    const headers = { 'content-type': 'application/json', accept };
    const response = await gateway.fetch({ method: 'POST', headers, body: '{"query":"{ phone(by: {}) { id } }"}' });
    return [response.status, await response.json()];
  };
  const [status, answer] = await ask('application/json');
  expect([status, codesOf(answer)]).toEqual([200, ['BAD_USER_INPUT']]);
  expect(await ask('application/graphql-response+json')).toEqual([400, answer]);
  expect(await ask('application/json')).toEqual([200, answer]);
});

test('what the application refuses keeps its code, beside what its siblings answer', async () => {
  const gateway = await startGateway();
  gateway.state.gate = Promise.reject(new RequestError('FORBIDDEN', 'Not with this key.'));
  gateway.state.gate.catch(() => {});
  const answer = await gateway.ask(
    `mutation { answer(phoneId: "${PHONE}") { id } removePhone(phoneId: "${PHONE}") { __typename } }`,
  );
  expect(answer).toMatchObject({
    data: { answer: null, removePhone: { __typename: 'Phone' } },
    errors: [{ message: 'Not with this key.', path: ['answer'], extensions: { code: 'FORBIDDEN' } }],
  });
});

describe('failures', () => {
  const base = { message: 'because', retryable: true };
  const failures: readonly (readonly [string, PhoneFailure, string, unknown])[] = [
    [
      'CapabilityUnsupported',
      { ...base, code: 'CAPABILITY_UNSUPPORTED', capability: 'TOUCH', alternatives: ['DIAL'] },
      'capability',
      'TOUCH',
    ],
    ['PhoneUnreachable', { ...base, code: 'PHONE_UNREACHABLE' }, 'code', 'PHONE_UNREACHABLE'],
    ['PhoneUnauthorized', { ...base, code: 'PHONE_UNAUTHORIZED' }, 'code', 'PHONE_UNAUTHORIZED'],
    ['ApprovalPending', { ...base, code: 'APPROVAL_PENDING' }, 'code', 'APPROVAL_PENDING'],
    ['PhoneRejected', { ...base, code: 'PHONE_REJECTED', phoneStatus: 500, phoneCode: 'x' }, 'phoneStatus', 500],
    ['InvalidCallState', { ...base, code: 'INVALID_CALL_STATE', actual: 'HELD' }, 'actual', 'HELD'],
    ['PolicyDenied', { ...base, code: 'POLICY_DENIED', rule: 'no-reboot' }, 'rule', 'no-reboot'],
    ['RateLimited', { ...base, code: 'RATE_LIMITED', retryAfterMs: 5 }, 'retryAfterMs', 5],
    ['InvalidArgument', { ...base, code: 'INVALID_ARGUMENT', argument: 'to' }, 'argument', 'to'],
    ['CommandExpired', { ...base, code: 'COMMAND_EXPIRED' }, 'code', 'COMMAND_EXPIRED'],
    [
      'IdempotencyConflict',
      { ...base, code: 'IDEMPOTENCY_CONFLICT', originalCommandId: 'm1' },
      'original { name }',
      { name: 'dial' },
    ],
    [
      'SettingsDiffer',
      { ...base, code: 'SETTINGS_DIFFER', differences: [{ name: 'a', expected: 'b', actual: null }] },
      'differences { name expected actual }',
      [{ name: 'a', expected: 'b', actual: null }],
    ],
    ['EventPathBroken', { ...base, code: 'EVENT_PATH_BROKEN', hop: 'PHONE_TO_GATEWAY' }, 'hop', 'PHONE_TO_GATEWAY'],
    ['DriverFailed', { ...base, code: 'DRIVER_FAILED' }, 'retryable', true],
    [
      'PhoneConflict',
      { ...base, code: 'PHONE_CONFLICT', existingPhoneId: 'p' },
      'existing { name }',
      { name: 'Phone p' },
    ],
    [
      'VendorUnidentified',
      { ...base, code: 'VENDOR_UNIDENTIFIED', candidateVendors: ['yealink', 'gone'] },
      'candidates { vendor }',
      [{ vendor: 'yealink' }],
    ],
  ];
  const COMMAND = failures.slice(0, 13);

  test.each(COMMAND)('%s of a command', async (...[type, failure, field, value]) => {
    const gateway = await startGateway();
    const [first] = gateway.state.commands;
    if (first === undefined || failure.code === 'PHONE_CONFLICT' || failure.code === 'VENDOR_UNIDENTIFIED')
      throw new Error();
    gateway.state.commands.push({ ...first, id: 'm9', failure });
    const answer = await gateway.ask(
      `query ($id: ID!) { node(id: $id) { ... on Command { failure { __typename code message retryable ... on ${type} { value: ${field} } } } } }`,
      { id: encodeId('Command', 'm9') },
    );
    expect(answer).toEqual({
      data: { node: { failure: { __typename: type, code: failure.code, message: 'because', retryable: true, value } } },
    });
  });

  const READING = [
    'CapabilityUnsupported',
    'PhoneUnreachable',
    'PhoneUnauthorized',
    'ApprovalPending',
    'PhoneRejected',
    'PolicyDenied',
    'RateLimited',
    'InvalidArgument',
  ];
  test.each(failures.filter(([type]) => READING.includes(type)))('%s of each reading', async (type, failure) => {
    const gateway = await startGateway();
    if (failure.code === 'PHONE_CONFLICT' || failure.code === 'VENDOR_UNIDENTIFIED') throw new Error();
    gateway.state.readingFailure = failure;
    const fields = ['phoneInfo', 'settings', 'screen'].map(
      (name) => `${name}(phoneId: "${PHONE}") { __typename ... on Failure { code } }`,
    );
    const told = { __typename: type, code: failure.code };
    expect(await gateway.ask(`{ ${fields.join(' ')} }`)).toEqual({
      data: { phoneInfo: told, settings: told, screen: told },
    });
  });

  test('a reading that waited too long found the lane full', async () => {
    const gateway = await startGateway();
    gateway.state.readingFailure = { ...base, code: 'COMMAND_EXPIRED' };
    const answer = await gateway.ask(
      `{ screen(phoneId: "${PHONE}") { __typename ... on RateLimited { message retryAfterMs } } }`,
    );
    expect(answer).toEqual({ data: { screen: { __typename: 'RateLimited', message: 'because', retryAfterMs: 1000 } } });
  });

  test('a reading with a failure that only commands have is a fault of ours', async () => {
    const gateway = await startGateway();
    gateway.state.readingFailure = { ...base, code: 'INVALID_CALL_STATE', actual: null };
    const answer = await gateway.ask(`{ screen(phoneId: "${PHONE}") { __typename } drivers { vendor } }`);
    expect(answer).toMatchObject({ data: { screen: null, drivers: [{}, {}] } });
    expect(codesOf(answer)).toEqual(['INTERNAL']);
    expect(gateway.internalErrors).toHaveLength(1);
  });

  const REGISTRY = [
    'InvalidArgument',
    'PolicyDenied',
    'PhoneConflict',
    'VendorUnidentified',
    'PhoneUnreachable',
    'PhoneUnauthorized',
    'ApprovalPending',
  ];
  test.each(failures.filter(([type]) => REGISTRY.includes(type)))(
    '%s of the registry',
    async (...[type, failure, field, value]) => {
      const gateway = await startGateway();
      gateway.state.phoneResult = { ok: false, failure };
      const answer = await gateway.ask(
        `mutation { addPhone(input: { name: "x" }) { __typename ... on ${type} { value: ${field} } } }`,
      );
      expect(answer).toEqual({ data: { addPhone: { __typename: type, value } } });
    },
  );

  test('the registry with a failure that it cannot have is a fault of ours', async () => {
    const gateway = await startGateway();
    gateway.state.phoneResult = { ok: false, failure: { ...base, code: 'COMMAND_EXPIRED' } };
    expect(codesOf(await gateway.ask('mutation { addPhone(input: { name: "x" }) { __typename } }'))).toEqual([
      'INTERNAL',
    ]);
  });
});
