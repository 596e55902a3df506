import { expect, test } from 'vitest';
import { bodyText } from '../../src/message/body.ts';
import { parseMessage } from '../../src/message/parse.ts';
import { writeResponse } from '../../src/message/response.ts';
import { serialise } from '../../src/message/serialise.ts';
import { parsed, parsedRequest } from '../support/fake-flow.ts';

function notify(...lines: string[]): Buffer {
  const header = [
    'NOTIFY sip:phone@192.0.2.2 SIP/2.0',
    'v: SIP/2.0/UDP 192.0.2.1:5070;branch=z9hG4bKa',
    'i: c',
    'CSeq: 1 NOTIFY',
  ];
  return Buffer.from([...header, 'f: <sip:a@b>;tag=1', 't: <sip:c@d>', ...lines].join('\r\n'));
}

test('compact forms are the long ones', () => {
  const { headers } = parsedRequest(notify('o: talk', 'c: text/plain', 'u: talk', 'r: <sip:x@y>', 'k: timer', '', ''));
  expect(['event', 'content-type', 'allow-events', 'refer-to', 'supported'].map((name) => headers.get(name))).toEqual([
    'talk',
    'text/plain',
    'talk',
    '<sip:x@y>',
    'timer',
  ]);
});

test('without Content-Length a body is the rest of its datagram; with it what follows is dropped', () => {
  expect(bodyText(parsedRequest(notify('', 'k=1\r\n')))).toBe('k=1\r\n');
  expect(bodyText(parsedRequest(notify('l: 3', '', 'k=1\r\nrest')))).toBe('k=1');
});

test('the length of a body is that of its octets', () => {
  const bytes = serialise({ startLine: 'MESSAGE sip:a@b SIP/2.0', headers: [], body: Buffer.from('l=Tür €') });
  expect(bytes.toString()).toBe('MESSAGE sip:a@b SIP/2.0\r\nContent-Length: 10\r\n\r\nl=Tür €');
});

test.each([
  ['a lone LF', 'X: a\nVia: SIP/2.0/UDP evil'],
  ['a lone CR', 'X: a\rY: b'],
  ['no colon', 'nonsense'],
  ['a name that is no token', 'a b: c'],
])('%s in the header is a fault', (_what, line) => {
  expect(parseMessage(notify(line, '', ''))).toMatchObject({ ok: false, fault: { code: 'HEADER_LINE' } });
});

test('nothing, and anything short, is a fault', () => {
  for (const text of ['', '\0', '\r\n\r\n', 'SIP/2.0', 'NOTIFY\r\n\r\n', ' \r\n\r\n']) {
    expect(parseMessage(Buffer.from(text)).ok).toBe(false);
  }
});

test('a header full of blanks is read like any other', () => {
  const blanks = ' '.repeat(30_000);
  const { headers, via } = parsedRequest(
    notify(`X: a${blanks}\r\n${blanks}b`, `Contact:${blanks}<sip:a@b>${blanks};${blanks}q=1`, '', ''),
  );
  expect(headers.get('x')).toBe(`a${blanks} b`);
  expect(via.host).toBe('192.0.2.1');
  const folded = notify(`Subject: a${'\r\n '.repeat(10_000)}b`, '', '');
  expect(parsedRequest(folded).headers.get('subject')).toMatch(/^a +b$/);
});

function answered(via: string): string {
  const lines = `OPTIONS sip:a@b SIP/2.0\r\n${via}\r\ni: c\r\nCSeq: 1 OPTIONS\r\nf: <sip:a@b>;tag=1\r\nt: "x;tag=no" <sip:c@d;tag=no>\r\n\r\n`;
  const request = parsedRequest(Buffer.from(lines));
  const bytes = writeResponse({
    request,
    source: { host: '192.0.2.9', port: 4711 },
    toTag: 'ours',
    answer: { status: 200 },
    fields: [],
  });
  return bytes.toString();
}

test('a response says in the topmost Via where the request came from', () => {
  const text = answered(
    'Via: SIP/2.0/UDP 10.0.0.1;rport;branch=z9hG4bKa, SIP/2.0/UDP 10.0.0.2\r\nv: SIP/2.0/TCP 10.0.0.3',
  );
  const vias = parsed(Buffer.from(text)).headers.list('via');
  expect(vias).toEqual([
    'SIP/2.0/UDP 10.0.0.1;rport=4711;branch=z9hG4bKa;received=192.0.2.9',
    'SIP/2.0/UDP 10.0.0.2',
    'SIP/2.0/TCP 10.0.0.3',
  ]);
  expect(text).toContain('To: "x;tag=no" <sip:c@d;tag=no>;tag=ours\r\n');
});

test('where it came from the address that it names nothing is added, and what a client made up is replaced', () => {
  expect(answered('Via: SIP/2.0/UDP 192.0.2.9:5060;branch=z9hG4bKa')).toContain(
    'Via: SIP/2.0/UDP 192.0.2.9:5060;branch=z9hG4bKa\r\n',
  );
  expect(answered('Via: SIP/2.0/UDP h;received=1.2.3.4;branch=z9hG4bKa')).toContain(
    'Via: SIP/2.0/UDP h;branch=z9hG4bKa;received=192.0.2.9\r\n',
  );
});

test('octets that are no UTF-8 come back as they came', () => {
  const bytes = Buffer.from(
    'OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bKa\r\nCall-ID: c\r\nCSeq: 1 OPTIONS\r\nFrom: "M\xfcller" <sip:a@b>;tag=1\r\nTo: <sip:c@d>\r\n\r\n',
    'latin1',
  );
  const request = parsedRequest(bytes);
  const source = { host: 'h', port: 5060 };
  const answer = writeResponse({ request, source, toTag: 't', answer: { status: 200, body: 'ü' }, fields: [] });
  expect(answer.includes(Buffer.from('From: "M\xfcller" <sip:a@b>;tag=1\r\n', 'latin1'))).toBe(true);
  expect(answer.toString('utf8').endsWith('Content-Length: 2\r\n\r\nü')).toBe(true);
});
