import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { genericDriver } from '../../src/drivers/generic/generic-driver.ts';
import { GENERIC_EVENTS } from '../../src/drivers/generic/generic-events.table.ts';
import { temporaryDirectory } from '../store/temporary.ts';
import { type TestGateway, testGateway } from '../support/gateway.ts';
import { scriptedPhone } from '../support/scripted-phone.ts';

/** A gateway with the drivers that a gateway has where nothing is configured. */
async function office(): Promise<TestGateway> {
  const running = await testGateway({ drivers: null });
  onTestFinished(() => running[Symbol.asyncDispose]());
  return running;
}

/** What the text of a module exports, as Node.js runs it. */
async function exportsOf(text: string): Promise<unknown> {
  await using folder = await temporaryDirectory();
  const file = join(folder.path, 'action-urls.table.ts');
  await writeFile(file, text);
  const code = `import(${JSON.stringify(pathToFileURL(file).href)}).then((all) => console.log(JSON.stringify(all)))`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code]);
  return JSON.parse(stdout);
}

test('a phone of a vendor that nobody knows reports events, and takes no command', async () => {
  await using device = await scriptedPhone();
  const running = await office();
  const { application, caller } = running;
  const phone = await running.addPhone({ vendor: 'generic', address: device.origin });
  const urls = application.phones.actionUrls(phone.id, caller) ?? [];
  expect(urls.map(({ setting }) => setting)).toEqual(Object.keys(GENERIC_EVENTS));
  const incoming = urls.find(({ setting }) => setting === 'incoming')?.url ?? '';
  // By hand: what the phone knows is put in, what it does not know stays as it was.
  const filled = incoming
    .replace('{call}', 'c-7')
    .replace('{remote}', 'sip:+4930123@pbx')
    .replace('{mac}', '02AABBCCDD01');
  expect((await fetch(filled)).status).toBe(200);
  expect(await running.report(phone, 'connected', 'call=c-7')).toEqual({ status: 200, body: '' });
  expect(await running.report(phone, 'paper-jam', 'tray=2')).toEqual({ status: 200, body: '' });
  const { items } = await application.events.list({}, { first: 10 });
  expect(items.map(({ vendorEvent, event }) => [vendorEvent, event])).toEqual([
    ['incoming', expect.objectContaining({ type: 'CALL', callEventKind: 'INCOMING', callState: 'RINGING' })],
    ['connected', expect.objectContaining({ type: 'CALL', callEventKind: 'CONNECTED' })],
    ['paper-jam', { type: 'OTHER' }],
  ]);
  expect(application.calls.active(phone.id)).toMatchObject([
    { state: 'CONNECTED', direction: 'INCOMING', remote: { number: '+4930123' }, local: { number: null } },
  ]);
  expect(application.phones.get(phone.id)).toMatchObject({ mac: '02:aa:bb:cc:dd:01', model: null });
  expect(application.phones.capabilities(phone.id)).toEqual([]);
  expect(await running.run(phone, { name: 'dial', arguments: { to: '1' } })).toMatchObject({
    status: 'FAILED',
    failure: { code: 'CAPABILITY_UNSUPPORTED', capability: 'DIAL' },
  });
  expect(await running.run(phone, { name: 'reboot', arguments: {} })).toMatchObject({ status: 'FAILED' });
  expect(device.requests).toEqual([]);
});

test('a device of which no driver knows anything is offered as generic, and its draft is a table of a driver', async () => {
  const running = await office();
  const { application, caller } = running;
  const { urls } = await application.onboarding.createLink({}, caller);
  const started = urls.find(({ vendor, setting }) => vendor === 'generic' && setting === 'started')?.url ?? '';
  const [link] = started.split('/started');
  const ask = async (rest: string) => expect((await fetch(`${link}/${rest}`)).status).toBe(200);
  await ask('started?mac=02AABBCCDD02&model=Zeta+9&firmware=1.2.3');
  await ask('evt_IncomingCall?mac=02AABBCCDD02&caller=%2B4930123456&name=Ada%20L');
  await ask('evt_dnd_on?mac=02AABBCCDD02');
  await ask('evt_lunch?mac=02AABBCCDD02&"];process.exit(1);//=1');
  const { devices } = await application.onboarding.unknownDevices();
  expect(devices).toMatchObject([
    {
      ...{ address: '127.0.0.1', mac: '02:aa:bb:cc:dd:02', model: 'Zeta+9', firmware: '1.2.3', timesSeen: 4 },
      candidates: [],
      match: { vendor: 'generic', reason: expect.stringContaining('takes no commands') },
    },
  ]);
  const [device] = devices;
  const draft = await application.onboarding.draftDefinition({ deviceId: device?.id ?? '' });
  expect(draft).toMatchObject({ file: 'src/action-urls.table.ts', events: 4 });
  // Nothing of what came but names.
  for (const said of ['4930123456', 'Ada', 'Zeta', 'AABBCC']) expect(draft.text).not.toContain(said);
  expect(draft.text).toContain('"caller", // +0000000000');
  expect(draft.text).toContain('// "evt_lunch": not guessed');
  expect(await exportsOf(draft.text)).toEqual({
    EVENTS: {
      evt_IncomingCall: { type: 'CALL', kind: 'INCOMING', state: 'RINGING' },
      evt_dnd_on: { type: 'DO_NOT_DISTURB', enabled: true },
    },
    VARIABLES: expect.arrayContaining(['mac', 'model', 'firmware', 'caller', 'name', '"];process.exit(1);//']),
  });
  const added = await running.addPhone({
    vendor: device?.match.vendor ?? '',
    address: '127.0.0.1',
    mac: device?.mac ?? '',
  });
  expect((await application.onboarding.unknownDevices()).devices).toEqual([]);
  await expect(application.onboarding.draftDefinition({ deviceId: device?.id ?? '' })).rejects.toThrow(
    'no unknown device',
  );
  await running.report(added, 'hello', 'temperature=21');
  const later = await application.onboarding.draftDefinition({ phoneId: added.id });
  expect(later.text).toContain('"temperature", // 00');
  expect(await exportsOf(later.text)).toEqual({ EVENTS: {}, VARIABLES: ['temperature'] });
});

test('a device that is asked and known to nobody is told to be added as generic', async () => {
  await using printer = await scriptedPhone((_request, response) => void response.end('<html>A printer</html>'));
  const { application, caller } = await office();
  expect(await application.phones.identify({ address: printer.origin }, caller)).toMatchObject({
    ok: true,
    value: { candidates: [], match: { vendor: 'generic' } },
  });
  // Never by itself: whoever adds it has to say so.
  expect(await application.phones.add({ name: 'Printer', address: printer.origin }, caller)).toMatchObject({
    ok: false,
    failure: { code: 'VENDOR_UNIDENTIFIED', message: expect.stringContaining('"generic"') },
  });
});

test.each(['%', '%E0%A4%A', '&&&', '=', 'call==&call', '{call}', 'remote={remote}&call=%00', `${'x'.repeat(9_000)}=1`])(
  'whatever comes is an event: %j',
  (rawQuery) => {
    const phone = { model: null, firmware: null, mac: null, options: {}, reachableBy: { http: false, sip: false } };
    for (const path of [...Object.keys(GENERIC_EVENTS), 'other', '__proto__', 'constructor']) {
      const parsed = genericDriver.actionUrls.parse({ path, rawQuery }, phone);
      expect(parsed?.event.type).toBe(
        GENERIC_EVENTS[path] === undefined || !Object.hasOwn(GENERIC_EVENTS, path)
          ? 'OTHER'
          : GENERIC_EVENTS[path].type,
      );
    }
  },
);
