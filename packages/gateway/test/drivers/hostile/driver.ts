import { isMainThread } from 'node:worker_threads';
import {
  ACCEPTED,
  type CallWatcher,
  type Driver,
  type DriverContext,
  defineDriver,
  type Ladders,
  type Outcome,
  type PhoneProfile,
} from '@hookswitch/core';
import { commit, DEEDS, type Deed } from './deeds.ts';

// A driver that does its work, unless a phone's option `mischief` says in which function it does what instead:
// `parse:loops`. Functions that are given no phone find the words in what they are given.

/** Commits what is asked for in this function; null: nothing is. */
function mischief(where: string, words: unknown): unknown {
  const [, deed] = new RegExp(`${where}:(\\w+)`).exec(String(words)) ?? [];
  const known = DEEDS.find((one): one is Deed => one === deed);
  return known === undefined ? null : commit(known);
}

// In a worker it is given nothing of the gateway's, whose environment holds keys.
if (!isMainThread && Object.keys(process.env).length > 0) throw new Error('it was given an environment');

const wordsOf = ({ options }: PhoneProfile): unknown => Object(options)['mischief'];
const documented = { transport: 'HTTP', evidence: 'DOCUMENTED', source: 'a test' } as const;

const ladders: Ladders = {
  DIAL: [
    {
      ...documented,
      async dial({ to }, context): Promise<Outcome> {
        if (to.startsWith('after')) await context.http.send({ method: 'POST', target: '/dial' });
        if (to.startsWith('log')) for (let line = 0; line < 100_000; line += 1) context.log.warn(`line ${line}`);
        const misdone = mischief('dial', wordsOf(context.phone));
        if (misdone !== null) return misdone as Outcome;
        if (!to.startsWith('after')) await context.http.send({ method: 'POST', target: '/dial' });
        return ACCEPTED;
      },
    },
  ],
  LED: [
    {
      ...documented,
      setLed: async () => ACCEPTED,
      together: {
        takes: ({ label }) => (mischief('takes', label) ?? true) as boolean,
        setLeds: async () => ACCEPTED,
      },
    },
  ],
};

/** Works for phones that ask for no mischief. */
export const driver: Driver = defineDriver<Readonly<Record<string, string>>>({
  vendor: 'hostile',
  name: 'Hostile',
  version: '6.6.6',
  contractVersion: '1.4.0',
  models: [{ model: 'Bad', functionKeys: null }],
  options: {
    schema: {
      '~standard': {
        version: 1,
        vendor: 'test',
        validate: (value) =>
          (mischief('validate', Object(value)['mischief']) ?? { value }) as { value: Record<string, string> },
      },
    },
    descriptions: { mischief: 'what it does instead' },
  },
  probes: [],
  identify: ({ model }) =>
    (mischief('identify', model) ?? {
      score: 50,
      reasons: ['says so'],
      model: 'Bad',
      firmware: null,
      mac: null,
    }) as never,
  capabilitiesFor: (phone) => (mischief('capabilitiesFor', wordsOf(phone)) ?? ladders) as Ladders,
  actionUrls: {
    maxUrlLength: 255,
    settingsFor: (phone) =>
      (mischief('settingsFor', wordsOf(phone)) ?? [{ setting: 'hello', path: 'hello', query: 'a=$a' }]) as never,
    parse: ({ path, rawQuery }) =>
      (mischief('parse', rawQuery) ?? {
        event: { type: 'DEVICE', deviceEventKind: 'STARTED' },
        vendorEvent: path,
        variables: [],
        device: { mac: null, model: null, firmware: null },
      }) as never,
  },
  keysOf: (phone) => (mischief('keysOf', wordsOf(phone)) ?? ['1', 'OK', 'FUNCTION_1']) as never,
  monitor: (phone) =>
    (mischief('monitor', wordsOf(phone)) ?? {
      ...documented,
      async watch(context: DriverContext, { enough, listening }: CallWatcher) {
        const misdone = mischief('watch', wordsOf(context.phone));
        if (misdone !== null) return misdone as Outcome;
        listening();
        await new Promise((resolve) => enough.addEventListener('abort', resolve));
        return ACCEPTED;
      },
    }) as never,
  provisioning: ({ phone }) =>
    (mischief('provisioning', wordsOf(phone)) ?? { mediaType: 'text/plain', text: 'all well' }) as never,
  async diagnose({ phone }) {
    return (mischief('diagnose', wordsOf(phone)) ?? []) as never;
  },
  isCommandKey: (name) => (mischief('isCommandKey', name.replace('.', ':')) ?? false) as boolean,
}) as Driver;
