import { describe, expect, test } from 'vitest';
import { replyOf } from '../fake-context.ts';
import { run } from '../run.ts';

const accepted = { status: 'ACCEPTED' };
const invalid = (argument: string) => ({ status: 'FAILED', failure: { code: 'INVALID_ARGUMENT', argument } });

describe('pressKeys', () => {
  test('one request, with hold and pause times', async () => {
    const { outcome, sent } = await run('pressKeys', {
      keys: [{ key: 'OFF_HOOK' }, { key: '1', holdMs: 80, pauseMs: 120 }, { key: '#' }],
    });
    expect(outcome).toMatchObject(accepted);
    expect(sent).toEqual(['/command.htm?key=OFFHOOK;1,80,120;%23']);
  });

  test.each([
    [{ keys: [] }, 'keys'],
    [{ keys: [{ key: '1' }, { key: 'FUNCTION_99' }] }, 'keys.1.key'],
    [{ keys: [{ key: '1', holdMs: -1 }] }, 'keys.0.holdMs'],
    [{ keys: [{ key: '1', holdMs: 1.5 }] }, 'keys.0.holdMs'],
    [{ keys: [{ key: '1' }, { key: '2', pauseMs: 60_001 }] }, 'keys.1.pauseMs'],
  ])('%j is refused before any traffic', async (command, argument) => {
    const { outcome, sent } = await run('pressKeys', command);
    expect(outcome).toMatchObject(invalid(argument));
    expect(sent).toEqual([]);
  });

  test('a phone without command.htm is not asked again', async () => {
    const { outcome } = await run('pressKeys', { keys: [{ key: '1' }] }, { answer: () => replyOf(404) });
    expect(outcome.status).toBe('NOT_HERE');
  });
});

describe('touch', () => {
  const phone = { model: '870', firmware: '8.7.5.44' };

  test('press, release and tap in one chain', async () => {
    const { sent } = await run(
      'touch',
      {
        touches: [
          { xPx: 0, yPx: 0, action: 'PRESS' },
          { xPx: 479, yPx: 271, action: 'RELEASE' },
          { xPx: 10, yPx: 20, action: 'TAP' },
        ],
      },
      { phone },
    );
    expect(sent).toEqual(['/command.htm?touch=0%200%20p%20479%20271%20r%2010%2020%20pr']);
  });

  test.each([
    [480, 0, 'touches.0.xPx'],
    [-1, 0, 'touches.0.xPx'],
    [0, 272, 'touches.0.yPx'],
    [0, 0.5, 'touches.0.yPx'],
  ])('%d, %d is outside', async (xPx, yPx, argument) => {
    const { outcome, sent } = await run('touch', { touches: [{ xPx, yPx, action: 'TAP' }] }, { phone });
    expect(outcome).toMatchObject(invalid(argument));
    expect(sent).toEqual([]);
  });

  test('nothing to touch', async () => {
    expect((await run('touch', { touches: [] }, { phone })).outcome).toMatchObject(invalid('touches'));
  });
});
