import { expect, test } from 'vitest';
import { pictureType, readScreen } from '../../src/wire/screen.ts';
import { reply } from '../support/fake-context.ts';
import { short } from '../support/ladders.ts';

test.each([
  [[0x42, 0x4d, 0x36], 'image/bmp'],
  [[0xff, 0xd8, 0xff, 0xe0], 'image/jpeg'],
  [[0x89, 0x50, 0x4e, 0x47], 'image/png'],
  [[0x3c, 0x68], null],
  [[], null],
])('the kind of picture by its first bytes %j', (bytes, mediaType) => {
  expect(pictureType(Uint8Array.from(bytes))).toBe(mediaType);
});

test('a picture comes back as it is, whatever its label', () => {
  const bytes = Uint8Array.from([0xff, 0xd8, 0xff, 0x00, 0x99]);
  const outcome = readScreen({ status: 200, headers: { 'content-type': 'text/html' }, bytes, text: '' });
  expect(outcome).toEqual({ status: 'ACCEPTED', value: { mediaType: 'image/jpeg', bytes } });
});

test.each([
  [{ text: '<html>g_rsa_n</html>' }, 'PHONE_UNAUTHORIZED'],
  [{ text: 'hello' }, 'PHONE_REJECTED'],
  [{ status: 400 }, 'NOT_HERE'],
  [{ status: 404 }, 'NOT_HERE'],
  [{ status: 403 }, 'PHONE_REJECTED'],
])('no picture: %j', (answer, expected) => {
  expect(short(readScreen(reply(answer)))).toBe(expected);
});
