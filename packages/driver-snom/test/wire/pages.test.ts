import { describe, expect, test } from 'vitest';
import { deviceIn, formatMac } from '../../src/wire/info-htm.ts';
import { minibrowserLed } from '../../src/wire/led.ts';
import { ledDocument, messageDocument, openDocumentRequest } from '../../src/wire/minibrowser.ts';
import { readDialReply, readPageReply, unreadable } from '../../src/wire/page-reply.ts';
import { readSettingsPage } from '../../src/wire/settings-page.ts';
import { functionKeyRequest, writeSettingsRequests } from '../../src/wire/settings-write.ts';
import { parseXml } from '../../src/wire/xml.ts';
import { replyOf } from '../fake-context.ts';
import { fixture } from '../fixture.ts';

describe('replies of pages', () => {
  test("200 is the phone's word, whatever the body", () => {
    expect(readPageReply(replyOf(200, '<html><title>snom D785</title></html>'))).toMatchObject({ status: 'ACCEPTED' });
  });

  test('the web interface of a D8xx is for the next way, the error page a refusal', () => {
    expect(readPageReply(replyOf(200, fixture('phone-manager.html')))).toMatchObject({ status: 'NOT_HERE' });
    expect(readPageReply(replyOf(200, fixture('error-page.html')))).toMatchObject({
      failure: { code: 'PHONE_REJECTED' },
    });
    expect(unreadable(replyOf(200, fixture('error-page.html')))).not.toBeNull();
    expect(unreadable(replyOf(200, 'BM'))).toBeNull();
  });

  test.each([
    [302, { location: '/login.htm' }, 'PHONE_REJECTED'],
    [302, {}, 'PHONE_REJECTED'],
    [307, { location: 'https://192.0.2.1/' }, 'PHONE_REJECTED'],
    [401, {}, 'PHONE_UNAUTHORIZED'],
    [403, {}, 'PHONE_UNAUTHORIZED'],
    [500, {}, 'PHONE_REJECTED'],
    [429, {}, 'RATE_LIMITED'],
    [503, {}, 'RATE_LIMITED'],
  ])('%i', (status, headers, code) => {
    expect(readPageReply(replyOf(status, '', headers))).toMatchObject({ status: 'FAILED', failure: { code } });
  });

  test.each([404, 405, 501])('%i: no such page, the phone did nothing', (status) => {
    expect(readPageReply(replyOf(status))).toMatchObject({ status: 'NOT_HERE' });
  });

  test('a redirect that does not say whereto is told as one', () => {
    expect(readPageReply(replyOf(302))).toMatchObject({
      failure: { message: expect.stringContaining('sent the request elsewhere (302)'), phoneStatus: 302 },
    });
  });

  test('https only is said in words', () => {
    const outcome = readPageReply(replyOf(307, '', { location: 'https://192.0.2.1/command.htm' }));
    expect(outcome).toMatchObject({ failure: { message: expect.stringContaining('https://'), phoneStatus: 307 } });
  });
});

describe('replies to dialling', () => {
  test.each(['index.htm', '/index.htm', 'http://192.0.2.1/index.htm', 'http://192.0.2.1/index.htm?x=1', ''])(
    '302 to "%s" dials',
    (location) => {
      expect(readDialReply(replyOf(302, '', location === '' ? {} : { location }))).toMatchObject({
        status: 'ACCEPTED',
      });
    },
  );
  test('so does 200', () => {
    expect(readDialReply(replyOf(200, '<html></html>'))).toMatchObject({ status: 'ACCEPTED' });
  });
  test.each(['https://192.0.2.1/command.htm?number=1', '/login.htm'])('302 to %s does not', (location) => {
    expect(readDialReply(replyOf(302, '', { location }))).toMatchObject({ status: 'FAILED' });
  });
});

describe('writing settings', () => {
  test('in one request, to flash, each value encoded once', () => {
    const requests = writeSettingsRequests([
      { name: 'action_incoming_url', value: 'http://gw/a?x=$remote&y=1' },
      { name: 'user_name[1]', value: '' },
    ]);
    expect(requests.map(({ target }) => target)).toEqual([
      '/dummy.htm?settings=save&action_incoming_url=http%3A%2F%2Fgw%2Fa%3Fx%3D%24remote%26y%3D1&user_name[1]=&store_settings=save',
    ]);
  });

  test('nothing to write is no request', () => {
    expect(writeSettingsRequests([])).toEqual([]);
  });

  test('what is too long for one goes in several', () => {
    const settings = Array.from({ length: 5 }, (_, index) => ({ name: `s${index}`, value: 'x'.repeat(700) }));
    const requests = writeSettingsRequests(settings);
    expect(requests).toHaveLength(3);
    for (const { target } of requests) expect(target).toMatch(/^\/dummy\.htm\?settings=save&.*&store_settings=save$/);
    expect(
      requests
        .map(({ target }) => target)
        .join('')
        .match(/s\d=/g),
    ).toEqual(['s0=', 's1=', 's2=', 's3=', 's4=']);
  });

  test('a function key', () => {
    expect(
      functionKeyRequest({ index: 2, content: 'button 3', label: 'Tür', shortLabel: 'T', account: 2 }).target,
    ).toBe(
      '/dummy.htm?settings=save&store_settings=save&fkey2=button%203&fkey_label2=T%C3%BCr&fkey_short_label2=T&fkey_context2=2',
    );
    expect(functionKeyRequest({ index: 0, content: 'none' }).target).toBe(
      '/dummy.htm?settings=save&store_settings=save&fkey0=none',
    );
  });
});

describe('minibrowser', () => {
  test('opens a document over a connection that is closed', () => {
    const request = openDocumentRequest('http://gw:4000/d/a?b=1&c');
    expect(request).toEqual({
      method: 'GET',
      target: '/minibrowser.htm?url=http%3A%2F%2Fgw%3A4000%2Fd%2Fa%3Fb%3D1%26c',
      connection: 'close',
    });
  });

  test('a message', () => {
    expect(messageDocument({ title: 'A & B', text: 'one\ntwo <3\u0007', timeoutSeconds: 2.5 })).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><SnomIPPhoneText><Title>A &amp; B</Title><Text>one<br/>two &lt;3</Text><fetch mil="2500">snom://mb_exit</fetch></SnomIPPhoneText>',
    );
  });

  test('a light, as clients write it', () => {
    const ours = ledDocument({ number: 5, color: 'green', value: 'On' });
    const theirs = fixture('minibrowser-led-symcon.xml');
    const light = (xml: string) =>
      /<led[^>]*>[^<]*<\/led><fetch mil="1">snom:\/\/mb_exit<\/fetch>/i.exec(xml)?.[0].toLowerCase();
    expect(light(ours)).toBe(light(theirs));
    expect(parseXml(ours)?.name).toBe('SnomIPPhoneText');
  });

  test.each([
    ['OFF', undefined, 'Off', 'green'],
    ['ON', 'RED', 'On', 'red'],
    ['HOLD', undefined, 'On', 'red'],
    ['PICKUP', undefined, 'BlinkFast', 'orange'],
    ['PARK', undefined, 'BlinkSlow', 'orange'],
    ['MESSAGE', undefined, 'Blink', 'red'],
    ['OFFLINE', undefined, 'On', 'red'],
    ['SEIZED', undefined, 'On', 'red'],
    ['RECORD', undefined, 'Blink', 'red'],
    ['ERROR', undefined, 'BlinkFast', 'red'],
    ['BLINK_SLOW', 'ORANGE', 'BlinkSlow', 'orange'],
    ['BLINK_FAST', 'GREEN', 'BlinkFast', 'green'],
  ] as const)('%s in %s', (light, color, ...[value, shown]) => {
    expect(minibrowserLed(3, light, color)).toEqual({ number: 3, color: shown, value });
  });

  test('there is no blue', () => {
    expect(minibrowserLed(3, 'ON', 'BLUE')).toBeNull();
  });
});

describe('pages that tell', () => {
  test('model, firmware and MAC address', () => {
    expect(deviceIn(fixture('info-d785.html'))).toEqual({
      mac: '00:04:13:92:2d:24',
      model: 'D785',
      firmware: '10.1.33.33',
    });
    expect(deviceIn(fixture('info-320.html'))).toEqual({ mac: '00:04:13:24:00:01', model: '320', firmware: '8.4.18' });
    expect(deviceIn(fixture('phone-manager.html'))).toEqual({ mac: null, model: null, firmware: null });
    expect(deviceIn('<title>snomD305-8325FE</title>')).toMatchObject({ model: 'D305' });
    expect(formatMac('0004')).toBeNull();
  });

  test('settings, in each form that was seen', () => {
    const names = ['use_hidden_tags', 'http_scheme', 'http_user', 'csta_control'];
    expect(Object.fromEntries(readSettingsPage(fixture('settings-dump.txt'), names))).toEqual({
      use_hidden_tags: 'on',
      http_scheme: 'on',
      http_user: 'admin',
      csta_control: 'on',
    });
    const forms =
      '<use_hidden_tags perm="">off</use_hidden_tags><tr><td>http_scheme:</td><td>on</td></tr><input type="text" name="http_user" value="a&amp;b"> csta_control=off';
    expect(Object.fromEntries(readSettingsPage(forms, names))).toEqual({
      use_hidden_tags: 'off',
      http_scheme: 'on',
      http_user: 'a&b',
      csta_control: 'off',
    });
    expect(readSettingsPage('<html>nothing</html>', names).size).toBe(0);
  });
});

describe('XML', () => {
  test('numbers stay text, entities are resolved once, prefixes go', () => {
    const root = parseXml('<a:x xmlns:a="u"><a:n> -018 </a:n><n>+49&amp;#65;&#65;</n></a:x>');
    expect(root).toEqual({
      name: 'x',
      text: '',
      children: [
        { name: 'n', text: '-018', children: [] },
        { name: 'n', text: '+49&#65;A', children: [] },
      ],
    });
  });
  test.each(['', 'text', '<a>', '<a/><b/>', '<!DOCTYPE a><a/>', '<a>&b</a>'])('%s is no document', (text) => {
    expect(parseXml(text)).toBeNull();
  });
});
