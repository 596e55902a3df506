import {
  ACCEPTED,
  type Driver,
  type Ladders,
  notHere,
  type PhoneProfile,
  TransportError,
  unknown,
} from '@hookswitch/core';
import { afterEach, expect, test } from 'vitest';
import { conformance } from '../../src/index.ts';
import { CollectingRunner } from '../support/collecting-runner.ts';
import { type ExampleOptions, exampleDriver, press } from '../support/example-driver.ts';
import { exampleHarness, WEB } from '../support/example-harness.ts';

type Spoilt = Partial<Driver<ExampleOptions>>;
type Profile = PhoneProfile<ExampleOptions>;

const { identify, options, actionUrls } = exampleDriver;
const rung = { transport: 'HTTP', evidence: 'DOCUMENTED', source: 'Example, manual, page 1' } as const;

/** The example's capabilities with some of them replaced, for phones that can be reached. */
function withLadders(change: (profile: Profile) => Ladders): Spoilt {
  return {
    capabilitiesFor: (profile) =>
      profile.reachableBy.http ? { ...exampleDriver.capabilitiesFor(profile), ...change(profile) } : {},
  };
}

/** The example with another way to answer. */
function answering(answer: NonNullable<Ladders['ANSWER']>[0]['answer']): Spoilt {
  return withLadders(() => ({ ANSWER: [{ ...rung, answer }] }));
}

let asked = 0;
const timers: NodeJS.Timeout[] = [];

afterEach(() => {
  for (const timer of timers.splice(0)) clearTimeout(timer);
});

/** A fault that a driver may have, and the cases of which at least one must tell. */
const SPOILT: Readonly<Record<string, readonly [spoilt: Spoilt, told: RegExp]>> = {
  'another major version of the contract': [{ contractVersion: '2.0.0' }, /its contract version/],
  'a later minor version of the contract': [{ contractVersion: '1.999.0' }, /its contract version/],
  'a vendor in capitals': [{ vendor: 'Example' }, /its vendor/],
  'a model twice': [{ models: [...exampleDriver.models, { model: 'e1', functionKeys: 2 }] }, /its models are unique/],
  'an option that nobody described': [
    { options: { ...options, descriptions: {} as ExampleOptions } },
    /its options have valid defaults/,
  ],
  'a probe that may change something': [{ probes: [{ method: 'POST', target: '/' }] }, /its probes only read/],
  'every device is its own': [{ identify: (evidence) => ({ ...identify(evidence), score: 50 }) }, /a foreign device/],
  'its own device is unknown to it': [
    { identify: (evidence) => ({ ...identify(evidence), score: 0 }) },
    /is recognised/,
  ],
  'a key that is none': [{ keysOf: () => ['OK', 'KNOB'] }, /the keys that it names/],
  'a key named twice': [{ keysOf: () => ['OK', 'OK'] }, /the keys that it names/],
  'a common key is a command': [{ isCommandKey: (name) => name === 'OK' }, /no common key/],
  'a provisioning text without URLs': [
    { provisioning: () => ({ mediaType: 'text/plain', text: '' }) },
    /the provisioning text/,
  ],
  'a diagnosis that presses keys': [
    {
      diagnose: async (context) => {
        await press(context, 'UP');
        return [{ code: 'WELL', severity: 'OK', message: 'All is well.', fix: null }];
      },
    },
    /a diagnosis only reads/,
  ],
  'a diagnosis that calls a dead phone well': [
    { diagnose: async () => [{ code: 'WELL', severity: 'OK', message: 'All is well.', fix: null }] },
    /a diagnosis of a phone that is not there/,
  ],
  'a problem without a way out': [
    { diagnose: async () => [{ code: 'BAD', severity: 'PROBLEM', message: 'It is bad.', fix: null }] },
    /a diagnosis only reads/,
  ],

  'a capability that is lacking is claimed': [
    withLadders(() => ({ REBOOT: [{ ...rung, reboot: (_, context) => press(context, 'REBOOT') }] })),
    /what is claimed and what is lacking/,
  ],
  'a capability that is there is not claimed': [
    { capabilitiesFor: (profile) => ({ SCREEN: exampleDriver.capabilitiesFor(profile).SCREEN ?? [] }) as Ladders },
    /what is claimed and what is lacking/,
  ],
  'a key in the map without a ladder': [
    withLadders(() => JSON.parse('{"TOUCH": []}') as Ladders),
    /TOUCH is not claimed: it has no key/,
  ],
  'a claim without a source': [
    withLadders(() => ({ ANSWER: [{ ...rung, source: ' ', answer: (_, context) => press(context, 'OK') }] })),
    /each rung is whole/,
  ],
  'a claim that changes from question to question': [
    withLadders(() => ({
      ANSWER: [{ ...rung, source: `page ${asked++}`, answer: (_, context) => press(context, 'OK') }],
    })),
    /the same question gets the same answer/,
  ],
  'a phone that nothing reaches can do something': [
    {
      capabilitiesFor: (profile) =>
        exampleDriver.capabilitiesFor({ ...profile, reachableBy: { http: true, sip: false } }),
    },
    /a phone that nothing reaches/,
  ],

  'the wrong key': [answering((_, context) => press(context, 'CANCEL')), /answer, the call named$/],
  'no key at all': [answering(async () => ACCEPTED), /answer, the call named$/],
  'two keys in place of one': [
    answering(async (_, context) => {
      await press(context, 'OK');
      return press(context, 'CANCEL');
    }),
    /answer, the call named$/,
  ],
  'an empty claim': [answering(async () => notHere('No.')), /some rung serves it/],
  'a second try of its own': [
    answering(async (_, context) => {
      try {
        return await press(context, 'OK');
      } catch {
        return press(context, 'OK');
      }
    }),
    /is UNKNOWN when a reply is lost/,
  ],
  'a lost reply that is taken for success': [
    answering(async (_, context) => {
      try {
        return await press(context, 'OK');
      } catch (error) {
        return TransportError.is(error) && error.outcome.status === 'UNKNOWN' ? ACCEPTED : unknown('?');
      }
    }),
    /is UNKNOWN when a reply is no HTTP/,
  ],
  'a state change that is said to only read': [
    answering(async (_, { http }) => {
      await http.send({ method: 'GET', target: '/?key=OK', readOnly: true });
      return ACCEPTED;
    }),
    /is UNKNOWN when a reply is lost/,
  ],
  'a status that nobody looks at': [
    answering(async (_, { http }) => {
      await http.send({ method: 'GET', target: '/?key=OK' });
      return ACCEPTED;
    }),
    /is not accepted when the phone answers 500/,
  ],
  'a refusal that is hidden': [
    answering(async (_, context) => {
      try {
        return await press(context, 'OK');
      } catch {
        return unknown('Something went wrong.');
      }
    }),
    /is PHONE_UNAUTHORIZED without credentials/,
  ],
  'another rung after the phone has acted': [
    answering(async (_, { http }) => {
      const { text } = await http.send({ method: 'GET', target: '/?key=OK' });
      return text.includes('html') ? notHere('Not that page.') : ACCEPTED;
    }),
    /does not pass on to another rung/,
  ],
  'a dry run that is another run': [
    answering((_, context) => press(context, `OK&at=${context.clock.now()}-${asked++}`)),
    /answer, the call named$/,
  ],
  'a password in a URL': [
    answering((_, context) => press(context, `OK&pwd=${WEB.password}`)),
    /answer, the call named$/,
  ],
  'a password in the log': [
    answering((_, context) => {
      context.log.debug('pressing', { login: WEB.password });
      return press(context, 'OK');
    }),
    /answer, the call named$/,
  ],
  'it goes on once it is aborted': [
    answering(async (_, context) => {
      try {
        return await press(context, 'OK');
      } catch {
        return await press({ ...context, signal: new AbortController().signal }, 'OK').catch(() => ACCEPTED);
      }
    }),
    /sends nothing once it is aborted/,
  ],
  'a redirect that is taken for success': [
    answering(async (_, { http }) => {
      const { status } = await http.send({ method: 'GET', target: '/?key=OK' });
      return status < 400 ? ACCEPTED : unknown('?');
    }),
    /is not accepted when the phone sends it elsewhere/,
  ],
  'a deadline that is not kept': [
    answering(async (_, context) => {
      try {
        return await press(context, 'OK');
      } catch (error) {
        const isLate = context.signal.aborted && context.signal.reason.name === 'TimeoutError';
        if (isLate) return ACCEPTED;
        throw error;
      }
    }),
    /sends nothing once its deadline has passed/,
  ],
  'a timer that is left behind': [
    answering((_, context) => {
      timers.push(setTimeout(() => {}, 600_000));
      return press(context, 'OK');
    }),
    /nothing is left open/,
  ],
  'a dialect in which a command fails in a strange way': [
    {
      options: {
        schema: {
          '~standard': {
            version: 1,
            vendor: 'example',
            validate: (value) => {
              const { answerKey = 'OK' } = value as Readonly<Record<string, string>>;
              const isKnown = ['OK', 'ENTER', 'true', 'false'].includes(answerKey);
              return isKnown ? { value: { answerKey } } : { issues: [{ message: 'a key' }] };
            },
          },
        },
        descriptions: { answerKey: 'The key that answers. Default OK.' },
      },
      capabilitiesFor: (profile) => {
        if (profile.options.answerKey === 'false') throw new Error('No such key.');
        return exampleDriver.capabilitiesFor(profile);
      },
    },
    /the dialect answerKey=false: each command is served or refused/,
  ],
  'any bytes are a picture': [
    withLadders(() => ({
      SCREEN: [
        {
          ...rung,
          screen: async ({ http }) => {
            const { bytes } = await http.send({ method: 'GET', target: '/screen.bmp', readOnly: true });
            return { status: 'ACCEPTED', value: { mediaType: 'image/bmp', bytes } };
          },
        },
      ],
    })),
    /tells nothing out of an unreadable body/,
  ],

  'a URL that is too long': [
    { actionUrls: { ...actionUrls, maxUrlLength: 90 } },
    /settings and paths are unique and fit/,
  ],
  'two settings with one path': [
    {
      actionUrls: {
        ...actionUrls,
        settingsFor: (profile) => actionUrls.settingsFor(profile).map((setting) => ({ ...setting, path: 'incoming' })),
      },
    },
    /settings and paths are unique and fit/,
  ],
  'a setting whose path is not parsed': [
    {
      actionUrls: {
        ...actionUrls,
        parse: (report, profile) => (report.path === 'ended' ? null : actionUrls.parse(report, profile)),
      },
    },
    /action URL url\.ended parses back/,
  ],
  'a path of somebody else': [
    {
      actionUrls: {
        ...actionUrls,
        parse: ({ rawQuery }, profile) => actionUrls.parse({ path: 'incoming', rawQuery }, profile),
      },
    },
    /is none of the driver's/,
  ],
  'an event that is OTHER without being declared': [
    {
      actionUrls: {
        ...actionUrls,
        parse: (report, profile) => {
          const parsed = actionUrls.parse(report, profile);
          return parsed === null ? null : { ...parsed, event: { type: 'OTHER' } };
        },
      },
    },
    /action URL url\.incoming parses back/,
  ],
  'bad escapes that throw': [
    {
      actionUrls: {
        ...actionUrls,
        parse: (report, profile) => {
          decodeURIComponent(report.rawQuery);
          return actionUrls.parse(report, profile);
        },
      },
    },
    /with strange queries/,
  ],
  'an identifier that is empty': [
    {
      actionUrls: {
        ...actionUrls,
        parse: (report, profile) => {
          const parsed = actionUrls.parse(report, profile);
          if (parsed?.event.type !== 'CALL') return parsed;
          const { call } = parsed.event;
          return {
            ...parsed,
            event: { ...parsed.event, call: { ...call, vendorIds: { call_id: call.vendorIds['call_id'] ?? '' } } },
          };
        },
      },
    },
    /without its variables/,
  ],
};

test.each(Object.entries(SPOILT))('%s is found out', async (_fault, [spoilt, told]) => {
  const runner = new CollectingRunner();
  conformance(runner, exampleHarness({ ...exampleDriver, ...spoilt }));
  const failed = await runner.failures();
  expect([...failed.keys()].join('\n')).toMatch(new RegExp(told, 'm'));
});

test('the way in which a vendor says no is taken for a no', async () => {
  const refusals = [{ name: 'a page of errors', status: 200, body: '<h1>Error</h1>' }] as const;
  const told = /says no: a page of errors/;
  const deaf = new CollectingRunner();
  conformance(deaf, { ...exampleHarness(), refusals });
  expect([...(await deaf.failures((name) => told.test(name))).keys()]).toHaveLength(3);
  const elsewhere = new CollectingRunner();
  conformance(elsewhere, { ...exampleHarness(), refusals: [{ ...refusals[0], transports: ['CSTA'] }] });
  expect(elsewhere.cases.filter(({ name }) => told.test(name))).toEqual([]);
});

test('the values of options are dialects, as far as the schema counts them', () => {
  const schema = {
    '~standard': {
      ...options.schema['~standard'],
      jsonSchema: { input: () => ({ properties: { answerKey: { type: 'string', enum: ['OK', 'ENTER', 3] } } }) },
    },
  };
  const runner = new CollectingRunner();
  const { names } = conformance(runner, exampleHarness({ ...exampleDriver, options: { ...options, schema } }));
  expect(names.filter((name) => name.includes('dialect'))).toEqual([
    'E1: the dialect answerKey=OK: each command is served or refused',
    'E1: the dialect answerKey=ENTER: each command is served or refused',
  ]);
});

test('all faults were tried', () => {
  expect(Object.keys(SPOILT)).toHaveLength(47);
});
