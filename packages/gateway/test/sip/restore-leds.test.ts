import type { Driver } from '@hookswitch/core';
import { expect, test } from 'vitest';
import type { Phone } from '../../src/model.ts';
import { type TestGateway, testGateway } from '../support/gateway.ts';
import { bodiesOf, scriptedSipPhone } from '../support/sip-phone.ts';
import { sipAcme } from './driver.ts';

const device = { mac: null, model: null, firmware: null };

/** ACME with reports of a start and of a registration. */
const reporting: Driver = {
  ...sipAcme,
  actionUrls: {
    ...sipAcme.actionUrls,
    parse(report, phone) {
      if (report.path === 'started') {
        return {
          event: { type: 'DEVICE', deviceEventKind: 'STARTED' },
          vendorEvent: 'url_started',
          variables: [],
          device,
        };
      }
      if (report.path === 'registered' || report.path === 'failed') {
        const registrationState = report.path === 'registered' ? 'REGISTERED' : 'FAILED';
        return {
          event: { type: 'REGISTRATION', registrationState, accountUri: null },
          vendorEvent: 'url_registered',
          variables: [],
          device,
        };
      }
      return sipAcme.actionUrls.parse(report, phone);
    },
  },
};

const led = (key: string, light: string) => ({ name: 'setLed', arguments: { key, light } }) as const;

async function commandsOf(running: TestGateway, phone: Phone) {
  const { items } = await running.application.commands.list({ phoneIds: [phone.id] }, { first: 100 });
  return items.map(({ node }) => node);
}

test.each(['started', 'registered'])('a phone that has %s is told its lights again, once', async (path) => {
  await using sip = await scriptedSipPhone();
  await using running = await testGateway({ drivers: [reporting] });
  const phone = await running.addPhone({ sipUri: sip.uri });
  await running.run(phone, led('FUNCTION_1', 'ON'));
  await running.run(phone, led('FUNCTION_2', 'ON'));
  await running.run(phone, led('FUNCTION_2', 'OFF'));
  await running.report(phone, path);
  await sip.received('MESSAGE', 5);
  // A failed registration and anything else is no cause; the second cause sends them once more.
  await running.report(phone, 'failed');
  await running.report(phone, path);
  await sip.received('MESSAGE', 7);
  await running.gateway.stop();
  expect(bodiesOf(sip, 'MESSAGE').slice(3)).toEqual([
    'k=FUNCTION_1\r\nc=ON\r\n',
    'k=FUNCTION_2\r\nc=OFF\r\n',
    'k=FUNCTION_1\r\nc=ON\r\n',
    'k=FUNCTION_2\r\nc=OFF\r\n',
  ]);
  await running.restart();
  const given = await commandsOf(running, phone);
  expect(given.filter(({ requestedBy }) => requestedBy.startsWith('gateway:'))).toHaveLength(4);
});

test('causes that come while it is told count as one', async () => {
  let open = (): void => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const slow: Driver = {
    ...reporting,
    capabilitiesFor: (phone) => {
      const ladders = sipAcme.capabilitiesFor(phone);
      const [rung] = ladders.LED ?? [];
      if (rung === undefined) throw new Error('no LED');
      return {
        ...ladders,
        LED: [
          {
            ...rung,
            async setLed(command, context) {
              const outcome = await rung.setLed(command, context);
              if (sip.requests.length > 1) await gate;
              return outcome;
            },
          },
        ],
      };
    },
  };
  await using sip = await scriptedSipPhone();
  await using running = await testGateway({ drivers: [slow] });
  const phone = await running.addPhone({ sipUri: sip.uri });
  await running.run(phone, led('FUNCTION_1', 'ON'));
  await running.report(phone, 'started');
  await sip.received('MESSAGE', 2);
  for (const path of ['registered', 'registered', 'registered']) await running.report(phone, path);
  open();
  await sip.received('MESSAGE', 3);
  await running.gateway.stop();
  expect(bodiesOf(sip, 'MESSAGE')).toHaveLength(3);
  await running.restart();
});

test('a phone without lights is left alone', async () => {
  await using sip = await scriptedSipPhone();
  await using running = await testGateway({ drivers: [reporting] });
  const phone = await running.addPhone({ sipUri: sip.uri });
  await running.report(phone, 'started');
  await running.gateway.stop();
  expect(sip.requests).toHaveLength(0);
  await running.restart();
});
