import { KEY_FUNCTIONS, LED_COLORS, LED_LIGHTS } from '@hookswitch/core';
import { describe, expect, test } from 'vitest';
import { KEY_TYPES } from '../../src/capabilities/programmable-keys.ts';
import { driver } from '../../src/index.ts';
import { type FakeContext, fakeContext, profile } from '../support/fake-context.ts';
import { fixture } from '../support/fixture.ts';
import { firstRung, short } from '../support/ladders.ts';

const POST = 'POST /servlet?push=xml';
const items = ({ requests }: FakeContext): readonly string[] =>
  requests.flatMap(({ body }) => [...(body ?? '').matchAll(/<Item>(.*?)<\/Item>/g)].map(([, item]) => item ?? ''));
const uris = ({ requests }: FakeContext): readonly string[] =>
  requests.flatMap(({ body }) => [...(body ?? '').matchAll(/URI="(.*?)"/g)].map(([, uri]) => uri ?? ''));

describe('showMessage', () => {
  test('the known form', async () => {
    const context = fakeContext();
    const command = { title: 'Lunch', text: 'Soup & bread', beep: true };
    expect(short(await firstRung('DISPLAY', context).showMessage(command, context))).toBe('ACCEPTED');
    expect(context.requests[0]?.body).toBe(fixture('xml-push/text-screen.xml'));
    expect(context.trace).toEqual([POST]);
  });

  test('silent and with a time', async () => {
    const context = fakeContext();
    await firstRung('DISPLAY', context).showMessage({ title: '', text: 'a\nb', timeoutSeconds: 0 }, context);
    expect(context.requests[0]?.body).toContain(
      '<YealinkIPPhoneTextScreen Beep="no" Timeout="0"><Title></Title><Text>a\nb</Text>',
    );
  });

  test.each([
    [{ title: 'a\u0001', text: 'b' }, 'title'],
    [{ title: 'a', text: '\ud800' }, 'text'],
    [{ title: 'a', text: 'ü'.repeat(5000) }, 'text'],
    [{ title: 'a', text: 'b', timeoutSeconds: -1 }, 'timeoutSeconds'],
  ])('case %# is refused before any traffic', async (command, argument) => {
    const context = fakeContext();
    expect(short(await firstRung('DISPLAY', context).showMessage(command, context))).toBe(
      `INVALID_ARGUMENT ${argument}`,
    );
    expect(context.trace).toEqual([]);
  });
});

describe('pushXml', () => {
  test('sends the document as it is', async () => {
    const document = '<YealinkIPPhoneStatus Beep="no"><Message>Grüße &amp; 100%</Message></YealinkIPPhoneStatus>';
    const context = fakeContext();
    await firstRung('DISPLAY', context).pushXml({ document }, context);
    expect(context.requests[0]?.body).toBe(`xml=${document}`);
  });

  test('refuses what is none, or another command', async () => {
    const context = fakeContext();
    for (const document of [
      '<html/>',
      '<YealinkIPPhoneConfiguration><Item>a.b = 1</Item></YealinkIPPhoneConfiguration>',
    ]) {
      const outcome = await firstRung('DISPLAY', context).pushXml({ document }, context);
      expect(short(outcome)).toBe('INVALID_ARGUMENT document');
    }
    expect(context.trace).toEqual([]);
  });

  test.each([
    [{}, 'web'],
    [{ pushUsername: 'pusher' }, 'push'],
  ])('options %j: credentials %s', async (options, credentials) => {
    const context = fakeContext({ phone: profile({ options }) });
    await firstRung('DISPLAY', context).pushXml({ document: '<YealinkIPPhoneStatus/>' }, context);
    expect(context.requests[0]?.credentials).toBe(credentials);
  });

  test('a 403 speaks of the push server', async () => {
    const context = fakeContext({ answers: [{ status: 403 }] });
    expect(await firstRung('DISPLAY', context).pushXml({ document: '<YealinkIPPhoneStatus/>' }, context)).toMatchObject(
      {
        failure: { code: 'PHONE_REJECTED', message: expect.stringContaining('push_xml.server') },
      },
    );
  });
});

describe('setLed', () => {
  test('the known form', async () => {
    const context = fakeContext();
    await firstRung('LED', context).setLed({ key: 'FUNCTION_1', light: 'ON', color: 'RED' }, context);
    expect(context.requests[0]?.body).toBe(fixture('xml-push/led.xml'));
  });

  test('every light, in its own colour and in one that is asked for', async () => {
    const looks: Record<string, readonly string[]> = {};
    for (const light of LED_LIGHTS) {
      const context = fakeContext();
      await firstRung('LED', context).setLed({ key: 'FUNCTION_3', light }, context);
      await firstRung('LED', context).setLed({ key: 'FUNCTION_3', light, color: 'BLUE' }, context);
      looks[light] = uris(context).map((uri) => uri.replace('Led:LINE3_', ''));
    }
    const off = [...LED_COLORS.map((color) => `${color}=off`), 'BLUE=off'];
    expect(looks).toEqual({
      OFF: off,
      ON: ['GREEN=on', 'BLUE=on'],
      HOLD: ['RED=slowflash', 'BLUE=slowflash'],
      PICKUP: ['RED=fastflash', 'BLUE=fastflash'],
      PARK: ['RED=slowflash', 'BLUE=slowflash'],
      MESSAGE: ['GREEN=slowflash', 'BLUE=slowflash'],
      OFFLINE: off,
      SEIZED: ['RED=on', 'BLUE=on'],
      RECORD: ['RED=on', 'BLUE=on'],
      ERROR: ['ORANGE=fastflash', 'BLUE=fastflash'],
      BLINK_SLOW: ['GREEN=slowflash', 'BLUE=slowflash'],
      BLINK_FAST: ['GREEN=fastflash', 'BLUE=fastflash'],
    });
  });

  test('label and function first, as settings, then the light', async () => {
    const context = fakeContext();
    const onPress = { kind: 'DIAL', target: 'sip:201@pbx.example' } as const;
    await firstRung('LED', context).setLed({ key: 'FUNCTION_2', light: 'ON', label: 'A & B', onPress }, context);
    expect(context.trace).toEqual([POST, POST]);
    expect(items(context)).toEqual([
      'linekey.2.type = 13',
      'linekey.2.value = 201@pbx.example',
      'linekey.2.label = A &amp; B',
    ]);
    expect(uris(context)).toEqual(['Led:LINE2_GREEN=on']);
  });

  test('says what is done where the light fails', async () => {
    const context = fakeContext({ answers: [{}, { status: 500 }] });
    expect(
      await firstRung('LED', context).setLed({ key: 'FUNCTION_2', light: 'ON', label: 'A' }, context),
    ).toMatchObject({
      failure: { message: expect.stringContaining('its light was not') },
    });
  });

  test.each([
    [{ key: 'FUNCTION_28', light: 'ON' } as const, 'key'],
    [{ key: 'SOFT_1', light: 'ON' } as const, 'key'],
    [{ key: 'OK', light: 'ON' } as const, 'key'],
    [{ key: 'FUNCTION_1', light: 'ON', label: 'a\nlinekey.2.type = 0' } as const, 'label'],
    [{ key: 'FUNCTION_1', light: 'ON', onPress: { kind: 'MESSAGE', target: '1' } } as const, 'onPress.kind'],
    [{ key: 'FUNCTION_1', light: 'ON', onPress: { kind: 'DIAL', target: '' } } as const, 'onPress.target'],
  ])('case %# is refused before any traffic', async (command, argument) => {
    const context = fakeContext();
    expect(short(await firstRung('LED', context).setLed(command, context))).toBe(`INVALID_ARGUMENT ${argument}`);
    expect(context.trace).toEqual([]);
  });
});

test.each([
  [{ settings: [{ name: 'a.b', value: '\ud800' }] }, 'settings.0.value'],
  [{ settings: [{ name: 'a.b', value: 'x'.repeat(20_000) }] }, 'settings.0.value'],
])('case %# of a value that XML or the phone cannot hold is refused', async (command, argument) => {
  const context = fakeContext();
  const outcome = await firstRung('WRITE_SETTINGS', context).writeSettings(command, context);
  expect([short(outcome), context.trace]).toEqual([`INVALID_ARGUMENT ${argument}`, []]);
});

test('settings of which one alone is too large are not begun with', async () => {
  const context = fakeContext();
  const command = { key: 'FUNCTION_1', function: 'SPEED_DIAL', value: '201', label: 'x'.repeat(20_000) } as const;
  const outcome = await firstRung('CONFIGURE_KEYS', context).configureKey(command, context);
  expect([short(outcome), context.trace]).toEqual(['INVALID_ARGUMENT value', []]);
});

test('a number that cannot be dialled is not pushed either', async () => {
  const context = fakeContext();
  const rung = driver.capabilitiesFor(profile()).DIAL?.find(({ transport }) => transport === 'XML_PUSH');
  const outcome = await rung?.dial({ to: '' }, context);
  expect(outcome === undefined ? '' : short(outcome)).toBe('INVALID_ARGUMENT to');
  expect(context.trace).toEqual([]);
});

describe('configureKey', () => {
  const configured = async (command: Parameters<ReturnType<typeof firstRung<'CONFIGURE_KEYS'>>['configureKey']>[0]) => {
    const context = fakeContext();
    const outcome = await firstRung('CONFIGURE_KEYS', context).configureKey(command, context);
    return outcome.status === 'ACCEPTED' ? items(context) : [short(outcome), ...context.trace];
  };

  test.each(KEY_FUNCTIONS)('%s', async (name) => {
    const value = name === 'URL' || name === 'BUTTON' ? 'http://192.0.2.9/key?m=$mac' : '42';
    const given = name === 'LINE' ? { account: 1 } : name === 'NONE' ? {} : { value };
    const sent = await configured({ key: 'FUNCTION_5', function: name, ...given });
    expect(sent[0]).toBe(`linekey.5.type = ${KEY_TYPES[name]}`);
    expect(sent).toHaveLength(name === 'NONE' ? 1 : 2);
  });

  test('a button needs no URL, and does not fetch what stood there before', async () => {
    expect(await configured({ key: 'FUNCTION_5', function: 'BUTTON' })).toEqual([
      'linekey.5.type = 27',
      'linekey.5.value = ',
    ]);
  });

  test('with all that it can have', async () => {
    expect(
      await configured({ key: 'FUNCTION_5', function: 'BLF', value: '201', label: 'Bob <1>', account: 2 }),
    ).toEqual([
      'linekey.5.type = 16',
      'linekey.5.line = 2',
      'linekey.5.value = 201',
      'linekey.5.label = Bob &lt;1&gt;',
    ]);
  });

  test.each([
    ['SOFT_2', 'programablekey.2.type = 0'],
    ['EXPANSION_1', 'expansion_module.1.key.1.type = 0'],
    ['EXPANSION_40', 'expansion_module.1.key.40.type = 0'],
    ['EXPANSION_41', 'expansion_module.2.key.1.type = 0'],
  ])('%s', async (key, item) => {
    expect(await configured({ key, function: 'NONE' })).toEqual([item]);
  });

  test.each([
    [{ key: 'OK', function: 'NONE' } as const, 'key'],
    [{ key: 'FUNCTION_28', function: 'NONE' } as const, 'key'],
    [{ key: 'SOFT_5', function: 'NONE' } as const, 'key'],
    [{ key: 'MEMORY_1', function: 'NONE' } as const, 'key'],
    [{ key: 'FUNCTION_1', function: 'BLF' } as const, 'value'],
    [{ key: 'FUNCTION_1', function: 'URL', value: 'javascript:x' } as const, 'value'],
    [{ key: 'FUNCTION_1', function: 'BUTTON', value: '300' } as const, 'value'],
    [{ key: 'FUNCTION_1', function: 'DTMF', value: 'hello' } as const, 'value'],
    [{ key: 'FUNCTION_1', function: 'LINE' } as const, 'account'],
    [{ key: 'FUNCTION_1', function: 'LINE', account: 17 } as const, 'account'],
    [{ key: 'FUNCTION_1', function: 'LINE', account: 0 } as const, 'account'],
    [{ key: 'FUNCTION_1', function: 'BLF', value: '1\n2' } as const, 'value'],
    [{ key: 'FUNCTION_1', function: 'NONE', label: '\u0000' } as const, 'label'],
    [{ key: 'FUNCTION_1', function: 'URL', value: 'http://192.0.2.9/k?c=$cfg_all' } as const, 'value'],
    [{ key: 'FUNCTION_1', function: 'BUTTON', value: 'http://192.0.2.9/k?c=$CFG_LOCAL&m=$mac' } as const, 'value'],
  ])('case %# is refused before any traffic', async (command, argument) => {
    expect(await configured(command)).toEqual([`INVALID_ARGUMENT ${argument}`]);
  });

  test('memory keys, where the model has them', async () => {
    const context = fakeContext({ phone: profile({ model: 'T28P', firmware: '2.71.14.4' }) });
    const { configureKey } = firstRung('CONFIGURE_KEYS', context);
    await configureKey({ key: 'MEMORY_10', function: 'SPEED_DIAL', value: '201' }, context);
    expect(items(context)).toEqual(['memorykey.10.type = 13', 'memorykey.10.value = 201']);
    const beyond = await configureKey({ key: 'MEMORY_11', function: 'NONE' }, context);
    expect(short(beyond)).toBe('INVALID_ARGUMENT key');
  });

  test('expansion keys of a model without known modules: by option only', async () => {
    const phone = profile({ model: 'T40G', firmware: '76.84.0.15' });
    const context = fakeContext({ phone });
    const command = { key: 'EXPANSION_3', function: 'NONE' } as const;
    expect(short(await firstRung('CONFIGURE_KEYS', context).configureKey(command, context))).toBe(
      'INVALID_ARGUMENT key',
    );
    const told = fakeContext({ phone: profile({ ...phone, options: { expansionKeys: 2 } }) });
    await firstRung('CONFIGURE_KEYS', told).configureKey(command, told);
    expect(items(told)).toEqual(['expansion_module.2.key.1.type = 0']);
  });
});

describe('writeSettings', () => {
  test('the known form', async () => {
    const context = fakeContext();
    const settings = [{ name: 'linekey.3.label', value: 'Text' }];
    expect(short(await firstRung('WRITE_SETTINGS', context).writeSettings({ settings }, context))).toBe('ACCEPTED');
    expect(context.requests[0]?.body).toBe(fixture('xml-push/configuration.xml'));
  });

  test('what does not fit into one document goes out in several; a failure says how far it came', async () => {
    const settings = Array.from({ length: 3 }, (_, at) => ({ name: `a.b${at}`, value: 'x'.repeat(4000) }));
    const context = fakeContext({ answers: [{}, { status: 500 }] });
    expect(await firstRung('WRITE_SETTINGS', context).writeSettings({ settings }, context)).toMatchObject({
      failure: { message: expect.stringContaining('wrote part 1 of 2 of the settings') },
    });
    expect(context.trace).toEqual([POST, POST]);
  });

  test.each([
    [[], 'settings'],
    [[{ name: 'nodots', value: '1' }], 'settings.0.name'],
    [[{ name: 'a.b = 1\nc.d', value: '1' }], 'settings.0.name'],
    [
      [
        { name: 'a.b', value: '1' },
        { name: 'a.c', value: '1\na.d = 2' },
      ],
      'settings.1.value',
    ],
    [[{ name: 'a.b', value: 'x'.repeat(10_000) }], 'settings.0.value'],
    [[{ name: 'action_url.mute', value: 'http://192.0.2.9/?c=$cfg_all' }], 'settings.0.value'],
    [[{ name: 'linekey.1.value', value: 'http://192.0.2.9/?c=$cfg_local' }], 'settings.0.value'],
    [[{ name: 'linekey.1.value', value: 'http://192.0.2.9/?c=$Cfg_All2' }], 'settings.0.value'],
  ])('case %# is refused before any traffic', async (settings, argument) => {
    const context = fakeContext();
    const outcome = await firstRung('WRITE_SETTINGS', context).writeSettings({ settings }, context);
    expect([short(outcome), ...context.trace]).toEqual([`INVALID_ARGUMENT ${argument}`]);
  });
});

describe('configureActionUrls', () => {
  const url = 'http://192.0.2.10/a/t/x?mac=$mac&remote=$remote';

  test('writes all 45, each document short enough, and names them all unreadable', async () => {
    const context = fakeContext();
    const urls = driver.actionUrls.settingsFor(context.phone).map(({ setting, query }) => ({
      setting,
      url: `http://192.0.2.10:4000/a/0123456789012345678901/x?${query}`,
    }));
    const outcome = await firstRung('ACTION_URLS', context).configureActionUrls({ urls }, context);
    expect(outcome).toEqual({ status: 'ACCEPTED', value: { unreadable: urls.map(({ setting }) => setting) } });
    expect(items(context)).toEqual(urls.map((each) => `${each.setting} = ${each.url.replaceAll('&', '&amp;')}`));
    expect(items(context)).toHaveLength(45);
    for (const { body } of context.requests) expect(Buffer.byteLength(body ?? '')).toBeLessThanOrEqual(10_004);
  });

  test('nothing to write', async () => {
    const context = fakeContext();
    const outcome = await firstRung('ACTION_URLS', context).configureActionUrls({ urls: [] }, context);
    expect([short(outcome), ...context.trace]).toEqual(['ACCEPTED']);
  });

  test.each([
    [{ setting: 'action_url.no_such_event', url }, 'urls.0.setting'],
    [{ setting: 'security.user_password', url }, 'urls.0.setting'],
    [{ setting: 'action_url.mute', url: `${url}${'x'.repeat(511)}` }, 'urls.0.url'],
    [{ setting: 'action_url.mute', url: `${url}&c=$cfg_all` }, 'urls.0.url'],
    [{ setting: 'action_url.mute', url: 'ftp://x/' }, 'urls.0.url'],
    [{ setting: 'action_url.mute', url: `${url}\nx.y = 1` }, 'urls.0.url'],
  ])('case %# is refused before any traffic', async (one, argument) => {
    const context = fakeContext();
    const outcome = await firstRung('ACTION_URLS', context).configureActionUrls({ urls: [one] }, context);
    expect([short(outcome), ...context.trace]).toEqual([`INVALID_ARGUMENT ${argument}`]);
  });
});

describe('dialling by push, the lower rung', () => {
  test('Dial:', async () => {
    const context = fakeContext();
    const rung = driver.capabilitiesFor(context.phone).DIAL?.[1];
    expect(rung?.transport).toBe('XML_PUSH');
    await rung?.dial({ to: '*09' }, context);
    expect(context.requests[0]?.body).toBe(fixture('xml-push/dial.xml'));
    expect(short((await rung?.dial({ to: '1', from: 'a@b' }, context)) ?? { status: 'UNKNOWN', reason: '' })).toBe(
      'NOT_HERE',
    );
    expect(context.trace).toHaveLength(1);
  });
});
