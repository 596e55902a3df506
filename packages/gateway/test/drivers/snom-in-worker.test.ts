import type { PhoneProfile } from '@hookswitch/core';
import { conformance, type PhoneUnderTest, runVirtual } from '@hookswitch/driver-kit';
import { VirtualExchange } from '@hookswitch/driver-kit/virtual';
import { driver as snom } from '@hookswitch/driver-snom';
import { createVirtualSnomPhone } from '@hookswitch/driver-snom/virtual';
import { afterAll, describe, expect, it, test } from 'vitest';
import { directDriver } from '../../src/drivers/direct-driver.ts';
import { inWorker, overWorker } from './support/over-worker.ts';

// The Snom driver run as a foreign one is: what the port and its messages leave out is missed here.

const faults: unknown[] = [];
const port = await inWorker('@hookswitch/driver-snom', faults);
afterAll(() => port.close());

const WEB = { username: 'conformance', password: 'conformance-web' };
const SIP = { username: '1001', password: 'conformance-sip' };
const MAC = '00:04:13:00:c0:de';
const NOT_BY_SIP = [
  ...(['PRESS_KEYS', 'MUTE', 'DO_NOT_DISTURB', 'VERIFY_EVENTS', 'TOUCH', 'FORWARDING', 'CONFIGURE_KEYS'] as const),
  ...(['SCREEN', 'RINGTONE', 'PHONE_INFO', 'READ_SETTINGS', 'ACTION_URLS', 'FACTORY_RESET'] as const),
  ...(['UPGRADE_FIRMWARE', 'LOG_OFF', 'CLEAR_CALL_LISTS'] as const),
];

/** One over HTTP, one by SIP alone: together they use all that a context has. */
function phone(
  under: Pick<PhoneUnderTest, 'lacks' | 'options' | 'reachableBy'> & {
    readonly model: string;
    readonly firmware: string;
  },
): PhoneUnderTest {
  return {
    ...under,
    name: under.model,
    mac: MAC,
    refuses: ['LED: setLed, a red light'],
    start() {
      const exchange = new VirtualExchange();
      const virtual = createVirtualSnomPhone({
        model: under.model,
        firmware: under.firmware,
        mac: MAC,
        exchange,
        identities: [{ number: '1001', displayName: 'Desk One' }],
        login: { user: WEB.username, password: WEB.password },
        sip: { login: SIP },
        settings: {
          use_hidden_tags: 'off',
          filter_registrar: 'off',
          mb_trusted_hosts: '127.0.0.1',
          xml_notify: 'on',
          allow_sip_settings: 'on',
          fkey0: 'button 1',
          fkey1: 'button 2',
          // Only then an INVITE makes it dial.
          answer_after_policy: 'idle',
        },
        quirks: { keyTiming: 'none', rebootMs: 0, reregisterPages: ['/dummy.htm'] },
      });
      const hold = () => virtual.user.press('F_HOLD');
      return runVirtual({
        phone: virtual,
        exchange,
        credentials: { web: WEB },
        sipCredentials: SIP,
        callIdName: 'csta_id',
        user: {
          answer: () => virtual.user.answer(),
          hold,
          dial: (number) => virtual.user.dial(number),
          consult(number) {
            hold();
            virtual.user.dial(number);
          },
        },
        async settled() {
          await virtual.browser.settled();
          await virtual.power.settled();
          await virtual.browser.client.idle();
          await virtual.browser.settled();
          await new Promise(setImmediate);
        },
        effects: () => [],
        handlerErrors: () => virtual.handlerErrors,
      });
    },
  };
}

const suite = conformance(
  { describe, it },
  {
    driver: overWorker(snom, port),
    phones: [
      phone({
        model: '870',
        firmware: '8.7.5.35',
        lacks: [],
        options: { accounts: '1001@pbx.example' },
        reachableBy: { http: true, sip: true },
      }),
      phone({
        model: 'D765',
        firmware: '10.1.184.15',
        lacks: NOT_BY_SIP,
        options: { accounts: '1001@pbx.example', talkAndHold: 'on', dialByInvite: 'true' },
        reachableBy: { http: false, sip: true },
      }),
    ],
    samples: {
      document: '<SnomIPPhoneText><Title>Kit</Title><Text>Conformance</Text></SnomIPPhoneText>',
      setting: { name: 'user_realname1', value: 'Desk Two' },
      readable: 'user_name1',
    },
    effects: {},
    otherEvents: ['action_vision_url'],
  },
);

test('the suite has a case for all that it claims there, and the driver failed in none', () => {
  expect(suite.count).toBeGreaterThan(1_000);
  expect(faults).toEqual([]);
});

test('what it says of itself, of phones and of their reports is the same in a worker', async () => {
  const here = directDriver(snom);
  const facts = ({ vendor, version, models, probes, options, maxUrlLength }: typeof here) =>
    shape([vendor, version, models, probes, options.descriptions, options.credentials ?? {}, maxUrlLength]);
  expect(facts(port)).toEqual(facts(here));
  const given = { accounts: '1001@pbx.example', uacstaEvents: 'true' };
  const checked = await port.validate(given);
  expect(checked).toEqual(await here.validate(given));
  expect(await port.validate({ accounts: 'x', nothing: 'y', xmlPushForm: 'z' })).toHaveProperty('issues');
  const options = 'value' in checked ? checked.value : null;
  let reports = 0;
  for (const { model } of snom.models) {
    const profile: PhoneProfile = {
      model,
      firmware: '10.1.33.33',
      mac: MAC,
      options,
      reachableBy: { http: true, sip: true },
    };
    const [there, near] = [await port.abilities(profile), await here.abilities(profile)];
    expect(shape(there)).toEqual(shape(near));
    for (const { path } of near.actionUrlSettings) {
      const report = { path, rawQuery: 'csta_id=-18&remote=%22A%20&%20B%22%20<sip:101@pbx>&local=1001&x=%ZZ' };
      expect(await port.parse(report, profile)).toEqual(here.parse(report, profile));
      reports += 1;
    }
    const request = { phone: profile, actionUrls: [{ setting: 'action_incoming_url', url: 'http://g/a/t/i' }] };
    expect(await port.provisioning({ ...request, gatewayHost: 'g' })).toEqual(
      here.provisioning({ ...request, gatewayHost: 'g' }),
    );
  }
  expect(reports).toBeGreaterThan(500);
  expect(await port.parse({ path: 'nothing-of-mine', rawQuery: '' }, EMPTY)).toBeNull();
  for (const name of ['F_REBOOT', 'F_SETTINGS', 'ENTER']) {
    expect([name, await port.isCommandKey(name)]).toEqual([name, snom.isCommandKey(name)]);
  }
});

const EMPTY: PhoneProfile = {
  model: null,
  firmware: null,
  mac: null,
  options: {},
  reachableBy: { http: true, sip: true },
};

/** All that is data, and the names of what is not. `testOnly: false` is the same as none. */
function shape(value: object): unknown {
  const plain = (key: string, member: unknown): unknown => {
    if (key === 'testOnly' && member === false) return undefined;
    return typeof member === 'function' ? 'a function' : member;
  };
  return JSON.parse(JSON.stringify(value, plain));
}
