import { describe, expect, test } from 'vitest';
import { type AskedSip, sipText } from '../../src/conformance/sip/asked.ts';
import { SipLine } from '../../src/conformance/sip/line.ts';
import { createSipRehearsal } from '../../src/conformance/sip/sip-transport.ts';
import { LOGIN, NOTIFY, OFFER, outcomeOf, stand } from '../support/sip-stand.ts';

describe('the SIP transport of the suite', () => {
  test('sends what the driver wrote, to the octet, and reads the response', async () => {
    await using at = await stand();
    const reply = await at.transport().send(NOTIFY);
    expect(reply).toMatchObject({ status: 200, reason: 'OK', body: 'Grüße', headers: { 'x-two': 'a, b' } });
    expect(at.phone.requests.all).toHaveLength(1);
    expect(at.phone.requests.last).toMatchObject({ method: 'NOTIFY', uri: at.phone.uri, body: NOTIFY.body });
    expect(at.phone.requests.last?.headers).toMatchObject({
      event: 'x',
      'content-type': 'text/plain',
      cseq: '1 NOTIFY',
      to: `<${at.phone.uri}>`,
      'content-length': '7',
    });
  });

  test('over TCP where the URI says so; a MESSAGE has no Contact', async () => {
    await using at = await stand();
    const line = await SipLine.open(`${at.phone.uri};transport=tcp`);
    const sip = at.transport({ to: { line, uri: at.phone.uri } });
    expect((await sip.send({ method: 'MESSAGE', body: 'hello' })).status).toBe(200);
    await line.stop();
    expect(at.phone.requests.last).toMatchObject({ transport: 'tcp', body: 'hello' });
    expect(at.phone.requests.last?.headers['contact']).toBeUndefined();
  });

  test.each([['MD5'], ['SHA-256']] as const)(
    'answers a challenge with %s, and gives nothing away before',
    async (algorithm) => {
      await using at = await stand({ authentication: { credentials: [LOGIN], algorithms: [algorithm] } });
      expect((await at.transport().send(NOTIFY)).status).toBe(200);
      expect(at.phone.requests.all.map(({ headers }) => [headers['cseq'], 'authorization' in headers])).toEqual([
        ['1 NOTIFY', false],
        ['2 NOTIFY', true],
      ]);
      expect(at.line.requests.count).toBe(2);
    },
  );

  test('answers a proxy, and the phone behind it', async () => {
    await using at = await stand({ authentication: { credentials: [LOGIN] } });
    at.line.ask(407, LOGIN);
    expect((await at.transport().send(NOTIFY)).status).toBe(200);
    expect(at.line.requests.count).toBe(3);
    expect(at.phone.requests.last?.headers).toMatchObject({
      'proxy-authorization': expect.stringContaining('nc=00000003'),
      authorization: expect.stringContaining('realm='),
    });
  });

  test.each([401, 407] as const)(
    'is refused with %i without credentials, or with wrong ones after one try',
    async (status) => {
      await using at = await stand();
      at.line.ask(status, { username: '1001', password: 'another' });
      expect(await outcomeOf(at.transport({ login: undefined }).send(NOTIFY))).toBe('PHONE_UNAUTHORIZED');
      expect(at.line.requests.count).toBe(1);
      expect(await outcomeOf(at.transport().send(NOTIFY))).toBe('PHONE_UNAUTHORIZED');
      expect(at.line.requests.count).toBe(3);
      expect(at.phone.requests.count).toBe(0);
    },
  );

  test.each(['empty', 'malformed'] as const)(
    'with a response that is %s the phone may have acted, unless the request only reads',
    async (delivery) => {
      await using at = await stand({ authentication: { credentials: [LOGIN] } });
      at.line.next = { delivery };
      expect(await outcomeOf(at.transport().send(NOTIFY))).toBe('UNKNOWN');
      at.line.next = { delivery };
      expect(await outcomeOf(at.transport().send({ ...NOTIFY, readOnly: true }))).toBe('PHONE_UNREACHABLE');
      expect(at.phone.requests.count).toBe(4);
      expect((await at.transport().send(NOTIFY)).status).toBe(200);
    },
  );

  test('what is lost on its way is sent again, as the same request', async () => {
    await using at = await stand({ faults: { dropDatagrams: 1 } });
    expect((await at.transport().send(NOTIFY)).status).toBe(200);
    expect([at.phone.requests.count, at.line.requests.count]).toEqual([1, 1]);
  });

  test('the time of a request ends it', async () => {
    await using at = await stand({ faults: { dead: true } });
    expect(await outcomeOf(at.transport().send({ ...NOTIFY, timeoutMs: 20 }))).toBe('UNKNOWN');
  });

  test('nothing leaves where it was aborted before, nobody listens, there is no URI, or a header is not for drivers', async () => {
    await using at = await stand();
    const signal = AbortSignal.abort();
    expect(await outcomeOf(at.transport({ signal }).send(NOTIFY))).toBe('PHONE_UNREACHABLE');
    at.line.isAway = true;
    expect(await outcomeOf(at.transport().send(NOTIFY))).toBe('PHONE_UNREACHABLE');
    expect(await outcomeOf(at.transport().converse(OFFER, async () => 'never'))).toBe('PHONE_UNREACHABLE');
    at.line.isAway = false;
    expect(await outcomeOf(at.transport({ to: undefined }).send(NOTIFY))).toBe('PHONE_UNREACHABLE');
    for (const headers of [{ Via: 'x' }, { Subject: 'a\r\nEvent: y' }]) {
      expect(await outcomeOf(at.transport().send({ ...NOTIFY, headers }))).toBe('INVALID_ARGUMENT');
    }
    expect(at.phone.requests.count).toBe(0);
  });

  test('refuses for the phone while it is told to', async () => {
    await using at = await stand();
    at.line.refuseWith = 489;
    expect((await at.transport().send(NOTIFY)).status).toBe(489);
    expect(await at.transport().converse(OFFER, async () => 'never')).toMatchObject({ refused: { status: 489 } });
    expect(at.phone.requests.count).toBe(0);
  });
});

test('a dry run keeps the requests and answers as it is told', async () => {
  const asked: AskedSip[] = [];
  const sip = createSipRehearsal((request) => void asked.push(request));
  expect(await sip.send({ ...NOTIFY, rehearsal: { status: 202, body: 'x' } })).toMatchObject({
    status: 202,
    body: 'x',
  });
  const talk = await sip.converse(
    { ...OFFER, rehearsal: ['one'] },
    async ({ reply, info, next, refer, referProgress }) => [
      reply.status,
      (await info(OFFER)).status,
      (await refer('<sip:2@h>')).status,
      await next(),
      await next(),
      await referProgress(1),
      await referProgress(1),
    ],
  );
  expect(talk).toEqual({
    value: [200, 200, 202, { contentType: OFFER.contentType, body: 'one' }, null, { status: 200, reason: 'OK' }, null],
  });
  expect(asked.map(sipText)).toEqual([
    'SIP NOTIFY\nevent: x\ncontent-type: text/plain\n\nä\r\nkey',
    'SIP INVITE\ncontent-type: application/csta+xml\n\n<x/>',
    'SIP INFO\ncontent-type: application/csta+xml\n\n<x/>',
    'SIP REFER\nrefer-to: <sip:2@h>\ncontent-type: \n\n',
  ]);
});
