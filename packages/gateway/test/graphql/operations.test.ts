import { COMMAND_NAMES } from '@hookswitch/core';
import { type GraphQLInputObjectType, getNamedType, isNonNullType } from 'graphql';
import { describe, expect, test } from 'vitest';
import { encodeId, type NodeType } from '../../src/graphql/ids.ts';
import { createReads } from '../../src/graphql/reads.ts';
import { createSchema } from '../../src/graphql/schema.ts';
import { createFakeApplication } from './fake-application.ts';
import { call, command, phone } from './fake-records.ts';
import { startGateway } from './gateway.ts';

const PHONE = encodeId('Phone', 'p');

describe('reading', () => {
  test('a phone with all that is known of it', async () => {
    const gateway = await startGateway();
    const answer = await gateway.ask(
      `query ($id: ID!) { phone(by: { id: $id }) {
        id name vendor model firmware mac address sipUri tags reachability lastEventAt removedAt
        driver { id vendor name version contractVersion models { model functionKeys capabilities { capability } } }
        capabilities { capability transports evidence source } keys
        activeCalls { id } leds { key light color label onPress { kind target } appliedAt }
        features { feature enabled target since } actionUrls { setting url }
        provisioning { mediaType text url expiresAt }
        events(last: 1) { nodes { id } } commands(first: 1) { nodes { name } }
      } }`,
      { id: PHONE },
    );
    expect(answer.errors).toBeUndefined();
    expect(answer.data?.phone).toEqual({
      id: PHONE,
      name: 'Phone p',
      vendor: 'snom',
      model: 'D785',
      firmware: '10.1.101.11',
      mac: '00:04:13:00:00:01',
      address: 'http://192.0.2.1',
      sipUri: null,
      tags: ['desk'],
      reachability: 'ONLINE',
      lastEventAt: '2026-10-01T12:00:00.000Z',
      removedAt: null,
      driver: {
        id: encodeId('Driver', 'snom'),
        vendor: 'snom',
        name: 'Snom',
        version: '1.2.3',
        contractVersion: '1.0.0',
        models: [{ model: 'D785', functionKeys: 24, capabilities: [{ capability: 'DIAL' }] }],
      },
      capabilities: [{ capability: 'DIAL', transports: ['HTTP', 'CSTA'], evidence: 'DOCUMENTED', source: 'manual' }],
      keys: ['1', 'OK', 'FUNCTION_1'],
      activeCalls: [{ id: encodeId('Call', 'c1') }, { id: encodeId('Call', 'c2') }],
      leds: [
        {
          key: 'FUNCTION_1',
          light: 'ON',
          color: 'RED',
          label: 'Ada',
          onPress: { kind: 'DIAL', target: '101' },
          appliedAt: '2026-10-01T12:00:00.000Z',
        },
      ],
      features: [{ feature: 'DO_NOT_DISTURB', enabled: true, target: null, since: '2026-10-01T12:00:00.000Z' }],
      actionUrls: [{ setting: 'action_incoming_url', url: 'http://gw/a/token/in?remote=$remote' }],
      provisioning: {
        mediaType: 'text/xml',
        text: '<settings/>',
        url: 'http://gw/d/1',
        expiresAt: '2026-10-01T12:00:00.000Z',
      },
      events: { nodes: [{ id: encodeId('OtherEvent', '6') }] },
      commands: { nodes: [{ name: 'dial' }] },
    });
    expect(gateway.state.asked).toContainEqual({
      method: 'events.list',
      given: { filter: { phoneIds: ['p'] }, page: { last: 1 } },
    });
    expect(gateway.state.asked).toContainEqual({
      method: 'commands.list',
      given: { filter: { phoneIds: ['p'] }, page: { first: 1 } },
    });
  });

  test('a phone by its MAC address in any notation; none has it: null', async () => {
    const gateway = await startGateway();
    const query = 'query ($mac: MacAddress!) { phone(by: { mac: $mac }) { name } }';
    expect(await gateway.ask(query, { mac: '0004.1300.0001' })).toEqual({ data: { phone: { name: 'Phone p' } } });
    expect(await gateway.ask(query, { mac: '0004.13ff.ffff' })).toEqual({ data: { phone: null } });
  });

  test('a phone by its SIP user; none has it: null', async () => {
    const gateway = await startGateway();
    const query = 'query ($user: String!) { phone(by: { sipUser: $user }) { name } }';
    expect(await gateway.ask(query, { user: '999' })).toEqual({ data: { phone: null } });
    expect(await gateway.ask(query, { user: '101' })).toEqual({ data: { phone: { name: 'Phone p' } } });
  });

  test('phones by filter, with their number', async () => {
    const gateway = await startGateway();
    const answer = await gateway.ask(
      `query ($filter: PhoneFilter) { phones(filter: $filter, first: 1) {
        totalCount nodes { id } edges { cursor node { id } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
      { filter: { ids: [PHONE, encodeId('Phone', 'yy')], vendors: ['snom'], capabilities: ['DIAL'], search: null } },
    );
    expect(answer).toEqual({
      data: {
        phones: {
          totalCount: 2,
          nodes: [{ id: PHONE }],
          edges: [{ cursor: 'at-p', node: { id: PHONE } }],
          pageInfo: { hasNextPage: true, hasPreviousPage: false, startCursor: 'at-p', endCursor: 'at-p' },
        },
      },
    });
    expect(gateway.state.asked).toEqual([
      {
        method: 'phones.list',
        given: { filter: { ids: ['p', 'yy'], vendors: ['snom'], capabilities: ['DIAL'] }, page: { first: 1 } },
      },
    ]);
  });

  test('calls with what they are joined to', async () => {
    const gateway = await startGateway();
    const answer = await gateway.ask(
      `{ calls(filter: { phoneIds: ["${PHONE}"], states: [RINGING], since: "2026-10-01T14:00:00+02:00" }) { nodes {
        id direction state heldByRemote muted remote { number uri displayName } local { number }
        phone { name } consultationFor { id } conferencedWith { id } transfer { kind } startedAt endReason endInferred
      } } }`,
    );
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toMatchObject({
      calls: {
        nodes: [
          { id: encodeId('Call', 'c1'), consultationFor: null, conferencedWith: null, transfer: null },
          {
            id: encodeId('Call', 'c2'),
            remote: { number: '101', uri: 'sip:101@pbx.example', displayName: 'Ada' },
            phone: { name: 'Phone p' },
            consultationFor: { id: encodeId('Call', 'c1') },
            conferencedWith: [{ id: encodeId('Call', 'c1') }],
            startedAt: '2026-10-01T12:00:00.000Z',
          },
        ],
      },
    });
    expect(gateway.state.asked[0]?.given).toMatchObject({
      filter: { phoneIds: ['p'], states: ['RINGING'], since: Date.UTC(2026, 9, 1, 12) },
    });
  });

  test('every type of event, with its own fields', async () => {
    const gateway = await startGateway();
    const answer = await gateway.ask(`{ events { edges { cursor } nodes {
      __typename id cursor receivedAt vendorEvent variables { name value } phone { name }
      ... on CallEvent { callEventKind callState call { state } }
      ... on FeatureEvent { feature enabled target }
      ... on RegistrationEvent { registrationState accountUri }
      ... on UserEvent { userEventKind key }
      ... on DeviceEvent { deviceEventKind }
    } } }`);
    expect(answer.errors).toBeUndefined();
    expect(answer.data?.events).toMatchObject({
      edges: [1, 2, 3, 4, 5, 6].map((sequence) => ({ cursor: `e${sequence}` })),
      nodes: [
        {
          __typename: 'CallEvent',
          id: encodeId('CallEvent', '1'),
          cursor: 'e1',
          vendorEvent: 'told',
          variables: [{ name: 'remote', value: '101' }],
          callEventKind: 'INCOMING',
          callState: 'RINGING',
          call: { state: 'RINGING' },
        },
        { __typename: 'FeatureEvent', feature: 'DO_NOT_DISTURB', enabled: true, target: null },
        { __typename: 'RegistrationEvent', registrationState: 'REGISTERED', accountUri: '101@pbx.example' },
        { __typename: 'UserEvent', userEventKind: 'KEY_PRESSED', key: 'HEADSET' },
        { __typename: 'DeviceEvent', deviceEventKind: 'STARTED' },
        { __typename: 'OtherEvent', id: encodeId('OtherEvent', '6') },
      ],
    });
  });

  test('events by filter, from either end', async () => {
    const gateway = await startGateway();
    const filter = '{ phoneIds: null, vendors: ["snom"], tags: ["desk"], types: [CALL], callEventKinds: [INCOMING] }';
    await gateway.ask(`{ events(filter: ${filter}, last: 2, before: "e5") { nodes { id } } }`);
    expect(gateway.state.asked).toEqual([
      {
        method: 'events.list',
        given: {
          filter: { vendors: ['snom'], tags: ['desk'], types: ['CALL'], callEventKinds: ['INCOMING'] },
          page: { last: 2, before: 'e5' },
        },
      },
    ]);
  });

  test('commands with their call, proof, batch and failure', async () => {
    const gateway = await startGateway();
    const answer = await gateway.ask(`{ commands(filter: { names: ["dial"], statuses: [FAILED] }) { nodes {
      id name arguments status changed transport requestedBy requestedAt sentAt repliedAt settledAt
      phone { name } call { id } confirmedBy { id } batch { id total pending commands { nodes { id } } }
      failure { __typename code message retryable ... on CapabilityUnsupported { capability alternatives } }
    } } }`);
    expect(answer.errors).toBeUndefined();
    expect(answer.data?.commands).toMatchObject({
      nodes: [
        {
          id: encodeId('Command', 'm1'),
          arguments: { to: '1', callId: encodeId('Call', 'c1') },
          call: { id: encodeId('Call', 'c1') },
          confirmedBy: { id: encodeId('CallEvent', '1') },
          batch: {
            id: encodeId('CommandBatch', 'b1'),
            total: 1,
            pending: 1,
            commands: { nodes: [{ id: encodeId('Command', 'm1') }] },
          },
          failure: null,
        },
        {
          status: 'FAILED',
          batch: null,
          failure: {
            __typename: 'CapabilityUnsupported',
            code: 'CAPABILITY_UNSUPPORTED',
            capability: 'TOUCH',
            alternatives: ['DIAL'],
          },
        },
      ],
    });
    expect(gateway.state.asked[0]?.given).toMatchObject({ filter: { names: ['dial'], statuses: ['FAILED'] } });
  });

  test('what the phone itself tells', async () => {
    const gateway = await startGateway();
    const answer = await gateway.ask(
      `query ($id: ID!) {
        phoneInfo(phoneId: $id) { ... on PhoneInfo { mac accounts { account registered } features { feature since } transport } }
        settings(phoneId: $id, names: ["language"]) { ... on PhoneSettings { settings { name value writable } } }
        screen(phoneId: $id) { ... on PhoneScreen { mediaType base64 widthPx heightPx } }
        diagnosis(phoneId: $id) { findings { code severity message fix } }
      }`,
      { id: PHONE },
    );
    expect(answer).toEqual({
      data: {
        phoneInfo: {
          mac: '00:04:13:00:00:01',
          accounts: [{ account: 1, registered: null }],
          features: [{ feature: 'DO_NOT_DISTURB', since: null }],
          transport: 'HTTP',
        },
        settings: { settings: [{ name: 'language', value: 'en', writable: true }] },
        screen: {
          mediaType: 'image/png',
          base64: Buffer.from('89504e470d0a1a0a0000000d49484452000001e00000010c', 'hex').toString('base64'),
          widthPx: 480,
          heightPx: 268,
        },
        diagnosis: {
          findings: [
            { code: 'HIDDEN_TAGS_ON', severity: 'PROBLEM', message: 'Hidden tags are on.', fix: 'Switch them off.' },
          ],
        },
      },
    });
    expect(gateway.state.asked).toContainEqual({ method: 'readings.settings', given: ['language'] });
  });

  test('what a command would do', async () => {
    const gateway = await startGateway();
    const command = { setHold: { held: true, callId: encodeId('Call', 'c1') } };
    const answer = await gateway.ask(
      `query ($id: ID!, $command: CommandInput!) { explainCommand(phoneId: $id, command: $command) {
        allowed failure { code } transport evidence source skippedTransports { transport reason } exchanges } }`,
      { id: PHONE, command },
    );
    expect(answer).toEqual({
      data: {
        explainCommand: {
          allowed: true,
          failure: null,
          transport: 'HTTP',
          evidence: 'DOCUMENTED',
          source: 'The manual, p. 7',
          skippedTransports: [{ transport: 'CSTA', reason: 'The call has no id.' }],
          exchanges: ['GET /command.htm'],
        },
      },
    });
    expect(gateway.state.asked[0]?.given).toEqual({ name: 'setHold', arguments: { held: true, callId: 'c1' } });
  });
});

describe('node', () => {
  const ids: readonly (readonly [NodeType, string])[] = [
    ['Phone', 'p'],
    ['Phone', 'old'],
    ['Driver', 'snom'],
    ['Call', 'c1'],
    ['CallEvent', '1'],
    ['FeatureEvent', '2'],
    ['RegistrationEvent', '3'],
    ['UserEvent', '4'],
    ['DeviceEvent', '5'],
    ['OtherEvent', '6'],
    ['Command', 'm1'],
    ['CommandBatch', 'b1'],
  ];

  test.each(ids)('%s %s', async (type, raw) => {
    const gateway = await startGateway();
    const id = encodeId(type, raw);
    expect(await gateway.ask('query ($id: ID!) { node(id: $id) { __typename id } }', { id })).toEqual({
      data: { node: { __typename: type, id } },
    });
  });
});

describe('the registry', () => {
  const RESULT = '{ __typename ... on Phone { name } ... on Failure { code } }';

  test('adds: what is null is left out', async () => {
    const gateway = await startGateway();
    const input = { name: 'Ada', vendor: null, mac: '000413AABBCC', options: [{ name: 'dialect', value: 'bare' }] };
    const answer = await gateway.ask(`mutation ($input: AddPhoneInput!) { addPhone(input: $input) ${RESULT} }`, {
      input,
    });
    expect(answer).toEqual({ data: { addPhone: { __typename: 'Phone', name: 'Phone p' } } });
    expect(gateway.state.asked).toEqual([
      {
        method: 'phones.add',
        given: { name: 'Ada', mac: '00:04:13:aa:bb:cc', options: [{ name: 'dialect', value: 'bare' }] },
      },
    ]);
  });

  test('asks whose a device is: what is null is left out', async () => {
    const gateway = await startGateway();
    const input = { address: '192.0.2.20', username: null };
    const answer = await gateway.ask(
      'mutation ($input: IdentifyDeviceInput!) { identifyDevice(input: $input) { ... on DeviceIdentification { candidates { vendor } } } }',
      { input },
    );
    expect(answer).toEqual({ data: { identifyDevice: { candidates: [] } } });
    expect(gateway.state.asked).toEqual([{ method: 'phones.identify', given: { address: '192.0.2.20' } }]);
  });

  test('updates: null clears, left out stays', async () => {
    const gateway = await startGateway();
    const input = { sipUri: null, tags: ['a'] };
    await gateway.ask(
      `mutation ($id: ID!, $input: UpdatePhoneInput!) { updatePhone(phoneId: $id, input: $input) ${RESULT} }`,
      { id: PHONE, input },
    );
    expect(gateway.state.asked).toEqual([{ method: 'phones.update', given: { sipUri: null, tags: ['a'] } }]);
  });

  test('removes and rotates', async () => {
    const gateway = await startGateway();
    await gateway.ask(
      `mutation ($id: ID!) { removePhone(phoneId: $id) ${RESULT} a: rotateActionUrls(phoneId: $id) ${RESULT}
        b: rotateActionUrls(phoneId: $id, overlapSeconds: 5) ${RESULT} }`,
      { id: PHONE },
    );
    expect(gateway.state.asked).toEqual([
      { method: 'phones.remove', given: 'p' },
      { method: 'phones.rotateActionUrls', given: 86_400 },
      { method: 'phones.rotateActionUrls', given: 5 },
    ]);
  });
});

describe('commands', () => {
  const schema = createSchema();
  const mutations = schema.getMutationType()?.getFields() ?? {};
  const commandInput = schema.getType('CommandInput') as GraphQLInputObjectType;

  test('there is a mutation for each, and a member of CommandInput', () => {
    expect(COMMAND_NAMES).toHaveLength(33);
    for (const name of COMMAND_NAMES) {
      const argument = mutations[name]?.args.find((one) => one.name === 'command');
      expect(getNamedType(argument?.type)).toBe(commandInput.getFields()[name]?.type);
    }
    expect(Object.keys(commandInput.getFields())).toHaveLength(33);
  });

  test('arguments are needed exactly where an input has a field that must be given', () => {
    for (const name of COMMAND_NAMES) {
      const argument = mutations[name]?.args.find((one) => one.name === 'command');
      const input = getNamedType(argument?.type) as GraphQLInputObjectType;
      const needed = Object.values(input.getFields()).some(
        (field) => isNonNullType(field.type) && field.defaultValue === undefined,
      );
      expect([name, isNonNullType(argument?.type)]).toEqual([name, needed]);
    }
  });

  const given: Partial<Record<string, string>> = {
    pressKeys: '{ keys: [{ key: "5", holdMs: 10 }] }',
    touch: '{ touches: [{ xPx: 1, yPx: 2 }] }',
    dial: '{ to: "102" }',
    deflect: '{ to: "102" }',
    setHold: '{ held: true }',
    setMuted: '{ muted: false }',
    sendDtmf: '{ digits: "1#" }',
    transfer: '{ to: "102", kind: BLIND }',
    setDoNotDisturb: '{ enabled: true }',
    setForwarding: '{ kind: BUSY, enabled: true, target: "103" }',
    setLed: '{ key: "FUNCTION_1", light: ON, color: RED, onPress: { kind: DIAL, target: "1" } }',
    configureKey: '{ key: "FUNCTION_1", function: BLF, value: "101" }',
    pushXml: '{ document: "<x/>" }',
    showMessage: '{ title: "a", text: "b" }',
    writeSettings: '{ settings: [{ name: "a", value: "b" }] }',
    playRingtone: '{ ringtone: 1 }',
    factoryReset: '{ confirmMac: "000413AABBCC" }',
    upgradeFirmware: '{ url: "http://x" }',
    clearCallLists: '{ lists: [MISSED] }',
  };

  test.each(COMMAND_NAMES.map((name) => [name]))('%s is run on the phone', async (name) => {
    const gateway = await startGateway();
    const args = given[name] === undefined ? '' : `, command: ${given[name]}`;
    const answer = await gateway.ask(
      `mutation { ${name}(phoneId: "${PHONE}"${args}, idempotencyKey: "k") { name phone { id } arguments } }`,
    );
    expect(answer).toMatchObject({ data: { [name]: { name, phone: { id: PHONE } } } });
    expect(gateway.state.asked).toMatchObject([
      {
        method: 'commands.run',
        given: { phoneId: 'p', request: { name }, caller: { name: 'tests' }, idempotencyKey: 'k' },
      },
    ]);
  });

  test('defaults are filled in, scalars checked, null is left out, calls are told by the gateway’s own ids', async () => {
    const gateway = await startGateway();
    const callId = encodeId('Call', 'c1');
    await gateway.ask(
      `mutation ($id: ID!, $calls: [ID!]) {
        touch(phoneId: $id, command: { touches: [{ xPx: 1, yPx: 2 }] }) { name }
        reboot(phoneId: $id) { name }
        r: reboot(phoneId: $id, command: {}) { name }
        factoryReset(phoneId: $id, command: { confirmMac: "0004.13aa.bbcc" }) { name }
        hangUp(phoneId: $id, command: { callId: null }) { name }
        conference(phoneId: $id, command: { callIds: $calls }) { arguments }
        completeTransfer(phoneId: $id, command: { heldCallId: "${callId}", consultationCallId: "${callId}" }) { arguments }
      }`,
      { id: PHONE, calls: [callId] },
    );
    expect(gateway.state.asked.map(({ given: asked }) => (asked as { request: unknown }).request)).toEqual([
      { name: 'touch', arguments: { touches: [{ xPx: 1, yPx: 2, action: 'TAP' }] } },
      { name: 'reboot', arguments: {} },
      { name: 'reboot', arguments: { evenInCall: false } },
      { name: 'factoryReset', arguments: { confirmMac: '00:04:13:aa:bb:cc' } },
      { name: 'hangUp', arguments: {} },
      { name: 'conference', arguments: { callIds: ['c1'] } },
      { name: 'completeTransfer', arguments: { heldCallId: 'c1', consultationCallId: 'c1' } },
    ]);
  });

  test('one for many phones', async () => {
    const gateway = await startGateway();
    const answer = await gateway.ask(
      `mutation { runOnPhones(filter: { tags: ["desk"] }, command: { reregister: {} }, idempotencyKey: "k") { total pending } }`,
    );
    expect(answer).toEqual({ data: { runOnPhones: { total: 2, pending: 1 } } });
    expect(gateway.state.asked[0]?.given).toMatchObject({
      filter: { tags: ['desk'] },
      request: { name: 'reregister', arguments: {} },
      idempotencyKey: 'k',
    });
  });

  test('one that waits is told at each change', async () => {
    const gateway = await startGateway();
    const id = encodeId('Command', 'm1');
    const response = await gateway.fetch({
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ query: 'subscription ($id: ID!) { command(id: $id) { status } }', variables: { id } }),
    });
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk);
      if (text.includes('CONFIRMED')) break;
      if (text.includes('ACCEPTED')) gateway.state.commandFeed.push(command('m1', { status: 'CONFIRMED' }));
    }
    expect(text).toContain('{"data":{"command":{"status":"CONFIRMED"}}}');
  });
});

test('a phone whose driver is gone has none', async () => {
  const gateway = await startGateway();
  gateway.state.phones.push(phone('zz', { vendor: 'gone' }));
  const answer = await gateway.ask(`{ phone(by: { id: "${encodeId('Phone', 'zz')}" }) { vendor driver { name } } }`);
  expect(answer).toEqual({ data: { phone: { vendor: 'gone', driver: null } } });
});

test('what many items of a list lead to is read once', async () => {
  const gateway = await startGateway();
  const { commands, reads } = gateway.state;
  commands.length = 0;
  for (let index = 0; index < 20; index++) {
    commands.push(command(`m${index}`, { batchId: 'b1', callId: 'c1', confirmedBySequence: 1 }));
  }
  const answer = await gateway.ask('{ commands { nodes { batch { total } call { state } confirmedBy { cursor } } } }');
  const node = { batch: { total: 1 }, call: { state: 'RINGING' }, confirmedBy: { cursor: 'e1' } };
  expect(answer).toEqual({ data: { commands: { nodes: Array(20).fill(node) } } });
  expect(reads).toEqual(['batch b1', 'call c1', 'event 1']);
});

test('what was read is not kept: a later mutation of the request sees what became of it', async () => {
  const { application, state } = createFakeApplication();
  const reads = createReads(application);
  await Promise.all([reads.call('c1'), reads.call('c1'), reads.call('c2')]);
  expect(state.reads).toEqual(['call c1', 'call c2']);
  state.calls[0] = call('c1', { state: 'HELD' });
  expect(await reads.call('c1')).toMatchObject({ state: 'HELD' });
});
