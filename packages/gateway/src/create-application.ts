import type { Application, CallFilter, EventFilter, ForwardPage, Listed, PhoneFilter } from './application.ts';
import { RequestError } from './application.ts';
import { auditedOnboarding, auditedPhones } from './audit/audited.ts';
import type { CallBook } from './calls/call-book.ts';
import { streamCalls } from './calls/call-stream.ts';
import type { BatchService } from './commands/batch-service.ts';
import type { CommandFeed } from './commands/command-feed.ts';
import type { CommandService } from './commands/command-service.ts';
import { matchesCommand, streamCommands } from './commands/command-stream.ts';
import { capabilityViews, type DriverRegistry } from './drivers/driver-registry.ts';
import type { EventPath } from './event-path/event-path.ts';
import { encodeCursor } from './events/cursor.ts';
import type { EventHub } from './events/event-hub.ts';
import { streamEvents } from './events/event-stream.ts';
import { followEvents, type StreamFilter } from './events/follow-events.ts';
import { listEvents } from './events/list-events.ts';
import type { Call, Command, Instant } from './model.ts';
import { listPhones, phoneMatches } from './phones/list-phones.ts';
import type { PhoneLinks } from './phones/phone-links.ts';
import type { PhoneRegistry } from './phones/phone-registry.ts';
import type { PhoneService } from './phones/phone-service.ts';
import { findBySipUser } from './sip/find-by-sip-user.ts';
import { RegistrarError } from './sip/registrar/registrar.ts';
import type { Registrars } from './sip/registrar/registrars.ts';
import type { NewestFirst, Page, Store } from './store/ports.ts';

/** What the application is made of. */
export interface ApplicationParts {
  readonly store: Pick<Store, 'events' | 'phones' | 'commands' | 'audit'>;
  readonly registry: PhoneRegistry;
  readonly phones: PhoneService;
  readonly drivers: DriverRegistry;
  readonly links: PhoneLinks;
  readonly book: CallBook;
  readonly hub: EventHub;
  readonly feed: CommandFeed;
  readonly commands: CommandService;
  readonly registrars: Registrars;
  readonly batches: BatchService;
  readonly readings: Application['readings'];
  readonly eventPath: Pick<EventPath, 'silentSince' | 'reachability'>;
  readonly apiKeys: Application['apiKeys'];
  readonly onboarding: Application['onboarding'];
  readonly now: () => Instant;
}

/** Calls that match are shown at first to `Subscription.calls`; more would be a list, not a picture. */
const SNAPSHOT_CALLS = 5_000;

/** Commands that `Subscription.commands` begins with. */
const SNAPSHOT_COMMANDS = 100;

/** Joins the services into what the API asks for. */
export function createApplication(parts: ApplicationParts): Application {
  return {
    phones: auditedPhones(phonesOf(parts), { log: parts.store.audit, now: parts.now }),
    drivers: {
      all: () => parts.drivers.views(),
      get: (vendor) => parts.drivers.views().find((driver) => driver.vendor === vendor) ?? null,
    },
    readings: parts.readings,
    calls: callsOf(parts),
    events: eventsOf(parts),
    commands: commandsOf(parts),
    apiKeys: parts.apiKeys,
    onboarding: auditedOnboarding(parts.onboarding, { log: parts.store.audit, now: parts.now }),
    audit: auditOf(parts),
  };
}

function auditOf({ store, registry }: ApplicationParts): Application['audit'] {
  return {
    async list({ withinTags, ...query }, { first, after }) {
      const before = after === undefined ? undefined : Number(after);
      if (before !== undefined && !Number.isSafeInteger(before)) {
        throw new RequestError('BAD_USER_INPUT', 'after: this is no cursor of the audit.');
      }
      const { items, ...page } = await store.audit.list(
        { ...query, phoneIds: phoneIdsWithin(registry, { ...query, withinTags }) },
        { limit: first, before },
      );
      return { ...page, items: items.map((node) => ({ node, cursor: String(node.sequence) })) };
    },
  };
}

function phonesOf({ registry, phones, links, store, registrars, eventPath }: ApplicationParts): Application['phones'] {
  return {
    get: (id) => registry.get(id)?.phone ?? null,
    byMac: (mac) => registry.find((phone) => phone.mac === mac),
    bySipUser: (user) =>
      findBySipUser(user, { registry, registrars }).catch((error: unknown) => {
        if (!(error instanceof RegistrarError)) throw error;
        throw new RequestError(
          'UPSTREAM_UNAVAILABLE',
          `No phone has that SIP URI, and the registrar could not be asked: ${error.message}. Ask again.`,
        );
      }),
    list: (filter, page) => listPhones({ registry, reachability: (id) => eventPath.reachability(id) }, filter, page),
    add: (input) => phones.add(input),
    identify: (device) => phones.identify(device),
    update: (id, patch) => phones.update(id, patch),
    remove: (id) => phones.remove(id),
    rotateActionUrls: (id, overlapSeconds) => phones.rotateActionUrls(id, overlapSeconds),
    reachability: (id) => eventPath.reachability(id),
    lastEventAt: (id) => links.of(id).lastEventAt,
    silentSince: (id) => eventPath.silentSince(id),
    capabilities: (id) => capabilityViews(registry.get(id)?.ladders ?? {}),
    keys: (id) => registry.get(id)?.keys ?? null,
    leds: (id) => store.phones.leds(id),
    features: (id) => store.phones.features(id),
    wishes: (id) => store.phones.wishes(id),
    actionUrls: (id) => phones.actionUrls(id),
    provisioning: (id) => phones.provisioning(id),
  };
}

/** The phones that are asked for, narrowed to those that have one of the tags now; undefined: all. */
function phoneIdsWithin(
  registry: PhoneRegistry,
  { phoneIds, withinTags }: Pick<CallFilter, 'phoneIds' | 'withinTags'>,
): readonly string[] | undefined {
  if (withinTags === undefined) return phoneIds;
  return [...registry.all()]
    .filter(({ phone }) => withinTags.some((tag) => phone.tags.includes(tag)) && (phoneIds?.includes(phone.id) ?? true))
    .map(({ phone }) => phone.id);
}

function callsOf({ book, hub, registry }: ApplicationParts): Application['calls'] {
  const list = ({ withinTags, ...query }: CallFilter, page: NewestFirst): Promise<Page<Call>> =>
    book.list({ ...query, phoneIds: phoneIdsWithin(registry, { ...query, withinTags }) }, page);
  return {
    get: (id) => book.get(id),
    active: (phoneId) => book.active(phoneId),
    list: (filter, page) => listed(list(filter, newestFirst(page))),
    ofEvent: (event) => book.ofEvent(event),
    subscribe(filter, signal) {
      const snapshot = async (): Promise<readonly Call[]> => (await list(filter, { limit: SNAPSHOT_CALLS })).items;
      return streamCalls({ book, snapshot, cursor: () => encodeCursor(hub.lastSequence) }, filter, signal);
    },
  };
}

/** Whether a phone has one of these tags now: asked again for each event, since they may change. */
function hasTagOf(registry: PhoneRegistry, tags: readonly string[] | undefined): (phoneId: string) => boolean {
  return (phoneId) => tags === undefined || tags.some((tag) => registry.get(phoneId)?.phone.tags.includes(tag));
}

function eventsOf({ store, hub, registry }: ApplicationParts): Application['events'] {
  const everywhere = (): boolean => true;
  const streamFilter = ({ tags, withinTags, ...query }: EventFilter): StreamFilter => {
    if (tags === undefined && withinTags === undefined) return { query, phoneMatches: everywhere };
    const [wanted, visible] = [hasTagOf(registry, tags), hasTagOf(registry, withinTags)];
    return { query, phoneMatches: (phoneId) => wanted(phoneId) && visible(phoneId) };
  };
  const source = { log: store.events, hub };
  return {
    cursorOf: encodeCursor,
    get: (sequence) => store.events.get(sequence),
    list: (filter, page) => listEvents(store.events, streamFilter(filter), page),
    subscribe: (filter, after, signal) => streamEvents(source, { filter: streamFilter(filter), after }, signal),
    follow: (filter, after, sink) => followEvents(source, { filter: streamFilter(filter), after }, sink),
  };
}

function commandsOf({
  store,
  commands,
  batches,
  registry,
  eventPath,
  feed,
  hub,
}: ApplicationParts): Application['commands'] {
  return {
    get: (id) => store.commands.get(id),
    list: ({ withinTags, ...query }, page) =>
      listed(
        store.commands.list(
          { ...query, phoneIds: phoneIdsWithin(registry, { ...query, withinTags }) },
          newestFirst(page),
        ),
      ),
    run: (phoneId, request, by) => commands.run(phoneId, request, by),
    async runOnPhones(filter, request, by) {
      if (isEmpty(filter)) {
        throw new RequestError('BAD_USER_INPUT', 'An empty filter is refused: say which phones are meant.');
      }
      const wanted = [...registry.all()].filter(
        (one) => one.phone.removedAt === null && phoneMatches((id) => eventPath.reachability(id), filter, one),
      );
      return batches.run({ filter, phoneIds: wanted.map(({ phone }) => phone.id) }, request, by);
    },
    explain: (phoneId, request, caller) => commands.explain(phoneId, request, caller),
    subscribe: (id, signal) => feed.watch(id, () => store.commands.get(id), signal),
    subscribeAll({ withinTags, ...query }, signal) {
      const within = { ...query, phoneIds: phoneIdsWithin(registry, { ...query, withinTags }) };
      const snapshot = async () => (await store.commands.list(within, { limit: SNAPSHOT_COMMANDS })).items;
      // Asked again for each change, since a phone's tags may change.
      const matches = (command: Command) =>
        matchesCommand(query, command) && hasTagOf(registry, withinTags)(command.phoneId);
      return streamCommands({ feed, snapshot, cursor: () => encodeCursor(hub.lastSequence) }, matches, signal);
    },
    batch: (id) => store.commands.getBatch(id),
    pendingInBatch: (batchId) => store.commands.pendingInBatch(batchId),
    inBatch: (batchId, page) => listed(store.commands.list({ batchId }, newestFirst(page))),
  };
}

function newestFirst({ first, after }: ForwardPage): NewestFirst {
  return { limit: first, after };
}

/** Newest-first lists are resumed behind an item's own id. */
async function listed<Item extends { readonly id: string }>(list: Promise<Page<Item>>): Promise<Page<Listed<Item>>> {
  try {
    const { items, ...page } = await list;
    return { ...page, items: items.map((node) => ({ node, cursor: node.id })) };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'UNKNOWN_CURSOR') {
      throw new RequestError('BAD_USER_INPUT', '`after` is no cursor of this list.');
    }
    throw error;
  }
}

/** Whether a filter says nothing: neither does an empty list, and of capabilities it would let every phone through. */
function isEmpty({ withinTags: _of, ...filter }: PhoneFilter): boolean {
  return Object.values(filter).every(
    (value: unknown) =>
      value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0),
  );
}
