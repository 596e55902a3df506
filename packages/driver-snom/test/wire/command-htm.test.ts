import { describe, expect, test } from 'vitest';
import {
  dialRequest,
  digitEvents,
  dtmfRequest,
  fixLineInfoLayerRequest,
  type KeyEvent,
  keysRequest,
  logOffRequest,
  releaseAllCallsRequest,
  reregisterRequest,
  touchRequest,
} from '../../src/wire/command-htm.ts';
import {
  clearCallListRequest,
  playRingerRequest,
  rebootRequest,
  resetRequest,
  upgradeRequest,
} from '../../src/wire/pages.ts';
import { fixtureRows } from '../fixture.ts';

const commands2015 = fixtureRows('commands-2015.txt').map(([purpose, target]) => `${purpose} ${target}`);
const commandsToday = fixtureRows('commands-today.txt').map(([purpose, target]) => `${purpose} ${target}`);

describe("every command of Snom's page of 2015, byte for byte", () => {
  const firmware = 'http://my.provisioning.server.com/download/fw/snom821-8.4.35-SIP-r.bin';
  const at = (xPx: number, yPx: number, action: 'p' | 'r' | 'pr') => ({ xPx, yPx, action });
  test.each([
    ['offHook', keysRequest([{ key: 'OFFHOOK' }])],
    ['dial', dialRequest('12345678')],
    ['dialFrom', dialRequest('12345678', '123@domain1')],
    ['dtmf', dtmfRequest('1234')],
    ['hangUpAll', releaseAllCallsRequest()],
    ['logOffAll', logOffRequest()],
    ['logOff', logOffRequest(1)],
    ['reregister', reregisterRequest(1, '2015')],
    ['playRinger', playRingerRequest(9)],
    ['reboot', rebootRequest()],
    ['reset', resetRequest()],
    ['clearDialed', clearCallListRequest('DIALED', '2015')],
    ['clearMissed', clearCallListRequest('MISSED', '2015')],
    ['clearReceived', clearCallListRequest('RECEIVED', '2015')],
    ['firmware', upgradeRequest(firmware)],
    ['fixLineInfo', fixLineInfoLayerRequest()],
    ['touch', touchRequest([at(10, 20, 'p')])],
    ['release', touchRequest([at(10, 20, 'r')])],
    ['tap', touchRequest([at(10, 20, 'pr')])],
    ['tapThrice', touchRequest([at(10, 20, 'pr'), at(479, 271, 'pr'), at(0, 0, 'pr')])],
  ])('%s', (purpose, request) => {
    expect(request.method).toBe('GET');
    expect(commands2015).toContain(`${purpose} ${request.target}`);
  });
});

describe("what Snom's current page spells otherwise", () => {
  test.each([
    ['reregister', reregisterRequest(1, 'CURRENT')],
    ['playRinger', playRingerRequest(9)],
    ['clearDialed', clearCallListRequest('DIALED', 'CURRENT')],
    ['clearMissed', clearCallListRequest('MISSED', 'CURRENT')],
    ['clearReceived', clearCallListRequest('RECEIVED', 'CURRENT')],
  ])('%s', (purpose, request) => {
    expect(commandsToday).toContain(`${purpose} ${request.target}`);
  });

  test('covers every row', () => {
    expect(commandsToday).toHaveLength(5);
    expect(new Set(fixtureRows('commands-2015.txt').map(([purpose]) => purpose)).size).toBe(20);
  });
});

const rows = fixtureRows('key-command.txt');

describe('key commands', () => {
  test.each(rows)('%s', (target = '', asked = '') => {
    const events = asked.split(' ').map((text): KeyEvent => {
      const [key = '', hold = '', pause = ''] = text.split(',');
      return {
        key,
        ...(hold === '' ? {} : { holdMs: Number(hold) }),
        ...(pause === '' ? {} : { pauseMs: Number(pause) }),
      };
    });
    expect(keysRequest(events).target).toBe(target);
  });

  test('a number becomes key presses', () => {
    expect(keysRequest(digitEvents('10*#')).target).toBe('/command.htm?key=1;0;%2A;%23');
  });
});

test('what could end a parameter early is encoded', () => {
  expect(dialRequest('+49 30&key=DND;#1', 'ü@h').target).toBe(
    '/command.htm?number=%2B49%2030%26key%3DDND%3B%231&outgoing_uri=%C3%BC@h',
  );
  expect(dialRequest('sip:101@pbx.example').target).toBe('/command.htm?number=sip:101@pbx.example');
  expect(dtmfRequest('*1#').target).toBe('/command.htm?key_dtmf=%2A1%23');
  expect(upgradeRequest('http://h/f.bin?a=1&reset=Reset').target).toBe(
    '/dummy.htm?swload=load&firmware=http://h/f.bin%3Fa%3D1%26reset%3DReset',
  );
});

test('half a surrogate pair does not throw', () => {
  expect(dialRequest('a\ud800').target).toBe('/command.htm?number=a%EF%BF%BD');
});

test('a dry run of dialling gets the 302 of a phone', () => {
  expect(dialRequest('1').rehearsal).toEqual({ status: 302 });
});
