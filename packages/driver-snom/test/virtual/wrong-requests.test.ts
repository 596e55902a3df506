import { describe, expect, test } from 'vitest';
import { firmwareAtLeast } from '../../src/virtual/firmware.ts';
import { unescapeXml } from '../../src/virtual/xml.ts';
import { DEVICE, inEnvelope, NEW, OLD, ringing, run, SNOM, states, texts } from './csta-office.ts';
import { Office } from './office.ts';
import { ask } from './wire.ts';

const device = `<device>${DEVICE}</device>`;
const named = (name: string, id: string) => `<${name}><callID>${id}</callID></${name}>`;

describe('CSTA that makes no sense changes nothing, and is refused by its word', () => {
  test.each([
    ['MakeCall to nobody', `<MakeCall><callingDevice>${DEVICE}</callingDevice><calledDirectoryNumber/></MakeCall>`],
    [
      'SetForwarding of no kind',
      `<SetForwarding>${device}<forwardingType>forwardMoon</forwardingType><activateForward>true</activateForward></SetForwarding>`,
    ],
    [
      'SetForwarding to neither',
      `<SetForwarding>${device}<forwardingType>forwardBusy</forwardingType><activateForward>maybe</activateForward></SetForwarding>`,
    ],
    [
      'SetDoNotDisturb to neither',
      `<SetDoNotDisturb>${device}<doNotDisturbOn>maybe</doNotDisturbOn></SetDoNotDisturb>`,
    ],
  ])('%s', async (_, request) => {
    await using office = await Office.open();
    const phone = await office.phone({ ...SNOM, ...NEW });
    const reply = await run(office, phone, request);
    expect([reply.status, texts(reply, 'operation')]).toEqual([500, ['invalidParameterValue']]);
    expect([phone.calls, phone.features.isOn('dnd'), phone.features.forward('busy').on]).toEqual([[], false, false]);
  });

  test.each(['TransferCall', 'ConferenceCall'])('%s without its other call', async (name) => {
    await using office = await Office.open();
    const { phone, id } = await ringing(office, NEW);
    const request = `<${name}>${named('heldCall', id)}${named('activeCall', '-99')}</${name}>`;
    const reply = await run(office, phone, request);
    expect([reply.status, texts(reply, 'operation')]).toEqual([500, ['invalidCallID']]);
    expect(states(phone)).toEqual(['455360 ringing']);
  });

  test('AnswerCall of old firmware without a call', async () => {
    await using office = await Office.open();
    const { phone } = await ringing(office, OLD);
    const reply = await run(office, phone, inEnvelope('<AnswerCall></AnswerCall>'));
    expect([reply.status, texts(reply, 'operation')]).toEqual([500, ['Invalid CallID']]);
    expect(states(phone)).toEqual(['455360 ringing']);
  });

  test('GenerateDigits into a call that rings', async () => {
    await using office = await Office.open();
    const { phone, far, id } = await ringing(office, NEW);
    const request = `<GenerateDigits>${named('connectionToSendDigits', id)}<charactersToSend>12</charactersToSend></GenerateDigits>`;
    const reply = await run(office, phone, request);
    expect([reply.status, texts(reply, 'operation')]).toEqual([500, ['invalidObjectState']]);
    expect([phone.effects.all, far.legs[0]?.receivedDigits]).toEqual([[], '']);
  });

  test.each(['', '<document></document>', '<document>plain text</document>'])('XmlPush of "%s"', async (content) => {
    await using office = await Office.open();
    const phone = await office.phone(NEW);
    const reply = await run(office, phone, inEnvelope(`<XmlPush>${content}</XmlPush>`));
    expect([reply.status, texts(reply, 'operation')]).toEqual([500, ['invalidParameterValue']]);
    expect(phone.browser.shown.count).toBe(0);
  });

  test('ConsultationCall from a call that rings, and to nobody', async () => {
    await using office = await Office.open();
    const { phone, id } = await ringing(office, NEW);
    const consult = (to: string) =>
      `<ConsultationCall>${named('existingCall', id)}<consultedDevice>${to}</consultedDevice></ConsultationCall>`;
    expect(texts(await run(office, phone, consult('1')), 'operation')).toEqual(['invalidObjectState']);
    await run(office, phone, `<AnswerCall>${named('callToBeAnswered', id)}</AnswerCall>`);
    expect(texts(await run(office, phone, consult('')), 'operation')).toEqual(['invalidParameterValue']);
    expect(states(phone)).toEqual(['455360 held']);
  });
});

describe('pages that are asked for what they do not do', () => {
  test.each(['FIX_LIL=false', 'key_dtmf=1', 'REREGISTER=99', 'LOGOFFLINE=99', 'nonsense=1'])(
    'command.htm?%s',
    async (query) => {
      await using office = await Office.open();
      const phone = await office.phone();
      expect((await ask(phone, `/command.htm?${query}`)).status).toBe(200);
      await office.quiet();
      expect([phone.lineInfoLayerFixed, phone.calls, phone.accounts.map(({ registered }) => registered)]).toEqual([
        ...[false, [], [true]],
      ]);
    },
  );

  test.each([
    '/line_login.htm?PLAY_RINGER:0=+Ringer',
    '/line_login.htm?PLAY_RINGER=+Ringer',
    '/advanced_update.htm?reboot=Yes',
    '/advanced_update.htm?reset=Yes',
    '/dummy.htm?swload=load',
    '/dummy.htm?firmware=http://fw.example/fw.bin',
    '/minibrowser.htm',
    '/minibrowser.htm?link=snom://mb_exit',
  ])('%s changes nothing', async (target) => {
    await using office = await Office.open();
    const phone = await office.phone();
    phone.browser.show('<SnomIPPhoneText><Title>Hi</Title></SnomIPPhoneText>');
    expect((await ask(phone, target)).status).toBe(200);
    await office.quiet();
    expect([phone.effects.all, phone.browser.document?.title, phone.browser.client.history.all]).toEqual([
      ...[[], 'Hi', []],
    ]);
  });

  test.each(['/reset.htm', '/confirm.htm', '/reboot.htm'])(
    '%s without its word neither restarts nor resets',
    async (path) => {
      await using office = await Office.open();
      const phone = await office.phone();
      await ask(phone, path);
      await office.quiet();
      expect(phone.effects.all.filter(({ type }) => type === 'rebooted' || type === 'reset')).toEqual([]);
    },
  );
});

test('references in XML: by number, by name, and what is none stays', () => {
  expect(unescapeXml('&#65;&#x42;&amp;&QUOT;&nothing;&#xFFFFFFF;&#99999999;')).toBe(
    'AB&"&nothing;&#xFFFFFFF;&#99999999;',
  );
});

test('firmware is compared by its numbers, one without any is older than all', () => {
  expect([firmwareAtLeast('8.7', '8.7.0'), firmwareAtLeast('8.7.0', '8.7'), firmwareAtLeast('8.10', '8.9')]).toEqual([
    ...[true, true, true],
  ]);
  expect([firmwareAtLeast('8.7', '8.7.1'), firmwareAtLeast('new', '0.1')]).toEqual([false, false]);
});
