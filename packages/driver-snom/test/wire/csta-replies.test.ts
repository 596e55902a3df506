import { describe, expect, test } from 'vitest';
import {
  type CstaReply,
  callsIn,
  devicesIn,
  doNotDisturbIn,
  forwardingsIn,
  readCstaReply,
  settingsIn,
} from '../../src/wire/csta-replies.ts';
import {
  answerCall,
  getDoNotDisturb,
  getForwarding,
  getSettings,
  getSwitchingFunctionDevices,
  makeCall,
  requestSystemStatus,
  snapshotDevice,
} from '../../src/wire/csta-requests.ts';
import { find } from '../../src/wire/xml.ts';
import { replyOf } from '../fake-context.ts';
import { fixture } from '../fixture.ts';

function outcomeOf(reply: CstaReply) {
  return 'outcome' in reply ? reply.outcome : 'a response';
}
function responseOf(reply: CstaReply) {
  if ('outcome' in reply) throw new Error(JSON.stringify(reply.outcome));
  return reply.response;
}

describe('the three shapes of a response', () => {
  test.each([
    'csta-answer-call-bare-id.200.xml',
    'csta-answer-call-nested-id.bare.200.xml',
    'csta-answer-call-nested-id.soap.200.xml',
  ])('%s', (name) => {
    expect(responseOf(readCstaReply(replyOf(200, fixture(name)), answerCall('1'))).name).toBe('AnswerCallResponse');
  });

  test('a 200 without a body is a success too', () => {
    expect(responseOf(readCstaReply(replyOf(200), answerCall('1'))).children).toEqual([]);
  });
});

describe('faults', () => {
  test.each([
    ['csta-fault-soap.500.xml', 'invalidCallID'],
    ['csta-fault-bare.500.xml', 'invalidCallID'],
    ['csta-fault-bare-as-printed.500.xml', 'invalidCallID'],
    ['csta-fault-legacy.500.xml', 'Invalid CallID'],
  ])('%s', (name, phoneCode) => {
    for (const phoneStatus of [500, 200]) {
      const outcome = outcomeOf(readCstaReply(replyOf(phoneStatus, fixture(name)), answerCall('1')));
      expect(outcome).toMatchObject({ status: 'FAILED', failure: { code: 'PHONE_REJECTED', phoneStatus, phoneCode } });
    }
  });

  test('a fault without a code', () => {
    const text = '<E><Fault><faultstring>CSTA Error</faultstring></Fault></E>';
    const outcome = outcomeOf(readCstaReply(replyOf(500, text), answerCall('1')));
    expect(outcome).toMatchObject({ failure: { phoneCode: 'CSTA Error' } });
  });

  test('the code as text of its element, without the word for its kind', () => {
    const text = '<CSTAErrorCode>invalidCallID</CSTAErrorCode>';
    const outcome = outcomeOf(readCstaReply(replyOf(500, text), answerCall('1')));
    expect(outcome).toMatchObject({ failure: { phoneStatus: 500, phoneCode: 'invalidCallID' } });
  });

  test.each([
    '<E><Fault><faultcode>Client</faultcode></Fault></E>',
    '<csta:CSTAErrorCode>invalidCallID</csta:CSTAErrorCode',
  ])('a fault that tells no code at all: %s', (text) => {
    const outcome = outcomeOf(readCstaReply(replyOf(200, text), answerCall('1')));
    expect(outcome).toEqual({
      status: 'FAILED',
      failure: {
        code: 'PHONE_REJECTED',
        message: 'The phone refused: a fault without a code.',
        phoneStatus: 200,
        phoneCode: null,
        retryable: false,
      },
    });
  });

  test('a request that the phone does not know is for the next way', () => {
    const text = '<CSTAErrorCode><operation>serviceNotSupported</operation></CSTAErrorCode>';
    expect(outcomeOf(readCstaReply(replyOf(500, text), answerCall('1')))).toMatchObject({ status: 'NOT_HERE' });
  });
});

describe('no CSTA', () => {
  test.each([404, 405, 501, 403])('%i is for the next way', (status) => {
    expect(outcomeOf(readCstaReply(replyOf(status), answerCall('1')))).toMatchObject({ status: 'NOT_HERE' });
  });

  test('so is a page of the web interface in its place', () => {
    const outcome = outcomeOf(readCstaReply(replyOf(200, fixture('phone-manager.html')), answerCall('1')));
    expect(outcome).toMatchObject({ status: 'NOT_HERE' });
  });

  test('401 and an empty 500 are failures', () => {
    expect(outcomeOf(readCstaReply(replyOf(401), answerCall('1')))).toMatchObject({
      failure: { code: 'PHONE_UNAUTHORIZED' },
    });
    expect(outcomeOf(readCstaReply(replyOf(500), answerCall('1')))).toMatchObject({
      failure: { code: 'PHONE_REJECTED', phoneStatus: 500 },
    });
  });
});

describe('what cannot be read', () => {
  test.each([
    '<AnswerCallResponse',
    'what?',
    '<!DOCTYPE a [<!ENTITY b "c">]><AnswerCallResponse>&b;</AnswerCallResponse>',
    '<OtherResponse/>',
    '<a/><AnswerCallResponse/>',
  ])('leaves a command unknown: %s', (text) => {
    expect(outcomeOf(readCstaReply(replyOf(200, text), answerCall('1')))).toMatchObject({ status: 'UNKNOWN' });
  });

  test('and fails a question', () => {
    expect(outcomeOf(readCstaReply(replyOf(200, 'what?'), getSettings()))).toMatchObject({ status: 'FAILED' });
  });
});

describe('what responses hold', () => {
  test('settings keep leading zeros and plus signs, and lose the white space that Snom prints', () => {
    const settings = settingsIn(
      responseOf(readCstaReply(replyOf(200, fixture('csta-get-settings.200.xml')), getSettings())),
    );
    expect(settings).toHaveLength(10);
    expect(Object.fromEntries(settings.map(({ name, value }) => [name, value]))).toMatchObject({
      mac: '000413ABCDEF',
      user_name1: '0101',
      user_realname1: 'Ann & Co',
      user_name2: '',
      user_name3: '+49103',
      action_incoming_url: 'http://gw/a/incoming?csta_id=$csta_id&remote=$remote',
    });
  });

  test('a setting without a value is empty, one without a name is none', () => {
    const text =
      '<GetSettingsResponse><Setting><name>action_hold</name></Setting><Setting><value>1</value></Setting></GetSettingsResponse>';
    expect(settingsIn(responseOf(readCstaReply(replyOf(200, text), getSettings())))).toEqual([
      { name: 'action_hold', value: '' },
    ]);
  });

  test('a call that is not named cannot be commanded, so it is left out', () => {
    const info = (inside: string) =>
      `<snapshotDeviceResponseInfo>${inside}<localConnectionState>alerting</localConnectionState></snapshotDeviceResponseInfo>`;
    const text = `<SnapshotDeviceResponse>${info('')}${info('<connectionIdentifier><callID>-12</callID></connectionIdentifier>')}</SnapshotDeviceResponse>`;
    expect(callsIn(responseOf(readCstaReply(replyOf(200, text), snapshotDevice('1'))))).toMatchObject([
      { vendorIds: { csta_id: '-12' }, state: 'RINGING' },
    ]);
  });

  test("the snapshot of Snom's page: a negative id is text", () => {
    const reply = readCstaReply(replyOf(200, fixture('csta-snapshot-device.200.xml')), snapshotDevice('1'));
    expect(callsIn(responseOf(reply))).toEqual([
      {
        vendorIds: { csta_id: '-12' },
        state: 'RINGING',
        direction: 'INCOMING',
        remote: { number: null, uri: null, displayName: null },
        local: { number: '455455', uri: 'sip:455455@ser.intern.snom.de', displayName: null },
      },
    ]);
  });

  test('compound states: own connection first; a call that is over is left out', () => {
    const reply = readCstaReply(replyOf(200, fixture('csta-snapshot-two-calls.200.xml')), snapshotDevice('1'));
    expect(
      callsIn(responseOf(reply)).map(({ vendorIds, state, direction }) => [vendorIds['csta_id'], state, direction]),
    ).toEqual([
      ['-3', 'HELD', null],
      ['4', 'DIALING', 'OUTGOING'],
    ]);
  });

  test.each([
    ['initiated', 'DIALING'],
    ['connected', 'CONNECTED'],
    ['queued', 'CONNECTED'],
    ['hold', 'HELD'],
    ['alerting', 'RINGING'],
  ])('state %s is %s', (own, state) => {
    const text = `<SnapshotDeviceResponse><snapshotDeviceResponseInfo><connectionIdentifier>7</connectionIdentifier><localCallState><compoundCallState><localConnectionState>${own}</localConnectionState></compoundCallState></localCallState></snapshotDeviceResponseInfo></SnapshotDeviceResponse>`;
    expect(callsIn(responseOf(readCstaReply(replyOf(200, text), snapshotDevice('1'))))).toMatchObject([
      { vendorIds: { csta_id: '7' }, state },
    ]);
  });

  test('system status and the call of MakeCall', () => {
    const status = responseOf(
      readCstaReply(replyOf(200, fixture('csta-request-system-status.200.xml')), requestSystemStatus()),
    );
    expect(find(status, 'systemStatus')?.text).toBe('normal');
    const made = responseOf(readCstaReply(replyOf(200, fixture('csta-make-call.200.xml')), makeCall('1', '2')));
    expect(find(made, 'callID')?.text).toBe('2');
  });

  test('do-not-disturb', () => {
    const read = (text: string) =>
      doNotDisturbIn(responseOf(readCstaReply(replyOf(200, text), getDoNotDisturb('1', true))));
    expect(read(fixture('csta-get-do-not-disturb.200.xml'))).toBe(true);
    expect(read('<GetDoNotDisturbResponse><doNotDisturbOn>false</doNotDisturbOn></GetDoNotDisturbResponse>')).toBe(
      false,
    );
    expect(read('<GetDoNotDisturbResponse/>')).toBeNull();
  });

  test('forwarding, as a list or as one', () => {
    const read = (text: string) =>
      forwardingsIn(
        responseOf(
          readCstaReply(replyOf(200, `<GetForwardingResponse>${text}</GetForwardingResponse>`), getForwarding('1')),
        ),
      );
    expect(
      read(
        '<forwardingList><forwardListItem><forwardingType>forwardBusy</forwardingType><forwardStatus>true</forwardStatus><forwardDN>0102</forwardDN></forwardListItem><forwardListItem><forwardingType>forwardImmediate</forwardingType><forwardStatus>false</forwardStatus></forwardListItem></forwardingList>',
      ),
    ).toEqual([
      { type: 'forwardBusy', enabled: true, target: '0102', afterSeconds: null },
      { type: 'forwardImmediate', enabled: false, target: null, afterSeconds: null },
    ]);
    expect(read('<activateForward>1</activateForward><ringDuration>20</ringDuration>')).toEqual([
      { type: null, enabled: true, target: null, afterSeconds: 20 },
    ]);
    expect(read('')).toEqual([]);
  });

  test('devices', () => {
    const read = (text: string) =>
      devicesIn(responseOf(readCstaReply(replyOf(200, text), getSwitchingFunctionDevices())));
    const name = 'GetSwitchingFunctionDevicesResponse';
    expect(read(`<${name}><deviceList><device><deviceID>sip:101@h</deviceID></device></deviceList></${name}>`)).toEqual(
      ['sip:101@h'],
    );
    expect(read(`<${name}><x>sip:1@h</x><y>no</y></${name}>`)).toEqual(['sip:1@h']);
  });
});
