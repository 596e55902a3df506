import { describe, expect, test } from 'vitest';
import { type CstaMessage, cstaNamespace, cstaRequest } from '../../src/wire/csta-envelope.ts';
import * as requests from '../../src/wire/csta-requests.ts';
import { fixture, fixtureRows } from '../fixture.ts';

const nested = { connectionIds: 'NESTED', edition: 'ed4' } as const;
const bare = { connectionIds: 'BARE', edition: 'ed4' } as const;

/** Quotes, line breaks between elements and the declaration say nothing in XML: Snom's own text alternates them. */
function normalised(xml: string): string {
  return xml
    .replace(/<\?xml[^>]*\?>/, '')
    .replace(/>\s+</g, '><')
    .replaceAll("'", '"')
    .trim();
}

const bodyOf = (message: CstaMessage, dialect: typeof nested | typeof bare) => cstaRequest(message, dialect).body ?? '';

describe("Snom's own examples", () => {
  test('AnswerCall before 8.7, as posted', () => {
    const [head = '', body = ''] = fixture('csta-answer-call-bare-id.http').split(/\r?\n\r?\n/);
    const request = cstaRequest(requests.answerCall('-2'), bare);
    expect(request.body).toBe(body);
    expect(head).toContain(`${request.method} ${request.target} HTTP/1.1`);
    expect(head).toContain(`Content-Type: ${request.headers?.['Content-Type']}`);
    expect(head).toContain(`Content-Length: ${Buffer.byteLength(request.body ?? '')}`);
  });

  test.each([
    ['csta-answer-call-nested-id.soap.xml', requests.answerCall('-18')],
    ['csta-request-system-status.xml', requests.requestSystemStatus()],
    ['csta-snapshot-device.xml', requests.snapshotDevice('455455@ser.intern.snom.de')],
    ['csta-make-call.xml', requests.makeCall('sip:455455@ser.intern.snom.de', '455360')],
    ['csta-get-settings.xml', requests.getSettings()],
    ['csta-fire-test.xml', requests.fireTest()],
    [
      'csta-xml-push.xml',
      requests.xmlPush('<SnomIPPhoneText><Title>Caller</Title><Text>Fred &amp; Co</Text></SnomIPPhoneText>', 'quoted'),
    ],
  ])('%s', (name, message) => {
    // The fixture's quotes around a pushed document stand for themselves; ours are escaped, which is the same in XML.
    expect(normalised(bodyOf(message, nested)).replaceAll('&quot;', '"')).toBe(normalised(fixture(name)));
  });

  test('SetSettings, but for the white space that Snom prints inside', () => {
    const body = bodyOf(
      requests.setSettings([
        { name: 'action_incoming_url', value: 'http://192.168.0.2/in?remote=$remote&id=$csta_id' },
        { name: 'action_fwtest_url', value: 'http://192.168.0.2/test' },
      ]),
      nested,
    );
    expect(body).toBe(fixture('csta-set-settings.xml').replace(/(<csta:(?:name|value)>) (.*?) (<\/)/g, '$1$2$3'));
  });
});

const messages: Readonly<Record<string, CstaMessage>> = {
  AnswerCall: requests.answerCall('-18'),
  ClearConnection: requests.clearConnection('-18'),
  ClearCall: requests.clearCall('-18'),
  HoldCall: requests.holdCall('-18'),
  RetrieveCall: requests.retrieveCall('-18'),
  ConsultationCall: requests.consultationCall('-18', '+49102'),
  TransferCall: requests.transferCall('-18', '2'),
  ConferenceCall: requests.conferenceCall('-18', '2'),
  SingleStepTransferCall: requests.singleStepTransferCall('-18', '0102'),
  DeflectCall: requests.deflectCall('-18', '0102'),
  GenerateDigits: requests.generateDigits('-18', '1*#'),
  MakeCall: requests.makeCall('sip:101@pbx.example', '0102'),
  RequestSystemStatus: requests.requestSystemStatus(),
  SnapshotDevice: requests.snapshotDevice('sip:101@pbx.example'),
  GetSwitchingFunctionDevices: requests.getSwitchingFunctionDevices(),
  GetDoNotDisturb: requests.getDoNotDisturb('1', true),
  SetDoNotDisturb: requests.setDoNotDisturb('1', true),
  GetForwarding: requests.getForwarding('1'),
  SetForwarding: requests.setForwarding('1', { kind: 'NO_ANSWER', enabled: true, target: '0102', afterSeconds: 20 }),
};
const withoutEnvelope: Readonly<Record<string, string>> = {
  RequestSystemStatus: 'ed3',
  SnapshotDevice: 'ed5',
  MakeCall: 'ed5',
};
const elements = fixtureRows('csta-elements.txt');

/** The inner part of a body, without envelope and prefixes. */
function innerOf(body: string, name: string): string {
  const plain = body.replaceAll('csta:', '');
  return new RegExp(`<${name}(?: [^>]*)?>(.*)</${name}>`).exec(plain)?.[1] ?? '';
}

describe('the 19 standard requests in both dialects', () => {
  test('are all in the table', () => {
    expect(elements.map(([name]) => name).sort()).toEqual(Object.keys(messages).sort());
    expect(elements).toHaveLength(19);
    const own = ['GetSettings', 'SetSettings', 'XmlPush', 'FireTest'];
    expect(Object.keys(requests.CSTA_REQUESTS).sort()).toEqual([...Object.keys(messages), ...own].sort());
  });

  test.each(elements)('%s', (name = '', nestedElements = '', bareElements = '') => {
    const message = messages[name] ?? requests.fireTest();
    const edition = withoutEnvelope[name];
    const modern = bodyOf(message, nested);
    const old = bodyOf(message, bare);
    expect(innerOf(modern, name)).toBe(nestedElements);
    expect(innerOf(old, name)).toBe(bareElements);
    expect(old).toContain(`<SOAP-ENV:Body><csta:${name}>`);
    expect(old).toContain(`xmlns:csta="${cstaNamespace('ed4')}"`);
    if (edition === undefined) expect(modern).toContain(`<SOAP-ENV:Body><csta:${name}>`);
    else expect(modern).toContain(`<${name} xmlns="${cstaNamespace(edition === 'ed3' ? 'ed3' : 'ed5')}"`);
  });

  test.each(Object.entries(messages))('%s only reads, or does not', (name, message) => {
    const reads = /^(?:Get|Snapshot|RequestSystem)/.test(name);
    expect(cstaRequest(message, nested).readOnly ?? false).toBe(reads);
  });

  test('ClearCall and the four of Snom are in an envelope in every dialect', () => {
    const four = [
      requests.getSettings(),
      requests.setSettings([]),
      requests.xmlPush('<a/>', 'escaped'),
      requests.fireTest(),
    ];
    for (const message of [requests.clearCall('1'), ...four]) {
      expect(bodyOf(message, nested)).toContain('<SOAP-ENV:Envelope');
    }
  });
});

describe('details', () => {
  test('text is escaped, so that nothing gets out of its element', () => {
    const body = bodyOf(requests.deflectCall('1</callID>', '<a>&"'), nested);
    expect(body).toContain('<csta:callID>1&lt;/callID&gt;</csta:callID>');
    expect(body).toContain('<csta:newDestination>&lt;a&gt;&amp;&quot;</csta:newDestination>');
  });

  test.each([
    ['escaped', '<csta:document>&lt;a&gt;]]&gt;&lt;/a&gt;</csta:document>'],
    ['quoted', '<csta:document>&quot;&lt;a&gt;]]&gt;&lt;/a&gt;&quot;</csta:document>'],
    ['cdata', '<csta:document><![CDATA[<a>]]]]><![CDATA[></a>]]></csta:document>'],
  ] as const)('XmlPush %s', (form, element) => {
    expect(bodyOf(requests.xmlPush('<a>]]></a>', form), nested)).toContain(element);
  });

  test.each([
    ['ALWAYS', 'forwardImmediate'],
    ['BUSY', 'forwardBusy'],
    ['NO_ANSWER', 'forwardNoAns'],
  ] as const)('forwarding %s is %s', (kind, type) => {
    const body = bodyOf(requests.setForwarding('1', { kind, enabled: false }), nested);
    expect(body).toContain(
      `<csta:forwardingType>${type}</csta:forwardingType><csta:activateForward>false</csta:activateForward></csta:SetForwarding>`,
    );
  });

  test('the edition of the envelope is an option', () => {
    const { body } = cstaRequest(requests.fireTest(), { connectionIds: 'NESTED', edition: 'ed5' });
    expect(body).toContain('xmlns:csta="http://www.ecma-international.org/standards/ecma-323/csta/ed5"');
  });
});
