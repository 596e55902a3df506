import type { Application } from '../../../gateway/src/application.ts';
import type { LoggedEvent } from '../../../gateway/src/model.ts';

/** What a phone told of a call, and which call the gateway takes it to be about. */
export interface HeardEvent {
  readonly phoneId: string;
  readonly receivedAt: number;
  readonly number: string | null;
  readonly direction: 'INCOMING' | 'OUTGOING' | null;
  /** Null: none can be told. */
  readonly callId: string | null;
}

const PAGE = 500;

/** The events of calls in the log that these phones told by themselves, oldest first. */
export async function heardFrom(
  { events, calls }: Application,
  phoneIds: readonly string[],
): Promise<readonly HeardEvent[]> {
  const heard: HeardEvent[] = [];
  for (let after: string | undefined; ; ) {
    const { items, hasNextPage } = await events.list({ phoneIds, types: ['CALL'] }, { first: PAGE, after });
    heard.push(...(await Promise.all(items.map((event) => heardEvent(event, calls)))).flat());
    const last = items.at(-1);
    if (!hasNextPage || last === undefined) return heard;
    after = events.cursorOf(last.sequence);
  }
}

async function heardEvent(logged: LoggedEvent, calls: Application['calls']): Promise<readonly HeardEvent[]> {
  const { phoneId, receivedAt, event, vendorEvent } = logged;
  if (event.type !== 'CALL' || vendorEvent === null) return [];
  const { direction, remote } = event.call;
  const callId = (await calls.ofEvent(logged))?.id ?? null;
  return [{ phoneId, receivedAt, number: remote.number, direction, callId }];
}
