import { describe, expect, test } from 'vitest';
import { HeaderFields } from '../../src/message/fields.ts';
import { parseNameAddresses } from '../../src/message/name-address.ts';
import { parseMessage } from '../../src/message/parse.ts';
import type { SipRequest } from '../../src/message/types.ts';
import { parseSipUri } from '../../src/message/uri.ts';
import { StreamFramer } from '../../src/transport/framing.ts';
import { createSipUserAgent } from '../../src/user-agent.ts';
import { UdpPeer } from '../support/udp-peer.ts';
import { BEYOND_THE_PARSER, INVALID, type TortureCase, VALID } from './messages.table.ts';

const ALL: readonly TortureCase[] = [...VALID, ...INVALID, ...BEYOND_THE_PARSER];

test('all 49 messages are here, each once', () => {
  expect(ALL).toHaveLength(49);
  expect(new Set(ALL.map(({ name }) => name)).size).toBe(49);
});

test.each(ALL)('RFC 4475 section $section, $name: the parser says $parse', ({ bytes, parse }) => {
  const result = parseMessage(bytes);
  expect(result.ok ? 'ok' : `${result.fault.code} ${result.fault.part}`).toBe(parse);
});

test.each(ALL)('RFC 4475 section $section, $name: the user agent answers $answer', async ({ answer, bytes }) => {
  await using peer = await UdpPeer.open('127.0.0.2');
  const agent = await createSipUserAgent({ host: '127.0.0.1', transports: ['udp'] });
  try {
    const [{ host, port } = { host: '', port: 0 }] = agent.listening;
    // The answer goes to the port in Via, where the RFC's hosts listen: rport brings it back here.
    peer.send(withRport(bytes), { host, port });
    // Whatever the message was, the one after it is answered.
    peer.send(probe(), { host, port });
    const answers: string[] = [];
    for (;;) {
      // A refusal copies what is wrong with the request, so it cannot be read like any other response.
      const [statusLine = '', ...lines] = (await peer.next()).bytes.toString().split('\r\n');
      if (lines.includes('Call-ID: probe')) break;
      answers.push(/^SIP\/2\.0 (\d+) /.exec(statusLine)?.[1] ?? statusLine);
    }
    expect(answers).toEqual(answer === null ? [] : [String(answer)]);
  } finally {
    await agent.close();
  }
});

/** Adds rport to the topmost Via, as it is, and as far as that can be found. */
function withRport(bytes: Buffer): Buffer {
  const text = bytes.toString('latin1');
  const changed = text.replace(/^(v|via)(\s*:\s*SIP\s*\/\s*[\d.]+\s*\/\s*\w+\s+[\w.:-]+)/im, '$1$2;rport');
  return Buffer.from(changed, 'latin1');
}

function probe(): string {
  return [
    'OPTIONS sip:gateway@127.0.0.1 SIP/2.0',
    'Via: SIP/2.0/UDP 127.0.0.2;branch=z9hG4bKprobe;rport',
    'From: <sip:probe@127.0.0.2>;tag=probe',
    'To: <sip:gateway@127.0.0.1>',
    'Call-ID: probe',
    'CSeq: 1 OPTIONS',
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');
}

function request(name: string): SipRequest {
  const found = ALL.find((entry) => entry.name === name);
  const result = parseMessage(found?.bytes ?? Buffer.alloc(0));
  if (!result.ok || result.message.kind !== 'request') throw new Error(name);
  return result.message;
}

describe('what is in the valid ones', () => {
  test('wsinv', () => {
    const { body, callId, from, headers, sequence, to, uri, via } = request('wsinv');
    expect(uri).toBe('sip:vivekg@chair-dnrc.example.com;unknownparam');
    expect(to.parameters.get('tag')).toBe('1918181833n');
    expect(from.displayName).toBe('J Rosenberg \\"');
    expect(from.parameters.get('tag')).toBe('98asjd8');
    expect(callId).toBe('wsinv.ndaksdj@192.0.2.1');
    expect(sequence).toEqual({ number: 9, method: 'INVITE' });
    expect(via).toMatchObject({ transport: 'udp', host: '192.0.2.2' });
    expect(headers.list('via')).toHaveLength(3);
    expect(headers.get('subject')).toBe('');
    expect(headers.get('NewFangledHeader')).toBe('newfangled value continued newfangled value');
    expect(headers.get('UnknownHeaderWithUnusualValue')).toBe(';;,,;;,;');
    const [contact] = parseNameAddresses(headers.all('contact')) ?? [];
    expect(contact).toMatchObject({ displayName: 'Quoted string ""', uri: 'sip:jdrosen@example.com' });
    expect([...(contact?.parameters ?? [])]).toEqual([
      ['newparam', 'newvalue'],
      ['secondparam', null],
      ['q', '0.33'],
    ]);
    expect(body).toHaveLength(150);
  });

  test('intmeth', () => {
    const { from, headers, method, to, uri } = request('intmeth');
    expect(method).toBe("!interesting-Method0123456789_*+`.%indeed'~");
    expect(parseSipUri(uri)).toMatchObject({
      host: 'example.com',
      password: "&it+has=1,weird!*pas$wo~d_too.(doesn't-it)",
    });
    expect(to.displayName).toBe('BEL:\u0007 NUL:\u0000 DEL:\u007f');
    expect(from.displayName).toBe("token1~` token2'+_ token3*%!.-");
    expect(from.parameters.get("fromparam''~+*_!.-%")).toBe('работающий');
    expect(headers.get("extensionHeader-!.%*+_`'~")).toBe('\ufeff大停電');
  });

  test('esc02: an escaped header name is another name', () => {
    expect(request('esc02').headers.all('contact')).toHaveLength(2);
  });

  test('longreq', () => {
    const { callId, from, headers } = request('longreq');
    expect(headers.list('via')).toHaveLength(34);
    expect(from.parameters.get('tag')).toHaveLength(155);
    expect(callId).toHaveLength(141);
  });

  test('semiuri', () => {
    expect(parseSipUri(request('semiuri').uri)?.user).toBe('user;par=u%40example.net');
    expect(request('semiuri').headers.list('accept')).toHaveLength(6);
  });

  test('mpart01: the body is what was sent, octet by octet', () => {
    const { body } = request('mpart01');
    expect(body).toHaveLength(553);
    expect(Buffer.from(body).includes(Buffer.from([0x30, 0x82, 0x01, 0x52]))).toBe(true);
  });

  test('dblreq: over TCP it is two requests, in one datagram one', () => {
    const bytes = VALID.find(({ name }) => name === 'dblreq')?.bytes ?? Buffer.alloc(0);
    const messages: Buffer[] = [];
    const framer = new StreamFramer({ onMessage: (one) => messages.push(one), onPing: () => {}, onFault: () => {} });
    framer.push(bytes);
    expect(messages.map((one) => one.toString().split(' ')[0])).toEqual(['REGISTER', 'INVITE']);
    expect(request('dblreq')).toMatchObject({ method: 'REGISTER', body: Buffer.alloc(0) });
  });

  test('cparam01 and cparam02: without brackets a parameter is the header’s, with them the URI’s', () => {
    const contact = (name: string) => parseNameAddresses(request(name).headers.all('contact'))?.[0];
    expect(contact('cparam01')?.parameters.has('unknownparam')).toBe(true);
    expect(contact('cparam02')?.parameters.has('unknownparam')).toBe(false);
    expect(contact('cparam02')?.uri).toContain(';unknownparam');
    expect(contact('regescrt')?.uri).toBe('sip:user@example.com?Route=%3Csip:sip.example.com%3E');
    expect(contact('regbadct')).toBeUndefined();
  });
});

test('names of header fields are one in any case and form', () => {
  const fields = new HeaderFields([
    { name: 'O', value: 'talk' },
    { name: 'mAx-fOrWaRdS', value: '70' },
  ]);
  expect([fields.get('Event'), fields.get('o'), fields.get('MAX-FORWARDS')]).toEqual(['talk', 'talk', '70']);
});
