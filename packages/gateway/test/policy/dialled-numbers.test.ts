import { describe, expect, test } from 'vitest';
import { dialledBy } from '../../src/policy/dialled-numbers.ts';

const xml = (document: string) => dialledBy('pushXml', { document });

describe('numbers in pushed XML', () => {
  test.each([
    ['<SnomIPPhoneSilent><fetch mil="1">snom://mb_exit#numberdial=0900</fetch></SnomIPPhoneSilent>'],
    ['<IPPhoneSilent><fetch>phone://mb_nop#numberdial=0900</fetch></IPPhoneSilent>'],
    ['<IPPhoneSilent><fetch>SNOM://mb_nop#NUMBERDIAL=0900</fetch></IPPhoneSilent>'],
    ['<A><fetch>snom://mb_nop#key=F_HOLD&amp;numberdial=0900</fetch></A>'],
    ['<A><fetch>snom://mb_nop#number&#100;ial=&#x30;900</fetch></A>'],
    ['<A><fetch><![CDATA[snom://mb_nop#numberdial=0900]]></fetch></A>'],
    ['<A><fetch>snom://mb_nop#numberdial=%30900</fetch></A>'],
    ['<A><fetch>snom://mb_nop#numberdial=%2530900</fetch></A>'],
    [
      '<SnomIPPhoneDirectory><DirectoryEntry><Name>x</Name><Telephone>0900</Telephone></DirectoryEntry></SnomIPPhoneDirectory>',
    ],
    ['<A><Telephone>09<!-- split -->00</Telephone></A>'],
    ['<A><x:telephone>0900</x:telephone></A>'],
    ['<YealinkIPPhoneTextMenu><MenuItem><Prompt>x</Prompt><Dial>0900</Dial></MenuItem></YealinkIPPhoneTextMenu>'],
    ['<YealinkIPPhoneTextMenu><SoftKey index="1"><URI>Dial:0900</URI></SoftKey></YealinkIPPhoneTextMenu>'],
    ['<YealinkIPPhoneExecute><ExecuteItem URI="dial: 0900"/></YealinkIPPhoneExecute>'],
    ['<A doneAction="Dial:0900"/>'],
    ['<A number="0900"/>'],
  ])('%s', (document) => {
    expect(xml(document).numbers).toEqual([{ text: '0900', use: 'LATER' }]);
  });

  test('URIs, wherever they stand', () => {
    const found = xml(
      '<A><Url>tel:0900</Url><b c="sip:0900@pbx.example">tel://0901</b><Text>call sip:902@x</Text></A>',
    );
    expect(found.numbers.map(({ text }) => text)).toEqual([
      'tel:0900',
      'sip:0900@pbx.example',
      'tel:0901',
      'sip:902@x',
    ]);
  });

  test('a URI within a number does not hide the rest of it', () => {
    for (const text of ['0900 tel:201', 'x:0900,tel:201', '0900 Dial:201', 'tel:201 0900']) {
      expect(xml(`<A><Telephone>${text}</Telephone></A>`).numbers.map((one) => one.text)).toContain(text);
    }
  });

  test('keys, in order', () => {
    const found = xml('<A><b>snom://mb_nop#key=0</b><c URI="Key:9"/><d>phone://mb_nop#key=F_OK</d></A>');
    expect(found.keys.map(({ key }) => key)).toEqual(['0', '9', 'vendor:F_OK']);
  });

  test('a text that is only shown is no number', () => {
    expect(xml('<A><Title>030 123456</Title><Text>12:30 to 14:00, room 0900</Text></A>')).toEqual({
      numbers: [],
      keys: [],
    });
  });
});

describe('numbers in other commands', () => {
  const later = (text: string) => [{ text, use: 'LATER' }];

  test('targets', () => {
    expect(dialledBy('dial', { to: '1' }).numbers).toEqual([{ text: '1', use: 'NOW' }]);
    expect(dialledBy('deflect', { to: '1' }).numbers).toEqual([{ text: '1', use: 'NOW' }]);
    expect(dialledBy('transfer', { to: '1', kind: 'ATTENDED' }).numbers).toEqual([{ text: '1', use: 'NOW' }]);
    expect(dialledBy('setForwarding', { kind: 'BUSY', enabled: true, target: '1' }).numbers).toEqual(later('1'));
    expect(dialledBy('setForwarding', { kind: 'BUSY', enabled: false, target: '1' }).numbers).toEqual(later('1'));
    expect(dialledBy('setForwarding', { kind: 'BUSY', enabled: false }).numbers).toEqual([]);
    expect(dialledBy('sendDtmf', { digits: '1' }).numbers).toEqual([{ text: '1', use: 'TONES' }]);
  });

  test('keys and lights', () => {
    expect(dialledBy('setLed', { key: 'FUNCTION_1', onPress: { kind: 'DIAL', target: '1' } }).numbers).toEqual(
      later('1'),
    );
    expect(dialledBy('setLed', { key: 'FUNCTION_1', onPress: { kind: 'MESSAGE', target: '1' } }).numbers).toEqual([]);
    for (const kind of ['SPEED_DIAL', 'BLF']) {
      expect(dialledBy('configureKey', { key: 'FUNCTION_1', function: kind, value: '1' }).numbers).toEqual(later('1'));
    }
    const url = { key: 'FUNCTION_1', function: 'URL', value: 'snom://mb_exit#numberdial=1' };
    expect(dialledBy('configureKey', url).numbers).toEqual(later('1'));
  });

  test.each([
    ['fkey3', 'speed 0900123', '0900123'],
    ['redirect_number', '0900123', '0900123'],
    ['forward.always.target', '0900 123', '0900 123'],
    ['linekey.3.value', '0900123', '0900123'],
    ['expansion_module.1.key.2.value', '0900123', '0900123'],
    ['fkey0', 'url snom://mb_exit#numberdial=0900123', '0900123'],
    ['whatever', 'tel:0900123', 'tel:0900123'],
    ['fkey3', 'speed ０９００１２３', '0900123'],
    ['linekey.3.type', '13', '?'],
    ['LINEKEY.3.TYPE', '16', '?'],
    ['expansion_module.1.key.2.type', '14', '?'],
  ])('the setting %s = %s', (name, value, expected) => {
    const { numbers } = dialledBy('writeSettings', { settings: [{ name, value }] });
    expect(numbers.map(({ text }) => text)).toContain(expected);
  });

  test('settings that are no numbers', () => {
    const settings = [
      { name: 'ntp_server', value: '192.0.2.100' },
      { name: 'forward.no_answer.timeout', value: '120' },
      { name: 'fkey1', value: 'line' },
      { name: 'linekey.3.type', value: '11' },
      { name: 'linekey.4.type', value: '13' },
      { name: 'linekey.4.value', value: '' },
    ];
    expect(dialledBy('writeSettings', { settings })).toEqual({ numbers: [], keys: [] });
  });
});
