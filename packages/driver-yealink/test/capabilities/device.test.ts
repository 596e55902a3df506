import { failed, phoneUnreachable, TransportError, unknown } from '@hookswitch/core';
import { describe, expect, test } from 'vitest';
import { fakeContext, knownCall, profile } from '../support/fake-context.ts';
import { fixture } from '../support/fixture.ts';
import { firstRung, short } from '../support/ladders.ts';

const lost = new TransportError(unknown('The reply was lost.'));
const refused = new TransportError(failed(phoneUnreachable('Connection refused.')));

describe('restarts', () => {
  test.each([
    ['REBOOT', 'Reboot'],
    ['FACTORY_RESET', 'Reset'],
    ['PROVISION', 'AutoP'],
  ] as const)('%s', async (capability, key) => {
    const run = (answers: readonly TransportError[]) => {
      const context = fakeContext({ answers });
      const outcome =
        capability === 'REBOOT'
          ? firstRung(capability, context).reboot({ evenInCall: false }, context)
          : capability === 'FACTORY_RESET'
            ? firstRung(capability, context).factoryReset({}, context)
            : firstRung(capability, context).provision({ allowReboot: true }, context);
      return { outcome, context };
    };
    const good = run([]);
    expect([short(await good.outcome), ...good.context.trace]).toEqual(['ACCEPTED', `GET /servlet?key=${key}`]);
    const vanished = run([lost]);
    expect(await vanished.outcome).toMatchObject({
      status: 'UNKNOWN',
      reason: expect.stringContaining('setup_completed'),
    });
    expect(vanished.context.trace).toHaveLength(1);
    await expect(run([refused]).outcome).rejects.toBe(refused);
  });

  test('fetching is refused where a restart is not allowed: over HTTP nothing can forbid it', async () => {
    const context = fakeContext();
    const outcome = await firstRung('PROVISION', context).provision({ allowReboot: false }, context);
    expect(outcome).toMatchObject({ status: 'FAILED', failure: { argument: 'allowReboot' } });
    expect(context.trace).toEqual([]);
  });

  test('a call is in the way of a restart, unless that is wished', async () => {
    const context = fakeContext({ calls: [knownCall({ state: 'HELD' })] });
    const { reboot } = firstRung('REBOOT', context);
    expect(await reboot({ evenInCall: false }, context)).toMatchObject({
      failure: { code: 'INVALID_CALL_STATE', actual: 'HELD' },
    });
    expect(short(await reboot({ evenInCall: true }, context))).toBe('ACCEPTED');
    expect(context.trace).toEqual(['GET /servlet?key=Reboot']);
  });
});

describe('phoneInfo', () => {
  test('asks for all and reads it', async () => {
    const context = fakeContext({ answers: [{ text: fixture('phonecfg/reply-v71.ini') }] });
    const outcome = await firstRung('PHONE_INFO', context).phoneInfo(context);
    expect(outcome).toMatchObject({ status: 'ACCEPTED', value: { firmware: '2.71.14.4' } });
    expect(context.requests[0]).toMatchObject({ target: fixture('action-uri/phonecfg.txt'), readOnly: true });
  });

  test('brackets by option', async () => {
    const context = fakeContext({ phone: profile({ options: { bracketedSelectors: true } }) });
    await firstRung('PHONE_INFO', context).phoneInfo(context);
    expect(context.trace).toEqual(['GET /servlet?phonecfg=get[&accounts=1][&dnd=1][&fw=1]']);
  });

  test('a dry run reads its own rehearsal', async () => {
    const asked = fakeContext();
    await firstRung('PHONE_INFO', asked).phoneInfo(asked);
    const rehearsal = asked.requests[0]?.rehearsal;
    const context = fakeContext({ answers: [{ status: rehearsal?.status ?? 0, text: rehearsal?.body ?? '' }] });
    expect(short(await firstRung('PHONE_INFO', context).phoneInfo(context))).toBe('ACCEPTED');
  });
});

describe('screen', () => {
  test('the first path that is there', async () => {
    const context = fakeContext({ answers: [{ status: 404 }, { status: 400 }, { text: 'BM…' }] });
    const outcome = await firstRung('SCREEN', context).screen(context);
    expect(outcome).toMatchObject({ status: 'ACCEPTED', value: { mediaType: 'image/bmp' } });
    expect(context.trace).toEqual([
      'GET /screencapture',
      'GET /screencapture/download',
      'GET /servlet?command=screenshot',
    ]);
    expect(context.requests.every(({ readOnly }) => readOnly === true)).toBe(true);
  });

  test('a refusal ends the search', async () => {
    const context = fakeContext({ answers: [{ status: 403 }] });
    expect(short(await firstRung('SCREEN', context).screen(context))).toBe('PHONE_REJECTED');
    expect(context.trace).toHaveLength(1);
  });

  test('none of them', async () => {
    const context = fakeContext({ answers: Array.from({ length: 4 }, () => ({ status: 404 })) });
    expect(short(await firstRung('SCREEN', context).screen(context))).toBe('NOT_HERE');
    expect(context.trace).toHaveLength(4);
  });

  test('the path as an option', async () => {
    const context = fakeContext({ phone: profile({ options: { screenPath: '/servlet?command=screenshot' } }) });
    await firstRung('SCREEN', context).screen(context);
    expect(context.trace).toEqual(['GET /servlet?command=screenshot']);
  });
});
