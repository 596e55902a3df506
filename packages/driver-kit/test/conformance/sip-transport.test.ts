import { type Outcome, TransportError } from '@hookswitch/core';
import { describe, expect, test } from 'vitest';
import { type AskedSip, sipText } from '../../src/conformance/sip/asked.ts';
import { SipLine } from '../../src/conformance/sip/line.ts';
import {
  createSipRehearsal,
  createSipTransport,
  type SipTransportOptions,
} from '../../src/conformance/sip/sip-transport.ts';
import {
  Recorder,
  type VirtualSipDialog,
  VirtualSipEndpoint,
  type VirtualSipEndpointOptions,
} from '../../src/virtual/index.ts';

const LOGIN = { username: '1001', password: 'p&ss wörd' };
const NOTIFY = { method: 'NOTIFY', headers: { Event: 'x' }, contentType: 'text/plain', body: 'ä\r\nkey' } as const;
const OFFER = { contentType: 'application/csta+xml', body: '<x/>' } as const;

interface Stand extends AsyncDisposable {
  readonly phone: VirtualSipEndpoint;
  readonly line: SipLine;
  readonly dialogs: Recorder<VirtualSipDialog>;
  transport(options?: Partial<SipTransportOptions>): ReturnType<typeof createSipTransport>;
}

async function stand(options: Partial<VirtualSipEndpointOptions> = {}): Promise<Stand> {
  const dialogs = new Recorder<VirtualSipDialog>();
  const phone = new VirtualSipEndpoint({
    handle: ({ method }) =>
      method === 'INVITE'
        ? { status: 200, onDialog: (dialog) => dialogs.record(dialog) }
        : { status: 200, headers: { 'X-Two': ['a', 'b'] }, body: 'Grüße' },
    methods: ['NOTIFY', 'MESSAGE', 'OPTIONS', 'INVITE', 'INFO', 'REFER'],
    user: () => '1001',
    ...options,
  });
  await phone.start();
  const line = await SipLine.open(phone.uri);
  return {
    phone,
    line,
    dialogs,
    transport: (more = {}) =>
      createSipTransport({
        to: { line, uri: phone.uri },
        login: LOGIN,
        signal: new AbortController().signal,
        wait: () => Promise.resolve(),
        onSend: () => {},
        ...more,
      }),
    [Symbol.asyncDispose]: async () => {
      await line.stop();
      await phone.stop();
    },
  };
}

async function outcomeOf(sent: Promise<unknown>): Promise<string> {
  const short = (outcome: Outcome<unknown>) => (outcome.status === 'FAILED' ? outcome.failure.code : outcome.status);
  try {
    await sent;
  } catch (error) {
    if (TransportError.is(error)) return short(error.outcome);
    throw error;
  }
  return 'a reply';
}

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

describe('a dialog', () => {
  test('INFO both ways, REFER, and a BYE at its end', async () => {
    await using at = await stand();
    const asked: AskedSip[] = [];
    let told: ReturnType<VirtualSipDialog['request']> | undefined;
    const talk = await at
      .transport({ onSend: (request) => void asked.push(request) })
      .converse(OFFER, async (conversation) => {
        const { status } = await conversation.info({ contentType: 'text/plain', body: 'one' });
        const refer = await conversation.refer('sip:2001@pbx.example');
        told = at.dialogs.last?.request('INFO', { contentType: 'text/plain', body: 'two' });
        return [conversation.reply.status, status, refer.status, await conversation.next()];
      });
    expect(talk).toEqual({ value: [200, 200, 200, { contentType: 'text/plain', body: 'two' }] });
    expect((await told)?.status).toBe(200);
    expect(at.phone.requests.all.map(({ method, headers }) => [method, headers['cseq']?.split(' ')[0]])).toEqual([
      ['INVITE', '1'],
      ['INFO', '2'],
      ['REFER', '3'],
      ['BYE', '4'],
    ]);
    expect(at.phone.requests.all[2]?.headers['refer-to']).toBe('<sip:2001@pbx.example>');
    expect([at.phone.acknowledgements.count, at.phone.dialogs.length]).toEqual([1, 0]);
    expect(asked.map(({ method, opensOnly }) => [method, opensOnly])).toEqual([
      ['INVITE', true],
      ['INFO', false],
      ['REFER', false],
    ]);
  });

  test('an INFO is answered once it was dealt with, or not', async () => {
    await using at = await stand();
    const sent: Promise<{ readonly status: number }>[] = [];
    const info = (body: string) => {
      const dialog = at.dialogs.last;
      if (dialog !== undefined) sent.push(dialog.request('INFO', { body }));
    };
    const talk = at.transport().converse(OFFER, async (conversation) => {
      info('one');
      const first = await conversation.next();
      info('two');
      const second = await conversation.next();
      info('three');
      // What comes by the same way afterwards says that it is there.
      await conversation.info(OFFER);
      throw new RangeError(`${first?.body} ${second?.body}`);
    });
    await expect(talk).rejects.toThrow('one two');
    expect((await Promise.all(sent)).map(({ status }) => status)).toEqual([200, 500, 481]);
  });

  test('a wait of its own ends the wait for an INFO, and not the dialog', async () => {
    await using at = await stand();
    const talk = at.transport().converse(OFFER, async (conversation) => {
      const own = new AbortController();
      const next = conversation.next(own.signal).catch((error: unknown) => String(error));
      own.abort('enough');
      return [await next, (await conversation.info(OFFER)).status];
    });
    expect(await talk).toEqual({ value: ['enough', 200] });
  });

  test('how a REFER goes on, as long as the phone tells', async () => {
    await using at = await stand();
    const notify = async (body: string, state: string, event = 'refer') => {
      const headers = { Event: event, 'Subscription-State': state };
      return (await at.dialogs.last?.request('NOTIFY', { headers, body }))?.status;
    };
    const talk = await at.transport().converse(OFFER, async ({ refer, referProgress }) => {
      await refer('sip:2001@pbx.example');
      const statuses = [
        await notify('SIP/2.0 180 Ringing\r\n', 'active;expires=60'),
        await notify('SIP/2.0 486 Busy Here\r\n', 'terminated;reason=noresource'),
        await notify('SIP/2.0 200 OK\r\n', 'active', 'talk'),
        await notify('what?', 'active'),
      ];
      return [statuses, await referProgress(9), await referProgress(9), await referProgress(9)];
    });
    expect(talk).toEqual({
      value: [[200, 200, 489, 489], { status: 180, reason: 'Ringing' }, { status: 486, reason: 'Busy Here' }, null],
    });
  });

  test('a REFER of which the phone tells nothing is not waited for longer than that', async () => {
    await using at = await stand();
    const talk = await at.transport().converse(OFFER, async ({ refer, referProgress }) => {
      await refer('sip:2001@pbx.example');
      return referProgress(1000);
    });
    expect(talk).toEqual({ value: null });
  });

  test('that the phone ends tells so, and needs no BYE', async () => {
    await using at = await stand();
    const talk = await at.transport().converse(OFFER, async (conversation) => {
      await at.dialogs.last?.bye();
      return [await conversation.next(), await outcomeOf(conversation.info(OFFER))];
    });
    expect(talk).toEqual({ value: [null, 'PHONE_UNREACHABLE'] });
    expect(at.phone.requests.all.map(({ method }) => method)).toEqual(['INVITE']);
  });

  test('ends whatever is thrown in it', async () => {
    await using at = await stand();
    const thrown = new RangeError('a bug');
    await expect(at.transport().converse(OFFER, () => Promise.reject(thrown))).rejects.toBe(thrown);
    expect(at.phone.requests.all.map(({ method }) => method)).toEqual(['INVITE', 'BYE']);
  });

  test('that is refused is acknowledged, and not talked in', async () => {
    await using at = await stand({ handle: () => ({ status: 486 }) });
    expect(await at.transport().converse(OFFER, async () => 'never')).toMatchObject({ refused: { status: 486 } });
    await at.phone.acknowledgements.waitForCount(1);
  });

  test('waiting for the phone ends with the signal; the dialog is ended nevertheless', async () => {
    await using at = await stand();
    const controller = new AbortController();
    const { signal } = controller;
    const talk = at.transport({ signal }).converse(OFFER, async (conversation) => {
      const next = conversation.next();
      controller.abort(new Error('over'));
      return next;
    });
    await expect(talk).rejects.toThrow('over');
    expect(at.phone.requests.all.map(({ method }) => method)).toEqual(['INVITE', 'BYE']);
  });

  test('that opens too late is ended at once', async () => {
    await using at = await stand();
    at.line.next = { delivery: 'empty' };
    expect(await outcomeOf(at.transport().converse(OFFER, async () => 'never'))).toBe('UNKNOWN');
    // The phone sends its response again, since nobody acknowledged it.
    await at.phone.requests.waitFor(({ method }) => method === 'BYE');
    expect(at.phone.requests.all.map(({ method }) => method)).toEqual(['INVITE', 'CANCEL', 'BYE']);
    expect(at.phone.dialogs).toEqual([]);
  });

  test.each(['BYE', 'nothing'] as const)('in which the phone says no more, but %s', async (says) => {
    await using at = await stand();
    const controller = new AbortController();
    const talk = at.transport({ signal: controller.signal }).converse(OFFER, async (conversation) => {
      at.line.next = { says };
      const { status, body } = await conversation.info(OFFER);
      void at.dialogs.last?.request('INFO', { body: 'lost' }).catch(() => {});
      if (says === 'nothing') controller.abort();
      return [status, body, await conversation.next().catch(() => 'aborted')];
    });
    await expect(talk).resolves.toEqual({ value: [200, '', says === 'BYE' ? null : 'aborted'] });
    expect(at.line.interfered.count).toBe(1);
  });

  test('whose first body is another one', async () => {
    await using at = await stand();
    const talk = await at.transport().converse(OFFER, async (conversation) => {
      at.line.next = { body: '???' };
      return [(await conversation.info(OFFER)).body, await conversation.next()];
    });
    expect(talk).toEqual({ value: ['???', null] });
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
