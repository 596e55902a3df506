import { capabilityUnsupported, type Failure } from '@hookswitch/core';
import {
  type Application,
  type CallUpdate,
  type CommandRequest,
  type EventUpdate,
  type ForwardPage,
  type Listed,
  type PhoneFailure,
  RequestError,
  type Result,
} from '../../src/application.ts';
import type { Call, Command, CommandBatch, LoggedEvent, Phone } from '../../src/model.ts';
import { ApiKeyDirectory, hashApiKey } from '../../src/security/api-keys.ts';
import type { ApiKeyRecord } from '../../src/store/ports.ts';
import { createFeed, type Feed, followed } from './fake-feed.ts';
import { call, command, NOON, ONE_OF_EACH, phone, SNOM, YEALINK } from './fake-records.ts';

/** The key that the fake knows. */
export const KEY = 'test-key';

/** A record of that key, which may do everything unless it is said. */
export function apiKey(key: string, changed: Partial<ApiKeyRecord> = {}): ApiKeyRecord {
  return {
    id: 'k1',
    name: 'tests',
    hash: hashApiKey(key),
    scopes: ['admin'],
    tags: null,
    masksNumbers: false,
    createdAt: NOON,
    expiresAt: null,
    revokedAt: null,
    ...changed,
  };
}

/** What the fake holds and was asked; tests change it as they like. */
export interface FakeState {
  /** Who comes in; replaced by nothing, nobody does. */
  readonly directory: ApiKeyDirectory;
  readonly phones: Phone[];
  readonly calls: Call[];
  readonly events: LoggedEvent[];
  readonly commands: Command[];
  readonly batches: CommandBatch[];
  /** Every method that was given something worth checking, with what it was given. */
  readonly asked: { readonly method: string; readonly given: unknown }[];
  /** What was read by id. */
  readonly reads: string[];
  phoneResult: Result<Phone, PhoneFailure> | null;
  readingFailure: Failure | null;
  /** Set: `commands.run` waits for it. */
  gate: Promise<void> | null;
  readonly eventFeed: Feed<EventUpdate>;
  readonly callFeed: Feed<CallUpdate>;
  readonly commandFeed: Feed<Command>;
}

/** An application in memory: the double of the port behind the API. */
export interface FakeApplication {
  readonly application: Application;
  readonly state: FakeState;
}

function initialState(): FakeState {
  return {
    directory: new ApiKeyDirectory([apiKey(KEY)]),
    phones: [phone('p'), phone('yy', { vendor: 'yealink' }), phone('old', { removedAt: NOON })],
    calls: [call('c1'), call('c2', { consultationForId: 'c1', conferencedWithIds: ['c1'] })],
    events: [...ONE_OF_EACH],
    commands: [
      command('m1', { callId: 'c1', confirmedBySequence: 1, batchId: 'b1', arguments: { to: '1', callId: 'c1' } }),
      command('m2', {
        status: 'FAILED',
        failure: capabilityUnsupported('TOUCH', 'It has no touch display.', ['DIAL']),
      }),
    ],
    batches: [{ id: 'b1', total: 1, requestedBy: 'tests', requestedAt: NOON }],
    asked: [],
    reads: [],
    phoneResult: null,
    readingFailure: null,
    gate: null,
    eventFeed: createFeed<EventUpdate>(),
    callFeed: createFeed<CallUpdate>(),
    commandFeed: createFeed<Command>(),
  };
}

export function createFakeApplication(): FakeApplication {
  const state = initialState();
  const application: Application = {
    phones: phonesOf(state),
    drivers: {
      all: () => [SNOM, YEALINK],
      get: (vendor) => [SNOM, YEALINK].find((driver) => driver.vendor === vendor) ?? null,
    },
    readings: readingsOf(state),
    calls: callsOf(state),
    events: eventsOf(state),
    commands: commandsOf(state),
    audit: {
      async list(filter, page) {
        state.asked.push({ method: 'audit.list', given: { filter, page } });
        return { items: [], hasNextPage: false, hasPreviousPage: false };
      },
    },
    apiKeys: apiKeysOf(state),
    onboarding: onboardingOf(state),
  };
  return { application, state };
}

function known(state: FakeState, id: string): Phone {
  const found = state.phones.find((candidate) => candidate.id === id);
  if (found === undefined) throw new RequestError('NOT_FOUND', `No phone ${id}.`);
  return found;
}

function pageOf<Item extends { readonly id: string }>(items: readonly Item[], { first, after }: ForwardPage) {
  const start = after === undefined ? 0 : items.findIndex((item) => `at-${item.id}` === after) + 1;
  if (after !== undefined && start === 0) throw new RequestError('BAD_USER_INPUT', 'after: no cursor of this list.');
  const listed: readonly Listed<Item>[] = items.map((node) => ({ node, cursor: `at-${node.id}` }));
  return {
    items: listed.slice(start, start + first),
    hasNextPage: start + first < items.length,
    hasPreviousPage: start > 0,
  };
}

function phonesOf(state: FakeState): Application['phones'] {
  const changed = async (method: string, given: unknown, id?: string): Promise<Result<Phone, PhoneFailure>> => {
    state.asked.push({ method, given });
    return state.phoneResult ?? { ok: true, value: known(state, id ?? 'p') };
  };
  return {
    get: (id) => state.phones.find((candidate) => candidate.id === id) ?? null,
    // The first phone registers as 101.
    bySipUser: (user) => Promise.resolve(user === '101' ? (state.phones[0] ?? null) : null),
    byMac: (mac) => state.phones.find((candidate) => candidate.mac === mac) ?? null,
    list(filter, page) {
      state.asked.push({ method: 'phones.list', given: { filter, page } });
      const present = state.phones.filter(
        ({ removedAt, id }) => removedAt === null && (filter.ids?.includes(id) ?? true),
      );
      return { ...pageOf(present, page), totalCount: present.length };
    },
    add: (input) => changed('phones.add', input),
    identify: async (device) => {
      state.asked.push({ method: 'phones.identify', given: device });
      return { ok: true, value: { candidates: [], match: { vendor: null, reason: 'Nobody.' } } };
    },
    update: (id, patch) => changed('phones.update', patch, id),
    remove: (id) => changed('phones.remove', id, id),
    rotateActionUrls: (id, overlapSeconds) => changed('phones.rotateActionUrls', overlapSeconds, id),
    reachability: () => 'ONLINE',
    lastEventAt: () => NOON,
    silentSince: () => null,
    wishes: () => Promise.resolve([]),
    capabilities: () => SNOM.models[0]?.capabilities ?? [],
    keys: () => ['1', 'OK', 'FUNCTION_1'],
    leds: async () => [
      {
        key: 'FUNCTION_1',
        light: 'ON',
        color: 'RED',
        label: 'Ada',
        onPress: { kind: 'DIAL', target: '101' },
        appliedAt: NOON,
      },
    ],
    features: async () => [{ feature: 'DO_NOT_DISTURB', enabled: true, target: null, since: NOON }],
    actionUrls: () => [{ setting: 'action_incoming_url', url: 'http://gw/a/token/in?remote=$remote' }],
    provisioning: async () => ({ mediaType: 'text/xml', text: '<settings/>', url: 'http://gw/d/1', expiresAt: NOON }),
  };
}

function readingsOf(state: FakeState): Application['readings'] {
  const answer = async <Value>(phoneId: string, value: Value): Promise<Result<Value>> => {
    known(state, phoneId);
    return state.readingFailure === null ? { ok: true, value } : { ok: false, failure: state.readingFailure };
  };
  return {
    phoneInfo: (id) =>
      answer(id, {
        mac: '00:04:13:00:00:01',
        model: 'D785',
        firmware: '10.1',
        accounts: [
          { account: 1, user: '101', host: 'pbx', displayName: 'Ada', label: null, enabled: true, registered: null },
        ],
        features: [{ feature: 'DO_NOT_DISTURB', enabled: false, target: null }],
        transport: 'HTTP',
      }),
    settings: (id, names) => {
      state.asked.push({ method: 'readings.settings', given: names });
      return answer(id, { settings: [{ name: 'language', value: 'en', writable: true }], transport: 'HTTP' });
    },
    screen: (id) => {
      const png = Buffer.from('89504e470d0a1a0a0000000d49484452000001e00000010c', 'hex');
      return answer(id, { mediaType: 'image/png', bytes: png });
    },
    diagnosis: async (id) => {
      known(state, id);
      return [{ code: 'HIDDEN_TAGS_ON', severity: 'PROBLEM', message: 'Hidden tags are on.', fix: 'Switch them off.' }];
    },
  };
}

function callsOf(state: FakeState): Application['calls'] {
  return {
    get: async (id) => {
      state.reads.push(`call ${id}`);
      return state.calls.find((candidate) => candidate.id === id) ?? null;
    },
    active: (phoneId) => state.calls.filter((one) => one.phoneId === phoneId && one.state !== 'ENDED'),
    list: async (filter, page) => {
      state.asked.push({ method: 'calls.list', given: { filter, page } });
      return pageOf(state.calls, page);
    },
    ofEvent: async (event) => (event.event.type === 'CALL' ? (state.calls[0] ?? null) : null),
    subscribe(filter, signal) {
      state.asked.push({ method: 'calls.subscribe', given: filter });
      const now = state.calls.map((one) => ({ kind: 'call' as const, call: one }));
      return state.callFeed.subscribe([...now, { kind: 'caughtUp', cursor: 'e6' }], signal);
    },
  };
}

function eventsOf(state: FakeState): Application['events'] {
  const sequenceOf = (cursor: string): number => {
    const sequence = /^e(\d+)$/.exec(cursor)?.[1];
    if (sequence === undefined) throw new RequestError('BAD_USER_INPUT', 'after: no cursor of the event log.');
    return Number(sequence);
  };
  const events: Application['events'] = {
    cursorOf: (sequence) => `e${sequence}`,
    get: async (sequence) => {
      state.reads.push(`event ${sequence}`);
      return state.events.find((candidate) => candidate.sequence === sequence) ?? null;
    },
    list: async (filter, page) => {
      state.asked.push({ method: 'events.list', given: { filter, page } });
      const after = page.after === undefined ? 0 : sequenceOf(page.after);
      const behind = state.events.filter(({ sequence }) => sequence > after);
      const items = page.last === undefined ? behind.slice(0, page.first) : behind.slice(-page.last);
      return { items, hasNextPage: items.at(-1) !== behind.at(-1), hasPreviousPage: items[0] !== state.events[0] };
    },
    async *subscribe(filter, after, signal) {
      state.asked.push({ method: 'events.subscribe', given: { filter, after } });
      const from = after === undefined ? Number.POSITIVE_INFINITY : sequenceOf(after);
      const missed = state.events.filter(({ sequence }) => sequence > from);
      const first: readonly EventUpdate[] = missed.map((event) => ({ kind: 'event' as const, event }));
      yield* state.eventFeed.subscribe([...first, { kind: 'caughtUp', cursor: `e${state.events.length}` }], signal);
    },
    follow: (filter, after, sink) => followed((signal) => events.subscribe(filter, after, signal), sink),
  };
  return events;
}

function commandsOf(state: FakeState): Application['commands'] {
  const made = (phoneId: string, request: CommandRequest): Command => {
    known(state, phoneId);
    const id = `m${state.commands.length + 1}`;
    const made = command(id, { phoneId, name: request.name, arguments: request.arguments });
    state.commands.push(made);
    return made;
  };
  return {
    get: async (id) => state.commands.find((candidate) => candidate.id === id) ?? null,
    list: async (filter, page) => {
      state.asked.push({ method: 'commands.list', given: { filter, page } });
      return pageOf(state.commands, page);
    },
    run: async (phoneId, request, { caller, idempotencyKey }) => {
      state.asked.push({ method: 'commands.run', given: { phoneId, request, caller, idempotencyKey } });
      await state.gate;
      return made(phoneId, request);
    },
    runOnPhones: async (filter, request, { caller, idempotencyKey }) => {
      state.asked.push({ method: 'commands.runOnPhones', given: { filter, request, caller, idempotencyKey } });
      return { id: 'b1', total: 2, requestedBy: caller.name, requestedAt: NOON };
    },
    explain: async (phoneId, request) => {
      known(state, phoneId);
      state.asked.push({ method: 'commands.explain', given: request });
      return {
        allowed: true,
        failure: null,
        transport: 'HTTP',
        evidence: 'DOCUMENTED',
        source: 'The manual, p. 7',
        skippedTransports: [{ transport: 'CSTA', reason: 'The call has no id.' }],
        exchanges: ['GET /command.htm'],
      };
    },
    subscribe: (id, signal) => {
      const now = state.commands.find((candidate) => candidate.id === id);
      if (now === undefined) throw new RequestError('NOT_FOUND', `No command ${id}.`);
      return state.commandFeed.subscribe([now], signal);
    },
    subscribeAll: async function* (filter) {
      state.asked.push({ method: 'commands.subscribeAll', given: filter });
      for (const one of state.commands) yield { kind: 'command', command: one };
      yield { kind: 'caughtUp', cursor: `e${state.events.length}` };
    },
    batch: async (id) => {
      state.reads.push(`batch ${id}`);
      return state.batches.find((candidate) => candidate.id === id) ?? null;
    },
    pendingInBatch: async () => 1,
    inBatch: async (batchId, page) =>
      pageOf(
        state.commands.filter((one) => one.batchId === batchId),
        page,
      ),
  };
}

function apiKeysOf(state: FakeState): Application['apiKeys'] {
  const { hash: _hash, ...view } = apiKey(KEY);
  return {
    list: async () => [view],
    create: async (input) => {
      state.asked.push({ method: 'apiKeys.create', given: input });
      return { key: 'hsk_new', apiKey: { ...view, ...input, id: 'k2' } };
    },
    revoke: async (id) => {
      state.asked.push({ method: 'apiKeys.revoke', given: id });
      return { ...view, id, revokedAt: NOON };
    },
  };
}

function onboardingOf(state: FakeState): Application['onboarding'] {
  const link = { id: 'o1', createdAt: NOON, createdBy: 'tests', expiresAt: NOON + 1, revokedAt: null };
  return {
    links: async () => [link],
    createLink: async (input) => {
      state.asked.push({ method: 'onboarding.createLink', given: input });
      return { link, urls: [{ vendor: 'snom', setting: 'action_setup_url', url: 'http://gw/a/token/setup' }] };
    },
    revokeLink: async (id) => {
      state.asked.push({ method: 'onboarding.revokeLink', given: id });
      return { ...link, id, revokedAt: NOON };
    },
    unknownDevices: async () => ({ devices: [], incomplete: [] }),
    draftDefinition: async () => ({ file: 'src/action-urls.table.ts', text: '', events: 0 }),
  };
}
