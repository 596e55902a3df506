import { expect, test } from 'vitest';
import { inheritedSocket } from '../../src/http/inherited-socket.ts';

const PID = 4711;

test.each([
  ['nothing was passed on', {}, { fd: null }],
  ['one socket, whatever its name', { LISTEN_FDS: '1', LISTEN_FDNAMES: 'hookswitch.socket' }, { fd: 3 }],
  ['the one of several that is named http', { LISTEN_FDS: '3', LISTEN_FDNAMES: 'sip:http:other' }, { fd: 4 }],
  ['none at all', { LISTEN_FDS: '0' }, { fd: null }],
])('%s', (_case, environment, expected) => {
  expect(inheritedSocket({ LISTEN_PID: String(PID), ...environment }, PID)).toEqual(expected);
});

test('what was passed to another process is left alone', () => {
  expect(inheritedSocket({ LISTEN_PID: '1', LISTEN_FDS: '1' }, PID)).toEqual({ fd: null });
});

test.each([
  ['several of which none is named', { LISTEN_FDS: '2' }],
  ['a name behind the last', { LISTEN_FDS: '2', LISTEN_FDNAMES: 'a:b:http' }],
  ['no number', { LISTEN_FDS: 'all' }],
])('%s is a fault in words', (_case, environment) => {
  expect(inheritedSocket({ LISTEN_PID: String(PID), ...environment }, PID)).toHaveProperty('fault');
});
