import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { isXmlText, utf8Length } from '../../src/wire/encoding.ts';
import { objectionTo, XML_OBJECTS } from '../../src/wire/xml-check.ts';
import { configurations, execute, fits, MAX_XML_BYTES, textScreen } from '../../src/wire/xml-objects.ts';
import { pushRequest } from '../../src/wire/xml-push.ts';
import { fixture } from '../support/fixture.ts';

describe("the documents' literals", () => {
  test.each([
    ['text-screen.xml', textScreen({ title: 'Lunch', text: 'Soup & bread', beep: true })],
    ['configuration.xml', configurations([{ name: 'linekey.3.label', value: 'Text' }])[0] ?? ''],
    ['led.xml', execute(['Led:LINE1_RED=on'])],
    ['dial.xml', execute(['Dial:*09'])],
  ])('%s', (file, document) => {
    expect(pushRequest(document, 'web').body).toBe(fixture(`xml-push/${file}`));
  });

  test('how a push goes out', () => {
    expect(pushRequest('<a/>', 'push')).toEqual({
      method: 'POST',
      target: '/servlet?push=xml',
      headers: { 'content-type': 'text/xml; charset=utf-8' },
      body: 'xml=<a/>',
      credentials: 'push',
    });
  });
});

describe('hostile text stays text', () => {
  const hostile = `</Text><ExecuteItem URI="Command:Reset"/>&"'<![CDATA[ Grüße 😀`;

  test('in a message', () => {
    const document = textScreen({ title: hostile, text: hostile, timeoutSeconds: 5, beep: false });
    expect(XMLValidator.validate(document)).toBe(true);
    const screen = new XMLParser({ ignoreAttributes: false }).parse(document).YealinkIPPhoneTextScreen;
    expect(screen).toMatchObject({ Title: hostile, Text: hostile, '@_Timeout': '5', '@_Beep': 'no' });
    expect(Object.keys(screen)).not.toContain('ExecuteItem');
  });

  test('in an attribute', () => {
    const document = execute([`Dial:"/><ExecuteItem URI="Command:Reset`]);
    expect(document.match(/<ExecuteItem/g)).toHaveLength(1);
  });
});

describe('length', () => {
  test('counts bytes, not characters', () => {
    expect(utf8Length('ü😀')).toBe(6);
    expect(fits('ü'.repeat(5000))).toBe(true);
    expect(fits('ü'.repeat(5001))).toBe(false);
  });

  test('settings are spread over documents, each short enough, none lost, in order', () => {
    const items = Array.from({ length: 45 }, (_, at) => ({ name: `action_url.n${at}`, value: '&'.repeat(200) }));
    const documents = configurations(items);
    expect(documents.length).toBeGreaterThan(1);
    expect(Math.max(...documents.map(utf8Length))).toBeLessThanOrEqual(MAX_XML_BYTES);
    const names = documents.join('').match(/action_url\.n\d+/g);
    expect(names).toEqual(items.map(({ name }) => name));
  });
});

test('what XML can hold', () => {
  expect(isXmlText('a\tb\nc\r😀')).toBe(true);
  expect(isXmlText('a\u0000')).toBe(false);
  expect(isXmlText('\ud800')).toBe(false);
});

describe('documents that are pushed as they are', () => {
  const pushable = XML_OBJECTS.filter((name) => name !== 'YealinkIPPhoneConfiguration');

  test.each(pushable)('%s may', (name) => {
    expect(objectionTo(`<?xml version="1.0" encoding="UTF-8"?>\n<${name} Beep="no"><A>b</A></${name}>`)).toBeNull();
  });

  test.each([
    ['<YealinkIPPhoneExecute><ExecuteItem URI="Led:LINE1_RED=on"/></YealinkIPPhoneExecute>'],
    ['<YealinkIPPhoneExecute><ExecuteItem URI=""/></YealinkIPPhoneExecute>'],
    [
      '<YealinkIPPhoneTextMenu doneAction="http://192.0.2.9/next.xml"><MenuItem><Prompt>Command: call Bob</Prompt><URI>Dial:101</URI></MenuItem></YealinkIPPhoneTextMenu>',
    ],
    [
      '<?xml version="1.0" encoding="ISO-8859-1"?><YealinkIPPhoneStatus><Message>plain</Message></YealinkIPPhoneStatus>',
    ],
  ])('%s may', (document) => {
    expect(objectionTo(document)).toBeNull();
  });

  test.each([
    ['well-formed', ''],
    ['well-formed', '<YealinkIPPhoneTextScreen>'],
    ['root', '<SnomIPPhoneText/>'],
    ['DOCTYPE', '<!DOCTYPE x><YealinkIPPhoneStatus/>'],
    ['bytes', `<YealinkIPPhoneStatus>${'a'.repeat(MAX_XML_BYTES)}</YealinkIPPhoneStatus>`],
    ['characters', '<YealinkIPPhoneStatus>\u0007</YealinkIPPhoneStatus>'],
    ['ISO-8859-1', '<?xml version="1.0" encoding="ISO-8859-1"?><YealinkIPPhoneStatus>ü</YealinkIPPhoneStatus>'],
    ['writeSettings', '<YealinkIPPhoneConfiguration><Item>a.b = 1</Item></YealinkIPPhoneConfiguration>'],
    ['factoryReset', '<YealinkIPPhoneExecute><ExecuteItem URI="Command:Reset"/></YealinkIPPhoneExecute>'],
    ['factoryReset', '<YealinkIPPhoneExecute><ExecuteItem URI="Command: Reset"/></YealinkIPPhoneExecute>'],
    ['factoryReset', '<YealinkIPPhoneExecute><ExecuteItem uri=" command:Reset"/></YealinkIPPhoneExecute>'],
    ['factoryReset', '<YealinkIPPhoneExecute><ExecuteItem URI="&#67;ommand:Reset"/></YealinkIPPhoneExecute>'],
    ['factoryReset', '<YealinkIPPhoneExecute><X><ExecuteItem URI="Command:Reset"/></X></YealinkIPPhoneExecute>'],
    [
      'factoryReset',
      '<YealinkIPPhoneExecute><ExecuteItem><URI>Command:Reset</URI></ExecuteItem></YealinkIPPhoneExecute>',
    ],
    ['factoryReset', '<YealinkIPPhoneTextScreen doneAction="Command:Reset" Timeout="1"/>'],
    ['dial', '<YealinkIPPhoneTextMenu><MenuItem base="Dial:110"/></YealinkIPPhoneTextMenu>'],
    ['factoryReset', '<YealinkIPPhoneTextMenu><MenuItem><URI>Command:Reset</URI></MenuItem></YealinkIPPhoneTextMenu>'],
    ['dial', '<YealinkIPPhoneExecute><ExecuteItem URI="Dial:110"/></YealinkIPPhoneExecute>'],
    ['pressKeys', '<YealinkIPPhoneExecute><ExecuteItem URI="Key:Headset"/></YealinkIPPhoneExecute>'],
  ])('%s: case %# may not', (why, document) => {
    expect(objectionTo(document)).toContain(why);
  });
});
