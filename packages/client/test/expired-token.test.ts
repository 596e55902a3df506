import { expect, test } from 'vitest';
import { collect } from './support/collect.ts';
import { createKey } from './support/keys.ts';
import { openStand } from './support/stand.ts';

/** Long enough for four streams to be open before, on a busy machine too. */
const LIFE_MS = 10_000;

test('a key whose time is over ends its streams with a typed error, or they go on with the next one', async () => {
  const stand = await openStand();
  const next = await createKey(stand);
  const expiresAt = new Date(Date.now() + LIFE_MS);
  const short = await createKey(stand, expiresAt);
  const open = (['websocket', 'sse'] as const).map((transport) => {
    const refused: (string | null)[] = [];
    const token = (last: string | null): string => {
      refused.push(last);
      return last === null ? short.key : next.key;
    };
    return {
      refused,
      renewed: collect(stand.client({ transport, token }).phoneEvents()),
      stuck: collect(stand.client({ transport, token: short.key }).phoneEvents()),
    };
  });
  for (const { renewed, stuck } of open) await Promise.all([renewed.until('CaughtUp'), stuck.until('CaughtUp')]);
  for (const { stuck } of open) {
    await expect(stuck.ended).rejects.toMatchObject({
      name: 'StreamError',
      failure: { __typename: 'RequestFailure', code: 'UNAUTHENTICATED' },
    });
  }
  expect(Date.now()).toBeGreaterThanOrEqual(expiresAt.getTime());
  await Promise.all(open.map(({ renewed }) => renewed.until('CaughtUp', 2)));
  await stand.report(1);
  for (const { renewed, refused } of open) {
    await renewed.until('1');
    expect(renewed.words.filter((word) => word === '1')).toHaveLength(1);
    expect(refused).toEqual([null, short.key]);
  }
});
