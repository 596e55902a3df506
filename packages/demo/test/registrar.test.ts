import { VirtualSnomPhone } from '@hookswitch/driver-snom/virtual';
import { installed, KAMAILIO } from '@hookswitch/sip-peers/vitest';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { DemoOffice } from '../src/office.ts';
import { PEOPLE } from '../src/people.ts';
import { describeOffice } from '../src/print.ts';
import { ask, give } from './support/command.ts';
import { openOffice } from './support/open-office.ts';
import { PATIENCE } from './support/patience.ts';
import { overWebSocket } from './support/updates.ts';

const people = PEOPLE.filter(({ number }) => ['101', '104', '201'].includes(number));
const KEYS = { keys: [{ key: 'VOLUME_UP' }] };

async function sipUris(office: DemoOffice): Promise<readonly unknown[]> {
  const uris = office.phones.map(async ({ id }) => {
    const query = 'query ($id: ID!) { phone(by: { id: $id }) { sipUri } }';
    return (await ask<{ phone: { sipUri: unknown } }>(office, query, { id })).phone.sipUri;
  });
  return await Promise.all(uris);
}

async function lookupsOf(office: DemoOffice): Promise<string> {
  const text = await (await fetch(`${office.gateway.url}/metrics`)).text();
  return (
    /^hookswitch_sip_registrar_lookups_total\{registrar="kamailio",result="found"\} (\d+)$/m.exec(text)?.[1] ?? '0'
  );
}

/** Presses a key of the D862, which is reached by SIP alone. */
async function pressAtD862(office: DemoOffice): Promise<void> {
  expect(await give(office, '104', ['pressKeys', KEYS])).toMatchObject({
    status: 'ACCEPTED',
    transport: 'SIP_NOTIFY',
  });
  expect(office.phone('104').phone.sipRequests?.last?.body).toContain('key=VOLUME_UP');
}

describe.runIf(installed(...KAMAILIO))('where Kamailio is installed', () => {
  test('the phones register there, and the gateway asks it where they are', async () => {
    const office = await openOffice({ people });
    const { kamailio } = office.registrar;
    if (kamailio === null) throw new Error('the office has no Kamailio');
    for (const { person, phone } of office.phones) {
      expect(await kamailio.contactsOf(person.number), person.number).toMatchObject([{ Address: phone.sipUri }]);
    }
    expect(await sipUris(office)).toEqual(people.map(({ number }) => `sip:${number}@pbx.example`));
    expect(describeOffice(office)).toContain(`registered at a Kamailio (127.0.0.1:${kamailio.port})`);
    await pressAtD862(office);
    expect(await lookupsOf(office)).toBe('1');
    await office.stop();
    await expect(fetch(kamailio.rpcUrl)).rejects.toThrow();
  });

  test('a key that sends a message reaches the gateway by way of Kamailio', async () => {
    const office = await openOffice({ people });
    const updates = await overWebSocket(office);
    onTestFinished(() => updates.close());
    const { id, phone } = office.phone('104');
    const command = { key: 'FUNCTION_3', light: 'ON', onPress: { kind: 'MESSAGE', target: '*7' } };
    expect(await give(office, '104', ['setLed', command])).toMatchObject({ status: 'ACCEPTED' });
    if (!(phone instanceof VirtualSnomPhone)) throw new Error('104 is no Snom phone');
    phone.user.press('P3');
    const pressed = await updates.received.waitFor(({ vendorEvent }) => vendorEvent === 'x-buttons', PATIENCE);
    expect(pressed).toMatchObject({ __typename: 'UserEvent', phone: { id } });
    expect(updates.failures).toEqual([]);
  });
});

test('without one the gateway goes to the phones themselves, and the demo says so', async () => {
  const office = await openOffice({ people, registrar: false });
  expect(office.registrar.kamailio).toBeNull();
  expect(await sipUris(office)).toEqual(office.phones.map(({ phone }) => phone.sipUri));
  expect(describeOffice(office)).toContain('SIP       straight to the phones: ');
  await pressAtD862(office);
  expect(await lookupsOf(office)).toBe('0');
});
