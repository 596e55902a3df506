import { expect, test } from 'vitest';
import type { Call } from '../src/index.ts';
import { openStand } from './support/stand.ts';

test.each(['websocket', 'sse'] as const)(
  'calls over %s: after a break only what has changed comes',
  async (transport) => {
    const stand = await openStand();
    await stand.ring('1');
    const stream = stand.client({ transport }).calls();
    const next = async (): Promise<Call | null> => {
      const { value } = await stream.next();
      return value?.__typename === 'Call' ? value : null;
    };
    const first = await next();
    expect(first).toMatchObject({ state: 'RINGING', remote: { number: '201' }, phone: { id: stand.phone.id } });
    expect(await next()).toBeNull();
    stand.proxy.cut();
    await stand.ring('2');
    stand.proxy.mend();
    const second = await next();
    expect(second?.id).not.toBe(first?.id);
    expect(await next()).toBeNull();
    await stream.return?.();
  },
);
