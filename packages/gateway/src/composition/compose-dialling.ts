import type { CallBook } from '../calls/call-book.ts';
import { createDialLimits } from '../policy/dial-limits.ts';
import { createDialPolicy, type DialPolicy, NO_DIAL_POLICY } from '../policy/dial-policy.ts';
import { createSharedDialLimits } from '../policy/shared-dial-limits.ts';
import { storedNumbersIn } from '../policy/stored-numbers.ts';
import type { CommandStore } from '../store/ports.ts';
import type { Container } from './container.ts';
import { CONFIG, NOW, resolve, STORE, TICKS } from './tokens.ts';

/** The policy of the configuration, with what was counted and typed before. */
export async function composeDialling(
  container: Container,
  calls: CallBook,
  commands: CommandStore,
): Promise<DialPolicy> {
  const { dialling } = resolve(container, CONFIG);
  if (dialling === undefined || dialling === null) return NO_DIAL_POLICY;
  const [now, store] = [resolve(container, NOW), resolve(container, STORE)];
  const { limits, timeZone, ...rest } = dialling;
  const { shared } = store.dialCounts;
  return await createDialPolicy({
    ...rest,
    limits:
      shared === undefined
        ? await createDialLimits({ limits, timeZone, counts: store.dialCounts, now, ticks: resolve(container, TICKS) })
        : createSharedDialLimits({ limits, timeZone }, shared),
    typed: store.typed,
    isShared: shared !== undefined,
    storedNumbers: storedNumbersIn({ phones: store.phones, commands, calls }),
    now,
  });
}
