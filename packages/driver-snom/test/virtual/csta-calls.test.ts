import { describe, expect, test } from 'vitest';
import { parseXml } from '../../src/virtual/xml.ts';
import { DEVICE, inEnvelope, NEW, OLD, ringing, run, SNOM, states, texts } from './csta-office.ts';
import { Office } from './office.ts';
import { fixture } from './wire.ts';

describe('calls', () => {
  const CONNECTIONS = {
    AnswerCall: 'callToBeAnswered',
    HoldCall: 'callToBeHeld',
    RetrieveCall: 'callToBeRetrieved',
    ClearConnection: 'connectionToBeCleared',
    ClearCall: 'callToBeCleared',
    ConsultationCall: 'existingCall',
    TransferCall: 'heldCall',
    ConferenceCall: 'heldCall',
    SingleStepTransferCall: 'activeCall',
    DeflectCall: 'callToBeDiverted',
    GenerateDigits: 'connectionToSendDigits',
  } as const;
  const call = (request: keyof typeof CONNECTIONS, id: string, more = '') => {
    const child = CONNECTIONS[request];
    return `<${request}><${child}><callID>${id}</callID></${child}>${more}</${request}>`;
  };

  /** A phone in conversation with 455360. */
  const talking = async (office: Office) => {
    const made = await ringing(office, NEW);
    await run(office, made.phone, call('AnswerCall', made.id));
    expect(states(made.phone)).toEqual(['455360 connected']);
    return made;
  };

  test('HoldCall and RetrieveCall act once; a second time is the wrong state', async () => {
    await using office = await Office.open();
    const { phone, id } = await talking(office);
    expect((await run(office, phone, call('HoldCall', id))).status).toBe(200);
    expect(states(phone)).toEqual(['455360 held']);
    const again = await run(office, phone, call('HoldCall', id));
    expect([again.status, texts(again, 'operation')]).toEqual([500, ['invalidObjectState']]);
    const snapshot = await run(office, phone, '<SnapshotDevice><snapshotObject>1</snapshotObject></SnapshotDevice>');
    expect([texts(snapshot, 'callID'), texts(snapshot, 'localConnectionState')]).toEqual([[id], ['hold']]);
    expect((await run(office, phone, call('RetrieveCall', id))).status).toBe(200);
    expect(states(phone)).toEqual(['455360 connected']);
  });

  test.each(['ClearConnection', 'ClearCall'] as const)('%s ends the call', async (request) => {
    await using office = await Office.open();
    const { phone, far, id } = await talking(office);
    expect((await run(office, phone, inEnvelope(call(request, id)))).status).toBe(200);
    expect([phone.calls, far.legs]).toEqual([[], []]);
  });

  test('a connection may be named by its device alone', async () => {
    await using office = await Office.open();
    const { phone } = await talking(office);
    const request = `<HoldCall><callToBeHeld><deviceID>${DEVICE}</deviceID></callToBeHeld></HoldCall>`;
    expect((await run(office, phone, request)).status).toBe(200);
    expect(states(phone)).toEqual(['455360 held']);
  });

  test('ConsultationCall holds and dials, TransferCall joins', async () => {
    await using office = await Office.open();
    const { phone, far, id } = await talking(office);
    office.party('1003', { answersAfterMs: 0 });
    const more = '<consultedDevice>1003</consultedDevice>';
    const reply = await run(office, phone, call('ConsultationCall', id, more));
    const [consultation = ''] = texts(reply, 'callID');
    expect(states(phone)).toEqual(['455360 held', '1003 connected']);
    expect(Number(consultation)).toBeGreaterThan(0);
    const join = `<activeCall><callID>${consultation}</callID></activeCall>`;
    expect((await run(office, phone, call('TransferCall', id, join))).status).toBe(200);
    expect([phone.calls, far.legs[0]?.remote.number]).toEqual([[], '1003']);
  });

  test('ConferenceCall', async () => {
    await using office = await Office.open();
    const { phone, id } = await talking(office);
    office.party('1003', { answersAfterMs: 0 });
    const made = await run(office, phone, call('ConsultationCall', id, '<consultedDevice>1003</consultedDevice>'));
    const join = `<activeCall><callID>${texts(made, 'callID')[0]}</callID></activeCall>`;
    expect((await run(office, phone, call('ConferenceCall', id, join))).status).toBe(200);
    expect(states(phone)).toEqual(['455360 connected', '1003 connected']);
  });

  test('SingleStepTransferCall', async () => {
    await using office = await Office.open();
    const { phone, far, id } = await talking(office);
    office.party('1003', { answersAfterMs: 0 });
    const more = '<transferredTo>1003</transferredTo>';
    expect((await run(office, phone, call('SingleStepTransferCall', id, more))).status).toBe(200);
    expect([phone.calls, far.legs[0]?.remote.number]).toEqual([[], '1003']);
  });

  test('DeflectCall', async () => {
    await using office = await Office.open();
    const { phone, id } = await ringing(office, NEW);
    const other = office.party('1003');
    const more = '<newDestination>1003</newDestination>';
    expect((await run(office, phone, call('DeflectCall', id, more))).status).toBe(200);
    expect([phone.calls, other.legs.length]).toEqual([[], 1]);
  });

  test('GenerateDigits', async () => {
    await using office = await Office.open();
    const { phone, far, id } = await talking(office);
    const more = '<charactersToSend>12#</charactersToSend>';
    expect((await run(office, phone, call('GenerateDigits', id, more))).status).toBe(200);
    expect(far.legs[0]?.receivedDigits).toBe('12#');
  });

  test('MakeCall from an unknown device is refused', async () => {
    await using office = await Office.open();
    const phone = await office.phone(NEW);
    const request =
      '<MakeCall><callingDevice>sip:9@x</callingDevice><calledDirectoryNumber>1</calledDirectoryNumber></MakeCall>';
    expect(texts(await run(office, phone, request), 'operation')).toEqual(['invalidDeviceID']);
    expect(phone.calls).toEqual([]);
  });

  test('bare ids come back bare', async () => {
    await using office = await Office.open();
    const phone = await office.phone({ ...OLD, ...SNOM });
    const reply = await run(office, phone, inEnvelope(fixture('csta-make-call.xml')));
    expect([texts(reply, 'callingDevice'), texts(reply, 'callID')]).toEqual([['1'], []]);
  });
});

describe('the phone itself', () => {
  test('do not disturb', async () => {
    await using office = await Office.open();
    const phone = await office.phone(NEW);
    const set = '<SetDoNotDisturb><device>1</device><doNotDisturbOn>true</doNotDisturbOn></SetDoNotDisturb>';
    expect((await run(office, phone, set)).status).toBe(200);
    const read = await run(office, phone, '<GetDoNotDisturb><device>1</device></GetDoNotDisturb>');
    expect([texts(read, 'doNotDisturbOn'), phone.features.isOn('dnd')]).toEqual([['true'], true]);
  });

  test('forwarding', async () => {
    await using office = await Office.open();
    const phone = await office.phone(NEW);
    const set =
      '<SetForwarding><device/><forwardingType>forwardBusy</forwardingType><activateForward>true</activateForward><forwardDN>1003</forwardDN></SetForwarding>';
    expect((await run(office, phone, set)).status).toBe(200);
    const read = await run(office, phone, '<GetForwarding><device/></GetForwarding>');
    expect(texts(read, 'forwardingType')).toEqual(['forwardImmediate', 'forwardBusy', 'forwardNoAns']);
    expect([texts(read, 'forwardStatus'), texts(read, 'forwardDN')]).toEqual([
      ['false', 'true', 'false'],
      ['', '1003', ''],
    ]);
    expect(phone.features.forward('busy')).toMatchObject({ on: true, target: '1003' });
  });

  test('GetSwitchingFunctionDevices is known', async () => {
    await using office = await Office.open();
    const phone = await office.phone(NEW);
    expect((await run(office, phone, '<GetSwitchingFunctionDevices/>')).status).toBe(200);
  });
});

describe('proprietary', () => {
  test('GetSettings tells the whole list and nothing else', async () => {
    await using office = await Office.open();
    const phone = await office.phone({ ...NEW, settings: { action_hold: 'http://gw/h?a=1&b=2' } });
    const reply = await run(office, phone, fixture('csta-get-settings.xml'));
    const names = texts(reply, 'name');
    const values = Object.fromEntries(names.map((name, index) => [name, texts(reply, 'value')[index]]));
    expect(names).toHaveLength(3 + 3 * 12 + 12);
    expect(values).toMatchObject({
      mac: phone.mac.toUpperCase(),
      phone_type: 'snom720',
      firmware_version: 'snom720-SIP 8.7.5.35',
      user_name1: '1001',
      user_name12: '',
      action_hold: 'http://gw/h?a=1&b=2',
      action_missed_url: '',
    });
    expect(names).not.toContain('action_fwtest_url');
  });

  test('SetSettings writes the list and the hidden firewall test; FireTest fires it', async () => {
    await using office = await Office.open();
    const phone = await office.phone(NEW);
    const body = fixture('csta-set-settings.xml').replaceAll('http://192.168.0.2', office.gateway.address);
    const reply = await run(office, phone, body);
    expect([reply.status, parseXml(reply.body)?.children[1]?.children[0]?.name]).toEqual([200, 'SetSettingsResponse']);
    expect(phone.settings.get('action_incoming_url')).toBe(`${office.gateway.address}/in?remote=$remote&id=$csta_id`);
    expect((await run(office, phone, fixture('csta-fire-test.xml'))).status).toBe(200);
    expect((await office.called('/test')).method).toBe('GET');
  });

  test.each([
    ['ignore', 200],
    ['fault', 500],
  ] as const)('a setting outside the list: %s', async (unlistedCstaSettings, status) => {
    await using office = await Office.open();
    const phone = await office.phone({ ...NEW, quirks: { unlistedCstaSettings } });
    const request = '<SetSettings><Setting><name>language</name><value>Deutsch</value></Setting></SetSettings>';
    expect((await run(office, phone, inEnvelope(request))).status).toBe(status);
    expect(phone.settings.get('language')).toBe('English');
  });

  test.each([
    [true, 'http://gw/h'],
    [false, ''],
  ])('whether SetSettings outlives a reboot: %s', async (cstaSettingsReachFlash, expected) => {
    await using office = await Office.open();
    const phone = await office.phone({ ...NEW, quirks: { cstaSettingsReachFlash, rebootMs: 0 } });
    await run(
      office,
      phone,
      inEnvelope('<SetSettings><Setting><name>action_hold</name><value>http://gw/h</value></Setting></SetSettings>'),
    );
    expect(phone.settings.get('action_hold')).toBe('http://gw/h');
    phone.power.reboot();
    await phone.power.settled();
    expect(phone.settings.get('action_hold')).toBe(expected);
  });

  const document = '<SnomIPPhoneText><Title>Caller</Title><Text>Fred &amp; Co</Text></SnomIPPhoneText>';
  const push = (content: string) =>
    inEnvelope(`<csta:XmlPush xmlns:csta="x"><csta:document>${content}</csta:document></csta:XmlPush>`);

  test.each([
    ['as in the document, escaped and in quotes', fixture('csta-xml-push.xml')],
    [
      'escaped',
      push(
        '&lt;SnomIPPhoneText&gt;&lt;Title&gt;Caller&lt;/Title&gt;&lt;Text&gt;Fred &amp;amp; Co&lt;/Text&gt;&lt;/SnomIPPhoneText&gt;',
      ),
    ],
    ['in a CDATA section', push(`<![CDATA[${document}]]>`)],
    ['as it is, in quotes', push(`"${document}"`)],
    ['as it is, with a declaration', push(`<?xml version="1.0" encoding="UTF-8"?>${document}`)],
  ])('XmlPush shows a document %s', async (_, body) => {
    await using office = await Office.open();
    const phone = await office.phone(NEW);
    expect((await run(office, phone, body)).status).toBe(200);
    expect([phone.browser.document?.title, phone.browser.document?.lines]).toEqual(['Caller', ['Fred & Co']]);
  });
});
