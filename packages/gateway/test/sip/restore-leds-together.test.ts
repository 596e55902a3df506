import {
  ACCEPTED,
  type Commands,
  type Driver,
  failed,
  type LedsTogether,
  notHere,
  phoneRejected,
} from '@hookswitch/core';
import { expect, test } from 'vitest';
import type { Phone } from '../../src/model.ts';
import { type TestGateway, testGateway } from '../support/gateway.ts';
import { bodiesOf, type SipScript, scriptedSipPhone } from '../support/sip-phone.ts';
import { sipAcme } from './driver.ts';
import { actionUrls, snomOffice } from './snom-office.ts';

type Led = Commands['setLed'];

const line = ({ key, light }: Led): string => `k=${key}\r\nc=${light}\r\n`;

/** Blinking lights are given alone. */
const together: LedsTogether = {
  takes: ({ light }) => light !== 'BLINK_FAST',
  async setLeds(commands, { sip }) {
    const body = commands.map(line).join('\r\n');
    const { status } = await sip.send({ method: 'MESSAGE', contentType: 'application/x-buttons', body });
    if (status === 200) return ACCEPTED;
    return status === 415 ? notHere('No bodies with several keys.') : failed(phoneRejected(`It said ${status}.`));
  },
};

/** ACME with room for several lights in one request, and with reports of a start. */
const acme: Driver = {
  ...sipAcme,
  capabilitiesFor(phone) {
    const ladders = sipAcme.capabilitiesFor(phone);
    const [rung] = ladders.LED ?? expect.unreachable();
    return { ...ladders, LED: [{ ...rung, together }] };
  },
  actionUrls: {
    ...sipAcme.actionUrls,
    parse: () => ({
      event: { type: 'DEVICE', deviceEventKind: 'STARTED' },
      vendorEvent: 'url_started',
      variables: [],
      device: { mac: null, model: null, firmware: null },
    }),
  },
};

const led = (key: string, light: string) => ({ name: 'setLed', arguments: { key, light } }) as const;

/** What the gateway gave by itself, oldest first. */
async function given(running: TestGateway, phone: Phone) {
  const { items } = await running.application.commands.list({ phoneIds: [phone.id] }, { first: 100 });
  return items.map(({ node }) => node).filter(({ requestedBy }) => requestedBy.startsWith('gateway:'));
}

/** Three lights, a start of the phone, and what came of it. */
async function restarted(afterStart: SipScript, lights = ['ON', 'OFF', 'PARK']) {
  const sip = await scriptedSipPhone();
  const running = await testGateway({ drivers: [acme] });
  const phone = await running.addPhone({ sipUri: sip.uri });
  for (const [index, light] of lights.entries()) await running.run(phone, led(`FUNCTION_${index + 1}`, light));
  sip.script = afterStart;
  await running.report(phone, 'started');
  await expect
    .poll(async () => (await given(running, phone)).map(({ settledAt }) => settledAt !== null))
    .toEqual([true, true, true]);
  const bodies = bodiesOf(sip, 'MESSAGE').slice(lights.length);
  const commands = await given(running, phone);
  const after = await running.application.phones.leds(phone.id);
  await running[Symbol.asyncDispose]();
  await sip[Symbol.asyncDispose]();
  return { bodies, commands, after };
}

test('lights go in one request, each a command of its own', async () => {
  const { bodies, commands, after } = await restarted(() => ({ status: 200 }));
  expect(bodies).toEqual(['k=FUNCTION_1\r\nc=ON\r\n\r\nk=FUNCTION_2\r\nc=OFF\r\n\r\nk=FUNCTION_3\r\nc=PARK\r\n']);
  for (const command of commands) {
    expect(command).toMatchObject({
      name: 'setLed',
      status: 'ACCEPTED',
      transport: 'SIP_MESSAGE',
      unproven: 'NOT_REPORTABLE',
    });
    expect(command.sentAt).not.toBeNull();
  }
  const repliedAt = commands.map((command) => command.repliedAt);
  expect(after.map(({ appliedAt }) => appliedAt).toSorted()).toEqual(repliedAt.toSorted());
});

test('the refusal of the one request is that of each light', async () => {
  const { bodies, commands } = await restarted(() => ({ status: 403 }));
  expect(bodies).toHaveLength(1);
  expect(commands.map(({ status, failure }) => [status, failure?.code])).toEqual(
    Array.from({ length: 3 }, () => ['FAILED', 'PHONE_REJECTED']),
  );
});

test('a light that cannot go with others goes alone', async () => {
  const { bodies, commands } = await restarted(() => ({ status: 200 }), ['ON', 'BLINK_FAST', 'PARK']);
  expect(bodies).toEqual([
    'k=FUNCTION_1\r\nc=ON\r\n\r\nk=FUNCTION_3\r\nc=PARK\r\n',
    'k=FUNCTION_2\r\nc=BLINK_FAST\r\n',
  ]);
  expect(commands.map(({ status }) => status)).toEqual(['ACCEPTED', 'ACCEPTED', 'ACCEPTED']);
});

test('a phone that takes no body with several keys is given them one by one', async () => {
  const { bodies, commands } = await restarted(({ body }) => ({
    status: Buffer.from(body).toString().split('k=').length > 2 ? 415 : 200,
  }));
  expect(bodies.slice(1)).toEqual([
    'k=FUNCTION_1\r\nc=ON\r\n',
    'k=FUNCTION_2\r\nc=OFF\r\n',
    'k=FUNCTION_3\r\nc=PARK\r\n',
  ]);
  expect(commands.map(({ status }) => status)).toEqual(['ACCEPTED', 'ACCEPTED', 'ACCEPTED']);
});

test('a virtual Snom that starts gets its five lights in one MESSAGE', async () => {
  const keys = [1, 2, 3, 4, 5];
  const settings = Object.fromEntries(keys.map((key) => [`fkey${key - 1}`, `button ${key}`]));
  await using office = await snomOffice({ settings });
  const { running, virtual, phone } = office;
  for (const key of keys) {
    const onPress = { kind: 'DIAL', target: `10${key}` };
    const light = { key: `FUNCTION_${key}`, light: 'SEIZED', label: `Line ${key}`, onPress };
    expect(await running.run(phone, { name: 'setLed', arguments: light })).toMatchObject({ status: 'ACCEPTED' });
  }
  virtual.memory.storeOnly({ action_setup_url: actionUrls(office)['action_setup_url'] ?? expect.unreachable() });
  virtual.power.reboot();
  await virtual.power.settled();
  const lit = () => Object.keys(virtual.buttons.states.toRecord()).toSorted();
  await expect.poll(lit).toEqual(['P1', 'P2', 'P3', 'P4', 'P5']);
  expect(virtual.lights.toRecord()['P5']).toMatchObject({ state: 'seized' });
  const messages = (virtual.sipRequests?.all ?? []).filter(({ method }) => method === 'MESSAGE');
  expect(messages).toHaveLength(6);
  expect(messages.at(-1)?.body).toBe(
    keys.map((key) => `k=${key}\r\nc=seized\r\nn=10${key}\r\na=invite\r\nl=Line ${key}`).join('\r\n\r\n'),
  );
});
