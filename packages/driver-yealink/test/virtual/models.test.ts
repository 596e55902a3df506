import { expect, test } from 'vitest';
import { FIRMWARE_FAMILIES, findModel } from '../../src/models.ts';
import { createVirtualYealinkPhone, openTo, YEALINK_MODELS } from '../../src/virtual/index.ts';
import { sendRequest } from './support/raw-http.ts';

test('every model of the table starts and says its name', async () => {
  let started = 0;
  for (const [name, model] of YEALINK_MODELS) {
    await using phone = createVirtualYealinkPhone({ model: name });
    await phone.start();
    expect(phone.lights.has(`LINE${model.lineKeys}`)).toBe(model.lineKeys > 0);
    expect(phone.lights.has(`LINE${model.lineKeys + 1}`)).toBe(false);
    const { status } = await sendRequest(phone.address, 'GET /');
    expect([name, status, phone.firmware.split('.')[0]]).toEqual([name, 404, String(model.firmwarePrefix)]);
    started += 1;
  }
  expect(started).toBe(49);
});

test('touch models take no sequences, as the guide lists them', () => {
  for (const name of ['T57W', 'T48U', 'T48S', 'T48G', 'T49G'])
    expect([name, YEALINK_MODELS.get(name)?.touch]).toEqual([name, true]);
  for (const name of ['T46S', 'T54W', 'T31G', 'T23G'])
    expect([name, YEALINK_MODELS.get(name)?.touch]).toEqual([name, false]);
});

test('the driver knows the same of each model, but for line keys on which sources disagree', () => {
  const lineKeys: unknown[] = [];
  for (const [name, model] of YEALINK_MODELS) {
    const known = findModel(name);
    expect([name, known?.lacksKeys.toSorted()]).toEqual([name, model.missingKeys.toSorted()]);
    expect([name, FIRMWARE_FAMILIES.get(model.firmwarePrefix) ?? []]).toEqual([name, expect.arrayContaining([name])]);
    if (known?.functionKeys !== model.lineKeys) lineKeys.push([name, known?.functionKeys, model.lineKeys]);
  }
  expect(lineKeys).toEqual([
    ['T28P', null, 6],
    ['T43U', 21, 15],
  ]);
});

test.each(['CP920', 'CP925', 'CP935W'])('a %s has no speaker key', async (name) => {
  await using phone = createVirtualYealinkPhone({
    model: name,
    settings: openTo('any'),
    quirks: { unknownKeyStatus: 400 },
  });
  await phone.start();
  const headers = { Authorization: `Basic ${Buffer.from('admin:admin').toString('base64')}` };
  const press = async (key: string) =>
    (await sendRequest(phone.address, `GET /servlet?key=${key}`, { headers })).status;
  expect([await press('SPEAKER'), await press('MUTE')]).toEqual([400, 200]);
});

test('what makes no sense is refused when the phone is made', () => {
  expect(() => createVirtualYealinkPhone({ model: 'T99' })).toThrow('No virtual Yealink phone of model T99');
  expect(() => createVirtualYealinkPhone({ mac: '12345' })).toThrow('no MAC address');
  const account = { index: 1, enabled: true, registered: true, label: '', number: '1', displayName: '', domain: 'x' };
  expect(() => createVirtualYealinkPhone({ model: 'T30P', accounts: [account, { ...account, index: 2 }] })).toThrow(
    '1 accounts',
  );
});

test('two phones get different MAC addresses, and a phone can be named either way', () => {
  const [one, two] = [createVirtualYealinkPhone({ model: 'SIP-T46U' }), createVirtualYealinkPhone({ model: 't46u' })];
  expect([one.model, two.model, one.mac === two.mac]).toEqual(['SIP-T46U', 'SIP-T46U', false]);
});
