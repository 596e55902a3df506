import {
  BARESIP,
  type Baresip,
  installed,
  KAMAILIO,
  PROXY_HOST,
  startBaresip,
  startKamailio,
} from '@hookswitch/sip-peers/vitest';
import { describe, expect, test } from 'vitest';
import { PASSWORD } from './support/registered-phones.ts';
import { D862, type SipGateway, sipGateway } from './support/sip-gateway.ts';

/** Waits until it is up: OPTIONS are sent again until somebody answers. @returns the phone's id, with the test driver */
async function addWhenUp(gateway: SipGateway, { host, port, program }: Baresip): Promise<string> {
  const id = await gateway.addPhone({ name: 'ACME', vendor: 'acme', sipUri: `sip:bob@${host}:${port}` });
  const query = 'query ($id: ID!) { phoneInfo(phoneId: $id) { __typename ... on PhoneInfo { firmware } } }';
  const { phoneInfo } = await gateway.ask<{ phoneInfo: unknown }>(query, { id });
  expect(phoneInfo, program.output).toMatchObject({ __typename: 'PhoneInfo', firmware: null });
  return id;
}

describe.runIf(installed(...BARESIP))('baresip, a user agent that is no desk phone', () => {
  test('refuses a NOTIFY without Subscription-State with 400: the command has failed, and nothing else is tried', async () => {
    await using phone = await startBaresip();
    await using gateway = await sipGateway();
    const id = await addWhenUp(gateway, phone);
    // The test driver's NOTIFY has none; HTTP would be the next rung.
    expect(await gateway.give('reboot', id), phone.program.output).toMatchObject({
      status: 'FAILED',
      transport: 'SIP_NOTIFY',
      failure: { code: 'PHONE_REJECTED', phoneStatus: 400 },
    });
  });

  test('knows no NOTIFY that it did not subscribe to: to both vendors’ it says 481, which is "not here"', async () => {
    await using phone = await startBaresip();
    await using gateway = await sipGateway();
    await addWhenUp(gateway, phone);
    const sipUri = `sip:bob@${phone.host}:${phone.port}`;
    const snom = await gateway.addPhone({ ...D862, sipUri });
    const yealink = await gateway.addPhone({ name: 'T54W', vendor: 'yealink', model: 'T54W', sipUri });
    for (const id of [snom, yealink]) {
      for (const [name, command] of [
        ['pressKeys', { keys: [{ key: 'VOLUME_UP' }] }],
        ['reboot', undefined],
      ] as const) {
        expect(await gateway.give(name, id, command), phone.program.output).toMatchObject({
          status: 'FAILED',
          // None of its rungs served it.
          transport: null,
          failure: { code: 'CAPABILITY_UNSUPPORTED', message: expect.stringContaining('481') },
        });
      }
    }
  });

  test.runIf(installed(...KAMAILIO))('registers at Kamailio, and is found there by its name', async () => {
    await using kamailio = await startKamailio({ login: { algorithm: 'MD5', password: PASSWORD } });
    await using phone = await startBaresip({
      registrar: { host: PROXY_HOST, port: kamailio.port, password: PASSWORD },
    });
    const registrar = `registrars: [{ kind: kamailio, url: "${kamailio.rpcUrl}", domains: [pbx.example] }]`;
    await using gateway = await sipGateway(`{ ${registrar} }`);
    const id = await gateway.addPhone({ name: 'Bob', vendor: 'acme', sipUri: 'sip:bob@pbx.example' });
    await expect
      .poll(async () => await kamailio.contactsOf('bob'), { timeout: 5000, message: phone.program.output })
      .toHaveLength(1);
    // It was reached: buttons are what it does not know.
    expect(await gateway.give('setLed', id, { key: 'FUNCTION_2', light: 'ON' })).toMatchObject({
      status: 'FAILED',
      failure: { code: 'CAPABILITY_UNSUPPORTED', message: expect.stringContaining('415') },
    });
    expect(await kamailio.received('MESSAGE')).toBe(0);
  });
});
