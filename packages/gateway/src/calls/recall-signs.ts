import { DriverFault } from '../drivers/driver-port.ts';
import type { LoggedEvent } from '../model.ts';
import type { PhoneRegistry, RegisteredPhone } from '../phones/phone-registry.ts';
import type { EventLog, PhoneStore } from '../store/ports.ts';
import type { CallBook } from './call-book.ts';
import { NO_SIGNS, type PhoneSigns, readSign } from './phone-signs.ts';

/** What signs are read back from. */
export interface RecallOptions {
  readonly book: CallBook;
  readonly registry: PhoneRegistry;
  readonly log: Pick<EventLog, 'read'>;
  readonly store: Pick<PhoneStore, 'features'>;
}

const PAGE = 500;

/**
 * What phones with open calls told of all of their calls since the oldest of these began: what a gateway knew that was
 * stopped, read back from the log.
 * @returns by the phone's id
 */
export async function recallSigns(options: RecallOptions): Promise<Map<string, PhoneSigns>> {
  const phoneIds = new Set(options.book.open().map(({ phoneId }) => phoneId));
  const recalled = new Map<string, PhoneSigns>();
  for (const phoneId of phoneIds) recalled.set(phoneId, await signsOf(phoneId, options));
  return recalled;
}

async function signsOf(phoneId: string, { book, registry, log, store }: RecallOptions): Promise<PhoneSigns> {
  const phone = registry.get(phoneId);
  const waiting = (await store.features(phoneId)).find(({ feature }) => feature === 'CALL_WAITING');
  let signs: PhoneSigns = { ...NO_SIGNS, callWaiting: waiting?.enabled ?? null };
  for (const event of await eventsSince(log, phoneId, book.openSince(phoneId) ?? Number.MAX_SAFE_INTEGER)) {
    const ongoingCalls = phone === null ? null : await countIn(event, phone);
    signs = readSign(signs, { event, ongoingCalls, call: book.trackedCallOf(event) });
  }
  return signs;
}

/** From that place on, oldest first. */
async function eventsSince(log: RecallOptions['log'], phoneId: string, since: number): Promise<readonly LoggedEvent[]> {
  const events: LoggedEvent[] = [];
  for (let after = since - 1; ; after = events.at(-1)?.sequence ?? after) {
    const page = await log.read({ phoneIds: [phoneId] }, { after, limit: PAGE });
    events.push(...page);
    if (page.length < PAGE) return events;
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
