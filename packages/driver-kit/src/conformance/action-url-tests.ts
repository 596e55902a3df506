import assert from 'node:assert/strict';
import {
  type ActionUrlSetting,
  CALL_DIRECTIONS,
  CALL_EVENT_KINDS,
  CALL_STATES,
  DEVICE_EVENT_KINDS,
  type ParsedReport,
  PHONE_EVENT_TYPES,
  PHONE_FEATURES,
  type PhoneEvent,
  REGISTRATION_STATES,
  USER_EVENT_KINDS,
} from '@hookswitch/core';
import { otherEventsHint } from './hints.ts';
import type { ConformanceTest } from './runner.ts';
import { actionUrlBelow } from './stand-in.ts';
import type { Subject } from './subject.ts';

/** As long as addresses of gateways in an office are. */
const BASE = `http://${'gateway.'.repeat(6)}test`.padEnd(60, '0');
const DEFAULT_VALUE = '1001';

/** Queries that no manual shows and that phones send all the same, or that somebody sends on purpose. */
const STRANGE_QUERIES: Readonly<Record<string, string>> = {
  empty: '',
  'without a name': '=',
  'only separators': '&&&===&',
  'bad escapes': 'remote=%&local=%E4%zz&x=%C3',
  'a raw plus and raw spaces': 'remote=+49 30 1234&display_remote=Anna + Bert',
  'a raw ampersand and a hash': 'remote=sip:1@pbx&display_remote=Smith & Sons #1',
  'raw UTF-8': 'display_remote=Zoë Grüße 日本語 😀',
  'lone surrogates': 'display_remote=\uD83D',
  'control characters': 'remote=\u0000\u0001\r\nX-Header: 1',
  'names of the language': '__proto__=1&constructor=2&toString=3&hasOwnProperty=4',
  'the same name often': 'remote=1&remote=2&remote=3',
  'very long': `remote=${'9'.repeat(100_000)}`,
  'many spaces': `remote=${' '.repeat(50_000)}x&display_remote=${'%20'.repeat(20_000)}x`,
  'many quotes and backslashes': `remote="${'\\\\"'.repeat(30_000)}&local=${'<'.repeat(50_000)}`,
  'placeholders that were not filled in': 'remote=$remote&call_id=$call_id&csta_id=$csta_id',
};

const UNKNOWN_PATHS = ['', 'no_such_event', '__proto__', 'constructor', 'toString', '../incoming', 'a/b', 'é'];

/** Settings whose event is OTHER on this phone. */
function otherEventsOf<Options>({ harness, phone }: Subject<Options>): readonly string[] {
  return phone.otherEvents ?? harness.otherEvents ?? [];
}

/**
 * The cases of the action URLs that a phone has.
 * @throws TypeError where the phone declares an event as OTHER that it has no action URL for
 */
export function actionUrlTests<Options>(subject: Subject<Options>): readonly ConformanceTest[] {
  const settings = subject.harness.driver.actionUrls.settingsFor(subject.profile);
  const stray = subject.phone.otherEvents?.find((name) => !settings.some(({ setting }) => setting === name));
  if (stray !== undefined) throw new TypeError(`${subject.phone.name} has no action URL ${stray} that could be OTHER.`);
  return [
    {
      name: 'action URLs: settings and paths are unique and fit into a URL',
      run: async () => areSound(subject, settings),
    },
    { name: 'action URLs: the same question gets the same answer', run: async () => areStable(subject, settings) },
    ...settings.flatMap((setting) => [
      { name: `action URL ${setting.setting} parses back`, run: async () => parsesBack(subject, setting) },
      { name: `action URL ${setting.setting} without its variables`, run: async () => standsGaps(subject, setting) },
      { name: `action URL ${setting.setting} with strange queries`, run: async () => standsStrange(subject, setting) },
    ]),
    ...UNKNOWN_PATHS.map((path) => ({
      name: `action URLs: the path ${JSON.stringify(path)} is none of the driver's`,
      run: async () => assert.equal(parse(subject, path, 'remote=1'), null),
    })),
  ];
}

function parse<Options>({ harness, profile }: Subject<Options>, path: string, rawQuery: string): ParsedReport | null {
  return harness.driver.actionUrls.parse({ path, rawQuery }, profile);
}

function areSound<Options>({ harness }: Subject<Options>, settings: readonly ActionUrlSetting[]): void {
  const { maxUrlLength } = harness.driver.actionUrls;
  assert.equal(new Set(settings.map(({ setting }) => setting)).size, settings.length, 'settings are unique');
  assert.equal(new Set(settings.map(({ path }) => path)).size, settings.length, 'paths are unique');
  for (const setting of settings) {
    assert.match(setting.path, /^[A-Za-z0-9_-]+$/, `the path of ${setting.setting}`);
    assert.doesNotMatch(setting.query, /[\s#]/, `the query of ${setting.setting}`);
    const { url } = actionUrlBelow(BASE, setting);
    assert.ok(maxUrlLength === null || url.length <= maxUrlLength, `${setting.setting} has ${url.length} characters`);
  }
}

function areStable<Options>({ harness, profile }: Subject<Options>, settings: readonly ActionUrlSetting[]): void {
  assert.deepEqual(harness.driver.actionUrls.settingsFor(profile), settings);
}

/** The query as the phone fills it in: each placeholder gets its sample. */
function filledIn<Options>({ harness }: Subject<Options>, query: string): readonly (readonly [string, string])[] {
  if (query === '') return [];
  return query.split('&').map((part) => {
    const name = part.split('=', 1)[0] ?? '';
    return [name, harness.variables?.[name] ?? DEFAULT_VALUE] as const;
  });
}

function joined(variables: readonly (readonly [string, string])[]): string {
  return variables.map(([name, value]) => `${name}=${value}`).join('&');
}

function parsesBack<Options>(subject: Subject<Options>, { setting, path, query }: ActionUrlSetting): void {
  const variables = filledIn(subject, query);
  const report = parse(subject, path, joined(variables));
  assert.ok(report !== null, "the driver knows its own setting's path");
  isSoundReport(report);
  const isDeclared = otherEventsOf(subject).includes(setting);
  const { type } = report.event;
  assert.equal(type === 'OTHER', isDeclared, `an event of type ${type}${otherEventsHint(setting, isDeclared)}`);
  const told = report.variables.map(({ name, value }) => [name, value]);
  assert.deepEqual(told, variables, 'every variable is kept, in its order');
}

function standsGaps<Options>(subject: Subject<Options>, { path, query }: ActionUrlSetting): void {
  const variables = filledIn(subject, query);
  const whole = parse(subject, path, joined(variables));
  for (const [left] of variables) {
    const missing = variables.filter(([name]) => name !== left);
    const empty = variables.map(([name, value]) => [name, name === left ? '' : value] as const);
    for (const rest of [missing, empty]) {
      const report = parse(subject, path, joined(rest));
      assert.equal(report?.event.type, whole?.event.type, `without ${left} it is the same event`);
      isSoundReport(report);
    }
  }
}

function standsStrange<Options>(subject: Subject<Options>, { path }: ActionUrlSetting): void {
  const usual = parse(subject, path, '');
  for (const [name, query] of Object.entries(STRANGE_QUERIES)) {
    const report = parse(subject, path, query);
    assert.ok(report !== null, name);
    isSoundReport(report);
    assert.equal(report.vendorEvent, usual?.vendorEvent, `${name}: the path alone decides what it is`);
  }
}

/** Asserts that a report keeps to the contract's types: it goes to the store and to GraphQL as it is. */
export function isSoundReport(report: ParsedReport | null): asserts report is ParsedReport {
  assert.ok(report !== null, 'a report');
  assert.ok(report.vendorEvent !== '', "the vendor's name of the event");
  for (const { name, value } of report.variables) {
    assert.equal(typeof name, 'string');
    assert.equal(typeof value, 'string');
  }
  const { mac, model, firmware } = report.device;
  assert.ok(mac === null || /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(mac), `a MAC address: ${mac}`);
  for (const fact of [model, firmware]) assert.notEqual(fact, '', 'null stands for what is not told');
  const { screening } = report;
  if (screening !== undefined) assert.notEqual(screening.allowStatus, screening.rejectStatus);
  isSoundEvent(report.event);
}

function isOneOf(list: readonly (string | null)[], value: string | null, what: string): void {
  assert.ok(list.includes(value), `${what}: ${value}`);
}

function isSoundEvent(event: PhoneEvent): void {
  isOneOf(PHONE_EVENT_TYPES, event.type, 'type');
  switch (event.type) {
    case 'CALL': {
      isOneOf(CALL_EVENT_KINDS, event.callEventKind, 'callEventKind');
      isOneOf([null, ...CALL_STATES], event.callState, 'callState');
      isOneOf([null, ...CALL_DIRECTIONS], event.call.direction, 'direction');
      const ids = Object.values(event.call.vendorIds);
      assert.ok(
        ids.every((id) => typeof id === 'string' && id !== ''),
        'an identifier that was not sent is left out',
      );
      break;
    }
    case 'FEATURE':
      isOneOf(PHONE_FEATURES, event.feature, 'feature');
      assert.equal(typeof event.enabled, 'boolean');
      break;
    case 'REGISTRATION':
      isOneOf(REGISTRATION_STATES, event.registrationState, 'registrationState');
      break;
    case 'USER':
      isOneOf(USER_EVENT_KINDS, event.userEventKind, 'userEventKind');
      break;
    case 'DEVICE':
      isOneOf(DEVICE_EVENT_KINDS, event.deviceEventKind, 'deviceEventKind');
      break;
    case 'OTHER':
      break;
  }
}
