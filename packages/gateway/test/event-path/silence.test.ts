import type { CallWatcher, Driver } from '@hookswitch/core';
import { ACCEPTED } from '@hookswitch/core';
import { expect, test } from 'vitest';
import { acme } from '../support/driver.ts';
import { type TestGateway, testGateway } from '../support/gateway.ts';
import { says, scriptedPhone } from '../support/scripted-phone.ts';

const DIAL = { name: 'dial', arguments: { to: '102' } } as const;

async function silentPhones({ gateway }: TestGateway): Promise<string | undefined> {
  const text = await (await fetch(`${gateway.url}/metrics`)).text();
  return /^hookswitch_phones_silent (\d+)$/m.exec(text)?.[1];
}

test('a phone that used to report, takes three commands and reports nothing is silent, until it reports', async () => {
  let ahead = 0;
  await using phone = await scriptedPhone(says(''));
  await using running = await testGateway({ now: () => Date.now() + ahead });
  const { phones, readings } = running.application;
  const desk = await running.addPhone({ address: phone.origin });
  const state = async () => ({
    silent: phones.silentSince(desk.id) !== null,
    reachability: phones.reachability(desk.id),
    listed: phones.list({ reachabilities: ['SILENT'] }, { first: 9 }).totalCount,
    found: (await readings.diagnosis(desk.id, running.caller)).some(({ code }) => code === 'EVENTS_MISSING'),
    metric: await silentPhones(running),
  });
  const no = { silent: false, reachability: 'ONLINE', listed: 0, found: false, metric: '0' };

  // Never heard: it was not set up, which is another finding.
  for (let count = 0; count < 3; count += 1)
    expect(await running.run(desk, DIAL)).toMatchObject({ status: 'ACCEPTED' });
  ahead += 60_000;
  expect(await state()).toEqual(no);
  await running.report(desk, 'hello');
  // Time alone says nothing, and neither do two commands.
  ahead += 60_000;
  const first = await running.run(desk, DIAL);
  await running.run(desk, DIAL);
  ahead += 60_000;
  expect(await state()).toEqual(no);
  // The third may still be answered.
  await running.run(desk, DIAL);
  expect(await state()).toEqual(no);
  ahead += 60_000;
  expect(await state()).toEqual({ silent: true, reachability: 'SILENT', listed: 1, found: true, metric: '1' });
  expect(phones.silentSince(desk.id)).toBe(first.sentAt);
  await running.report(desk, 'hello');
  expect(await state()).toEqual(no);
});

test('commands that fail, that change nothing, or that phones do not report make no phone silent', async () => {
  let ahead = 0;
  await using phone = await scriptedPhone(says('on'));
  await using running = await testGateway({ now: () => Date.now() + ahead });
  const desk = await running.addPhone({ address: phone.origin });
  await running.report(desk, 'hello');
  for (let count = 0; count < 3; count += 1) {
    const dnd = await running.run(desk, { name: 'setDoNotDisturb', arguments: { enabled: true } });
    expect(dnd.changed).toBe(false);
    await running.run(desk, { name: 'pressKeys', arguments: { keys: [{ key: 'OK' }] } });
  }
  ahead += 60_000;
  expect(running.application.phones.silentSince(desk.id)).toBeNull();
});

/** ACME with phones that are listened to beside their action URLs, and who hears them. */
function listenedTo(): { readonly driver: Driver; readonly watcher: Promise<CallWatcher> } {
  const { promise, resolve } = Promise.withResolvers<CallWatcher>();
  const driver: Driver = {
    ...acme,
    monitor: () => ({
      transport: 'UACSTA',
      evidence: 'ASSUMED',
      source: 'a test',
      async watch(_context, watcher) {
        watcher.listening();
        resolve(watcher);
        await new Promise((done) => watcher.enough.addEventListener('abort', done, { once: true }));
        return ACCEPTED;
      },
    }),
  };
  return { driver, watcher: promise };
}

const HEARD = {
  event: { type: 'OTHER' },
  vendorEvent: 'monitored',
  variables: [],
  device: { mac: null, model: null, firmware: null },
} as const;

test('what is heard on one way does not hide that the other one is silent', async () => {
  let ahead = 0;
  await using phone = await scriptedPhone(says(''));
  const { driver, watcher } = listenedTo();
  await using running = await testGateway({ drivers: [driver], now: () => Date.now() + ahead });
  const { phones, readings } = running.application;
  const desk = await running.addPhone({ address: phone.origin });
  const monitor = await watcher;
  const found = async () => {
    const codes = (await readings.diagnosis(desk.id, running.caller)).map(({ code }) => code);
    return { urls: codes.includes('EVENTS_MISSING'), monitor: codes.includes('MONITOR_SILENT') };
  };
  const threeDials = async (hear: () => Promise<unknown>): Promise<void> => {
    for (let count = 0; count < 3; count += 1) {
      ahead += 1_000;
      expect(await running.run(desk, DIAL)).toMatchObject({ status: 'ACCEPTED' });
      await hear();
    }
    ahead += 60_000;
  };
  const overMonitor = () => monitor.report(HEARD);
  const overUrls = () => running.report(desk, 'hello');

  // Its action URLs were never set: whoever is heard by the monitor alone is not silent.
  await threeDials(overMonitor);
  expect([await found(), phones.reachability(desk.id)]).toEqual([{ urls: false, monitor: false }, 'ONLINE']);
  await overUrls();
  // Somebody took them away: the monitor goes on, and does not stand for them.
  await threeDials(overMonitor);
  expect([await found(), phones.reachability(desk.id)]).toEqual([{ urls: true, monitor: false }, 'SILENT']);
  await overUrls();
  expect(await found()).toEqual({ urls: false, monitor: false });
  await threeDials(overUrls);
  expect([await found(), phones.reachability(desk.id)]).toEqual([{ urls: false, monitor: true }, 'SILENT']);
  await overMonitor();
  expect([await found(), phones.silentSince(desk.id)]).toEqual([{ urls: false, monitor: false }, null]);
});

test('a phone that took its action URLs and is heard by the monitor alone is silent on them', async () => {
  let ahead = 0;
  await using phone = await scriptedPhone(says(''));
  const { driver, watcher } = listenedTo();
  await using running = await testGateway({ drivers: [driver], now: () => Date.now() + ahead });
  const desk = await running.addPhone({ address: phone.origin });
  expect(await running.run(desk, { name: 'configureActionUrls', arguments: {} })).toMatchObject({ status: 'ACCEPTED' });
  const monitor = await watcher;
  for (let count = 0; count < 3; count += 1) {
    ahead += 1_000;
    await running.run(desk, DIAL);
    await monitor.report(HEARD);
  }
  ahead += 60_000;
  expect(running.application.phones.reachability(desk.id)).toBe('SILENT');
  const found = await running.application.readings.diagnosis(desk.id, running.caller);
  expect(found.map(({ code }) => code)).toContain('EVENTS_MISSING');
});
