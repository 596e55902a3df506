import { createHash } from 'node:crypto';
import { CAPABILITIES, type KnownCall } from '@hookswitch/core';
import { type Asked, wireText } from './asked.ts';
import type { ConformanceHarness, PhoneUnderTest, RunningPhone, Situation } from './harness.ts';
import { Replay } from './replay.ts';
import type { Scene } from './sample.ts';
import { long } from './short.ts';
import { createSipRehearsal } from './sip/sip-transport.ts';
import { actionUrlBelow } from './stand-in.ts';
import { type Subject, subjectOf } from './subject.ts';
import { createRehearsal } from './transport.ts';
import { rungsOf, trialsOn } from './trial.ts';
import { vocabularyLines } from './vocabulary-lines.ts';

/** Where nobody is; it is the same in every run. */
const GATEWAY = 'http://192.0.2.9';

/** The calls that there are in a situation, as gateways know them. */
const CALLS: Readonly<Record<Situation, readonly KnownCall['state'][]>> = {
  IDLE: [],
  RINGING: ['RINGING'],
  TALKING: ['CONNECTED'],
  HOLDING: ['HELD'],
  TWO_CALLS: ['HELD', 'CONNECTED'],
  CONSULTING: ['HELD', 'CONNECTED'],
};

/**
 * A digest of all that a driver would send to a phone of the harness, what it offers and how it reads it, by dry runs: another
 * one says that the driver does something else now.
 */
export async function behaviourDigest<Options>(
  harness: ConformanceHarness<Options>,
  phone: PhoneUnderTest,
): Promise<string> {
  const subject = subjectOf(harness, phone);
  const lines = [...(await linesOf(subject)), ...eventLines(subject), ...dataLines(subject)];
  return digestOf([...lines, ...(await diagnosisLines(subject))]);
}

/** The same for each model of the driver, its firmware not known, with default options: one digest of all. */
export async function modelsDigest<Options>(harness: ConformanceHarness<Options>): Promise<string> {
  const lines: string[] = [];
  for (const { model } of harness.driver.models) {
    const [like] = harness.phones;
    const reachableBy = { http: true, sip: true };
    const subject = subjectOf(harness, { ...like, model, firmware: null, options: {}, reachableBy, allowEvents: [] });
    lines.push(model, ...(await linesOf(subject)));
  }
  return digestOf(lines);
}

function digestOf(lines: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(lines)).digest('base64url');
}

async function linesOf<Options>(subject: Subject<Options>): Promise<readonly string[]> {
  const words = await vocabularyLines(subject.ladders, (asked) => sceneFor(subject, 'IDLE', asked));
  return [...(await wireLines(subject)), ...words];
}

/** What a diagnosis asks, and finds out where every answer is empty. */
async function diagnosisLines<Options>(subject: Subject<Options>): Promise<readonly string[]> {
  const asked: Asked[] = [];
  const { context } = sceneFor(subject, 'IDLE', asked);
  const found = await subject.harness.driver
    .diagnose({ ...context, phone: subject.profile })
    .then(JSON.stringify, String);
  return [...asked.map(wireText), found];
}

async function wireLines<Options>(subject: Subject<Options>): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const capability of CAPABILITIES) {
    const rungs = rungsOf(subject.ladders[capability]);
    for (const place of rungs.keys()) {
      for (const { member, rung, trials } of trialsOn(capability, rungs, place)) {
        for (const trial of trials) {
          const asked: Asked[] = [];
          const scene = sceneFor(subject, trial.situation, asked);
          const said = await trial.run(scene).then(({ outcome }) => long(outcome), String);
          lines.push(`${capability} ${rung} ${member} ${trial.name}: ${said}`, ...asked.map(wireText));
        }
      }
    }
  }
  return lines;
}

function sceneFor<Options>(subject: Subject<Options>, situation: Situation, asked: Asked[]): Scene {
  const { harness, profile } = subject;
  const note = (request: Asked): void => void asked.push(request);
  const urls = (testOnly: boolean) =>
    harness.driver.actionUrls
      .settingsFor(profile)
      .filter((setting) => (setting.testOnly ?? false) === testOnly)
      .map((setting) => actionUrlBelow(GATEWAY, setting));
  const calls = callsIn(subject, situation);
  return {
    context: {
      ...new Replay({ ...NOTHING, exchanges: [] }).context(subject),
      calls,
      http: createRehearsal(note),
      sip: createSipRehearsal(note),
    },
    calls,
    phone: NOBODY,
    samples: harness.samples,
    actionUrls: { offered: urls(false), testOnly: urls(true) },
  };
}

const NOTHING = { name: '', model: '', firmware: '', capability: '', rung: '', member: '' };

/** Dry runs go nowhere. */
const nowhere = (): Promise<never> => Promise.reject(new TypeError('A dry run does not reach a phone.'));
const NOBODY: RunningPhone = {
  origin: 'http://192.0.2.10',
  credentials: {},
  accounts: ['1001@pbx.example'],
  numbers: { answers: '2001', rings: '2002' },
  arrange: nowhere,
  callIn: nowhere,
  observe: nowhere,
  stop: nowhere,
};

/** Every variable may be the one that identifies a call: the driver knows which. */
function callsIn<Options>({ harness, profile }: Subject<Options>, situation: Situation): readonly KnownCall[] {
  const { actionUrls } = harness.driver;
  const names = new Set(
    actionUrls.settingsFor(profile).flatMap(({ query }) => query.split('&').map((part) => part.split('=', 1)[0] ?? '')),
  );
  const party = { number: '2003', uri: 'sip:2003@pbx.example', displayName: 'Cora' };
  return CALLS[situation].map((state, index) => ({
    id: `call-${index}`,
    state,
    direction: 'INCOMING',
    remote: party,
    local: { ...party, number: '1001', uri: 'sip:1001@pbx.example' },
    muted: false,
    vendorIds: Object.fromEntries([...names].map((name) => [name, `${index + 1}`])),
  }));
}

/** How each action URL is read, with every variable set. */
function eventLines<Options>({ harness, profile }: Subject<Options>): readonly string[] {
  const { settingsFor, parse, maxUrlLength } = harness.driver.actionUrls;
  return settingsFor(profile).map((setting) => {
    const rawQuery = setting.query
      .split('&')
      .map((part) => part.split('=', 1)[0] ?? '')
      .map((name) => `${name}=${harness.variables?.[name] ?? '1001'}`)
      .join('&');
    return JSON.stringify([maxUrlLength, setting, parse({ path: setting.path, rawQuery }, profile)]);
  });
}

/** What it says of its models, of keys, and in a provisioning file. */
function dataLines<Options>({ harness, profile }: Subject<Options>): readonly string[] {
  const { models, probes, provisioning, actionUrls } = harness.driver;
  const urls = actionUrls.settingsFor(profile).map((setting) => actionUrlBelow(GATEWAY, setting));
  const file = provisioning({ phone: profile, actionUrls: urls, gatewayHost: '192.0.2.9' });
  return [JSON.stringify([models, probes, file])];
}
