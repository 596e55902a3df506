import { DriverFault } from '../drivers/driver-port.ts';
import type { LoggedEvent } from '../model.ts';
import type { PhoneRegistry, RegisteredPhone } from '../phones/phone-registry.ts';
import type { EventLog, EventQuery, PhoneStore } from '../store/ports.ts';
import type { CallBook } from './call-book.ts';
import { NO_SIGNS, type PhoneSigns, readSign } from './phone-signs.ts';

/** What signs are read back from. */
export interface RecallOptions {
  readonly book: CallBook;
  readonly registry: Pick<PhoneRegistry, 'get'>;
  readonly log: Pick<EventLog, 'read'>;
  readonly store: Pick<PhoneStore, 'features'>;
}

const PAGE = 1_000;
/** Phones that are asked about at once. */
const AT_ONCE = 16;
/**
 * Of many phones whose calls began lately the log is read on once; of another each phone's own events are asked for. That costs about
 * as much as so many events that are read on the way.
 */
const READ_ON = 32;

/**
 * What phones with open calls told of all of their calls since the oldest of these began: what a gateway knew that was
 * stopped, read back from the log.
 * @returns by the phone's id
 */
export async function recallSigns(options: RecallOptions): Promise<Map<string, PhoneSigns>> {
  const { book, registry, log, store } = options;
  const recalled = new Map<string, PhoneSigns>();
  const since = new Map<string, number>();
  for (const { phoneId } of book.open()) since.set(phoneId, book.openSince(phoneId) ?? Number.MAX_SAFE_INTEGER);
  const take = async (event: LoggedEvent): Promise<void> => {
    const signs = recalled.get(event.phoneId);
    if (signs === undefined || event.sequence < (since.get(event.phoneId) ?? 0)) return;
    const phone = registry.get(event.phoneId);
    const ongoingCalls = phone === null ? null : await countIn(event, phone);
    recalled.set(event.phoneId, readSign(signs, { event, ongoingCalls, call: book.trackedCallOf(event) }));
  };
  // What comes behind that is followed.
  const through = book.throughSequence;
  const lately = latelyBegun(since, through);
  await eachOf([...since.keys()], async (phoneId) => {
    const waiting = (await store.features(phoneId)).find(({ feature }) => feature === 'CALL_WAITING');
    recalled.set(phoneId, { ...NO_SIGNS, callWaiting: waiting?.enabled ?? null });
    if (lately.has(phoneId)) return;
    const range = { from: since.get(phoneId) ?? 0, through };
    for await (const event of eventsIn(log, range, { phoneIds: [phoneId] })) await take(event);
  });
  const from = [...lately.values()].at(-1) ?? through;
  for await (const event of eventsIn(log, { from, through })) if (lately.has(event.phoneId)) await take(event);
  return recalled;
}

/**
 * The phones of which it costs less to read the log on than to ask for each one's events, those whose calls began last first.
 * @param since by the phone's id
 */
function latelyBegun(since: ReadonlyMap<string, number>, through: number): ReadonlyMap<string, number> {
  const newestFirst = [...since].sort(([, left], [, right]) => right - left);
  const most = newestFirst.findLastIndex(([, from], index) => through - from < READ_ON * (index + 1));
  return new Map(newestFirst.slice(0, most + 1));
}

async function eachOf(phoneIds: readonly string[], work: (phoneId: string) => Promise<void>): Promise<void> {
  for (let from = 0; from < phoneIds.length; from += AT_ONCE) {
    await Promise.all(phoneIds.slice(from, from + AT_ONCE).map(work));
  }
}

/** Oldest first. */
async function* eventsIn(
  log: RecallOptions['log'],
  { from, through }: { readonly from: number; readonly through: number },
  query: EventQuery = {},
): AsyncGenerator<LoggedEvent, void, undefined> {
  for (let after = from - 1; after < through; ) {
    const page = await log.read(query, { after, before: through + 1, limit: PAGE });
    yield* page;
    after = page.length < PAGE ? through : (page.at(-1)?.sequence ?? through);
  }
}

/**
 * How many calls the phone counted with an event: the log has what it told, and its driver knows what that means. Null:
 * it counted none, or the driver cannot say.
 */
async function countIn({ vendorEvent, variables }: LoggedEvent, phone: RegisteredPhone): Promise<number | null> {
  const { driver, profile, actionUrlSettings } = phone;
  const setting = actionUrlSettings.find((one) => one.setting === vendorEvent);
  if (driver === null || setting === undefined) return null;
  const rawQuery = variables.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('&');
  try {
    return (await driver.parse({ path: setting.path, rawQuery }, profile))?.ongoingCalls ?? null;
  } catch (error) {
    if (error instanceof DriverFault) return null;
    throw error;
  }
}
