import { describe, expect, test } from 'vitest';
import type { AskedSip } from '../../src/conformance/sip/asked.ts';
import type { VirtualSipDialog } from '../../src/virtual/index.ts';
import { OFFER, outcomeOf, stand } from '../support/sip-stand.ts';

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
