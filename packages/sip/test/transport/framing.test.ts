import { expect, test } from 'vitest';
import { StreamFramer } from '../../src/transport/framing.ts';

function framer() {
  const messages: string[] = [];
  const events: string[] = [];
  const stream = new StreamFramer({
    onMessage: (bytes) => messages.push(bytes.toString()),
    onPing: () => events.push('ping'),
    onFault: (fault) => events.push(fault),
  });
  return { messages, events, push: (text: string | Buffer) => stream.push(Buffer.from(text)) };
}

const HEADER = 'MESSAGE sip:a@b SIP/2.0\r\nVia: SIP/2.0/TCP host;branch=z9hG4bK1\r\n';
const FIRST = `${HEADER}Content-Length: 6\r\n\r\nk=1\r\n\n`;
const SECOND = `${HEADER}l :  0\r\n\r\n`;

test('messages come out whole, however the octets arrive', () => {
  const { messages, events, push } = framer();
  for (const octet of Buffer.from(FIRST + SECOND)) push(Buffer.from([octet]));
  push(FIRST + SECOND + FIRST.slice(0, 40));
  push(FIRST.slice(40));
  expect(messages).toEqual([FIRST, SECOND, FIRST, SECOND, FIRST]);
  expect(events).toEqual([]);
});

test('the length counts octets, not characters', () => {
  const { messages, push } = framer();
  const text = `${HEADER}Content-Length: 5\r\n\r\né€`;
  push(text + SECOND);
  expect(messages).toEqual([text, SECOND]);
});

test('empty lines before a message are skipped, two of them ask for an answer', () => {
  const { messages, events, push } = framer();
  push(`\r\n${SECOND}`);
  expect(events).toEqual([]);
  push('\r\n\r\n');
  push(SECOND);
  expect(messages).toEqual([SECOND, SECOND]);
  expect(events).toEqual(['ping']);
});

test.each([
  ['CONTENT_LENGTH', `${HEADER}\r\n`],
  ['CONTENT_LENGTH', `${HEADER}Content-Length: -1\r\n\r\n`],
  ['CONTENT_LENGTH', `${HEADER}Content-Length: 1\r\nl: 1\r\n\r\nx`],
  ['BODY_TOO_LONG', `${HEADER}Content-Length: 99999999\r\n\r\n`],
  ['HEADER_LINE', `${HEADER}no header\r\n\r\n`],
  ['HEADER_TOO_LONG', `${HEADER}X: ${'x'.repeat(70_000)}`],
])('%s: nothing after it is read', (fault, text) => {
  const { messages, events, push } = framer();
  push(text);
  push(SECOND);
  expect(messages).toEqual([]);
  expect(events).toEqual([fault]);
});
