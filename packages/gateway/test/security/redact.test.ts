import { describe, expect, test } from 'vitest';
import { createRedactor, stripUrlCredentials } from '../../src/security/redact.ts';

describe('credentials in URLs', () => {
  test.each([
    ['http://admin:secret@192.0.2.20/command.htm', 'http://192.0.2.20/command.htm'],
    ['https://admin@192.0.2.20', 'https://192.0.2.20'],
    ['http://ad%40min:se%2Fcret@phone:8080/?key=1', 'http://phone:8080/?key=1'],
    ['GET http://admin:p@ss@192.0.2.20/ failed', 'GET http://192.0.2.20/ failed'],
    ["http://admin:it's@192.0.2.20/", 'http://192.0.2.20/'],
    ['{"url":"http://192.0.2.20","mail":"a@b"}', '{"url":"http://192.0.2.20","mail":"a@b"}'],
    ['two: http://a:b@c/ and HTTPS://d:e@f/', 'two: http://c/ and HTTPS://f/'],
    ['http://192.0.2.20/?to=sip:101@pbx.example', 'http://192.0.2.20/?to=sip:101@pbx.example'],
    ['http://192.0.2.20/mail/a@b', 'http://192.0.2.20/mail/a@b'],
    ['sip:101:secret@pbx.example;transport=tcp', 'sip:101@pbx.example;transport=tcp'],
    ['"Zoë" <sips:101:s@cret@pbx.example>', '"Zoë" <sips:101@pbx.example>'],
    ['sip:101@pbx.example:5060', 'sip:101@pbx.example:5060'],
    ['sip:pbx.example:5060', 'sip:pbx.example:5060'],
    ['someone@example.org wrote', 'someone@example.org wrote'],
    ['', ''],
  ])('%s', (text, expected) => {
    expect(stripUrlCredentials(text)).toBe(expected);
  });
});

describe('given secrets', () => {
  const secret = 'p+s s/"ß&<%$^';
  const redact = createRedactor([secret]);

  test.each([
    ['as it is', secret],
    ['percent-encoded', encodeURIComponent(secret)],
    ['percent-encoded in lower case', encodeURIComponent(secret).replace(/%../g, (hex) => hex.toLowerCase())],
    ['in a form', new URLSearchParams({ p: secret }).toString().slice(2)],
    ['in JSON', JSON.stringify(secret).slice(1, -1)],
    ['in XML', secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')],
    ['in base64', Buffer.from(secret).toString('base64')],
    ['in base64 without padding', Buffer.from(secret).toString('base64').replace(/=+$/, '')],
    ['in base64url', Buffer.from(secret).toString('base64url')],
  ])('%s', (_how, written) => {
    expect(redact(`before ${written} between ${written} after`)).toBe('before *** between *** after');
  });

  test('the longer one of two that begin alike goes as a whole', () => {
    expect(createRedactor(['admin', 'admin1234'])('admin1234, admin')).toBe('***, ***');
  });

  test('an empty one does not shred the text, and URLs are stripped all the same', () => {
    expect(createRedactor([''])('text http://a:b@c/')).toBe('text http://c/');
    expect(createRedactor([])('text')).toBe('text');
    expect(createRedactor(['b'])('x b http://a:z@c/')).toBe('x *** http://c/');
  });

  test('a text with half a character pair in a secret is no error', () => {
    expect(createRedactor(['\ud800x'])('nothing of it')).toBe('nothing of it');
  });
});
