import { expect, test } from 'vitest';
import { shownXml } from '../src/phone/shown-xml.ts';

const HEAD = 'POST /servlet?push=xml HTTP/1.1\nHost: 192.0.2.1\n\n';

test('a document that is sent as it is comes out a line an element', () => {
  const document =
    '<YealinkIPPhoneTextScreen Beep="no"><Title>A</Title><Text>B &lt; C</Text></YealinkIPPhoneTextScreen>';
  expect(shownXml(`${HEAD}xml=<?xml version="1.0"?>${document}`)).toBe(
    '<YealinkIPPhoneTextScreen Beep="no">\n  <Title>A</Title>\n  <Text>B &lt; C</Text>\n</YealinkIPPhoneTextScreen>',
  );
});

test('a document within SOAP is text there, escaped once more', () => {
  const inner = '&lt;SnomIPPhoneText&gt;&lt;Text&gt;B &amp;lt; C&lt;/Text&gt;&lt;Led/&gt;&lt;/SnomIPPhoneText&gt;';
  expect(shownXml(`${HEAD}<soap><document>&lt;?xml?&gt;${inner}</document></soap>`)).toBe(
    '<SnomIPPhoneText>\n  <Text>B &lt; C</Text>\n  <Led/>\n</SnomIPPhoneText>',
  );
});

test.each([HEAD, '', '<SnomIPPhoneText><Text>it has no end', 'GET /command.htm?key=OK HTTP/1.1'])(
  'there is none in %j',
  (exchange) => {
    expect(shownXml(exchange)).toBeNull();
  },
);
