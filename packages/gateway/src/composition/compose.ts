import type { Application } from '../application.ts';
import type { CallBook } from '../calls/call-book.ts';
import type { CallCloser } from '../calls/call-closer.ts';
import { createHeldSteps, NEVER_HELD } from '../cluster/held-steps.ts';
import type { ServedDocuments } from '../cluster/shared-documents.ts';
import { createCallSight } from '../commands/call-sight.ts';
import { createConfirmations } from '../commands/confirmations.ts';
import { Switches } from '../commands/switches.ts';
import { createApplication } from '../create-application.ts';
import type { EventPath } from '../event-path/event-path.ts';
import { createPathWatch } from '../event-path/path-watch.ts';
import type { EventIntake } from '../events/event-intake.ts';
import type { EventKeeper } from '../events/event-keeper.ts';
import { addGauges } from '../observability/metrics.ts';
import type { FirstContacts } from '../onboarding/first-contacts.ts';
import type { PhoneLinks } from '../phones/phone-links.ts';
import type { PhoneRegistry } from '../phones/phone-registry.ts';
import type { PhoneService } from '../phones/phone-service.ts';
import type { Monitors } from '../sip/monitors.ts';
import { createDocumentShelf } from '../transport/documents.ts';
import { createWishKeeper, type WishKeeper } from '../wishes/wish-keeper.ts';
import { composeCallCloser } from './compose-call-closer.ts';
import { composeCommandStore, storeBehind } from './compose-command-store.ts';
import { composeBatches, composeCommands, type Outward } from './compose-commands.ts';
import { composeDocuments } from './compose-documents.ts';
import { composeEventPath } from './compose-event-path.ts';
import { composeEvents, type EventParts } from './compose-events.ts';
import { composeLanes, type LaneParts } from './compose-lanes.ts';
import { composeMonitors } from './compose-monitors.ts';
import { composeOnboarding } from './compose-onboarding.ts';
import { composeLinks, composePhones, composeReadings } from './compose-phones.ts';
import { composeSecurity, type SecurityParts } from './compose-security.ts';
import { composeSip, type SipParts } from './compose-sip.ts';
import type { Container } from './container.ts';
import { followStore } from './follow-store.ts';
import { gaugesOf } from './gauges.ts';
import { openPicture } from './open-picture.ts';
import { stepsAfterEvent } from './steps-after-event.ts';
import { DRIVERS, LEASES, LOG, METRICS, NOW, resolve, STORE, TICKS } from './tokens.ts';

/** The running parts that the gateway starts, serves and stops. */
export interface Composition {
  readonly application: Application;
  readonly registry: PhoneRegistry;
  readonly phones: PhoneService;
  readonly intake: EventIntake;
  /** Moves what lies in the spool into the log once it is started. */
  readonly keeper: EventKeeper;
  readonly links: PhoneLinks;
  readonly book: CallBook;
  readonly documents: ServedDocuments;
  readonly security: SecurityParts;
  readonly sip: SipParts;
  readonly wishes: WishKeeper;
  readonly closer: CallCloser;
  readonly monitors: Monitors;
  readonly eventPath: EventPath;
  readonly contacts: FirstContacts;
  readonly lanes: LaneParts;
  /** Nobody waits for proofs any more. Resolves when that is written down. */
  readonly stopWaiting: () => Promise<void>;
}

/**
 * Joins the parts. What is here is the whole order of the two flows.
 * @param baseUrl the gateway's address as phones see it; known once the server listens
 */
export async function compose(container: Container, baseUrl: () => string): Promise<Composition> {
  const [now, store] = [resolve(container, NOW), resolve(container, STORE)];
  const [drivers, log] = [resolve(container, DRIVERS), resolve(container, LOG)];
  const onError = (error: unknown): void => log.error({ err: error }, 'something failed behind a request');

  const security = await composeSecurity(container);
  const documents = createDocumentShelf(baseUrl, resolve(container, TICKS));
  const { ownership, registry, book, signs, hub } = await openPicture(container, onError);
  const confirmations = createConfirmations();
  const sip = composeSip(container, { registry, intake: () => intake });
  const watch = createPathWatch(now);
  const phones = composePhones(container, { registry, documents, baseUrl });
  const links = await composeLinks(container, { registry, book, documents, phones, sip, watch, intake: () => intake });
  const known = { registry, links, book };
  const proofs = { confirmations, sight: createCallSight(store.calls), switches: new Switches(now) };
  const late = { closer: () => closer, wishes: () => wishes, monitors: () => monitors, eventPath: () => eventPath };
  const { lanes: leases } = resolve(container, LEASES);
  const heldSteps = leases === null ? NEVER_HELD : createHeldSteps({ leases, ticks: resolve(container, TICKS) });
  const steps = stepsAfterEvent({ ownership, heldSteps, ...known, ...late, ...proofs, phones, onError });
  const { intake, ...kept }: EventParts = composeEvents(container, { book, hub, steps, onError });
  const ownReadings = composeReadings(container, { ...known, ...late, phones });
  const lanes = composeLanes(container, { ...known, ownReadings, outward: () => outward });
  const linkOf = (id: string) => phones.link(id);
  const commandStore = composeCommandStore(container);
  const eventPath = composeEventPath(container, {
    ...known,
    watch,
    linkOf,
    intake: () => intake,
    commands: () => commands,
    commandStore,
    monitors: late.monitors,
    readSettings: (phoneId, names) => lanes.readings.settings(phoneId, names),
    onError,
  });
  const parts = { ...proofs, intake, feed: lanes.feed, linkOf, eventPath, commandStore, wishes: () => wishes };
  const outward: Outward = await composeCommands(container, { ...known, ...parts, lanes: lanes.router });
  const { commands, stopWaiting } = outward;
  const wishes: WishKeeper = composeWishes(container, { registry, commands, onError });
  const closer = composeCallCloser(container, { ...known, intake, signs, heldSteps, onError });
  const monitors: Monitors = composeMonitors(container, { registry, links, intake, commands, metrics: sip.metrics });
  // What a crash left open. Whoever is told of it has to be there. Of several gateways the owners of the phones do it.
  if (lanes.router === undefined) await commands.recover();
  addGauges(resolve(container, METRICS), gaugesOf({ ...known, hub, eventPath }));
  const { contacts, onboarding } = await composeOnboarding(container, {
    registry,
    registrars: sip.registrars,
    baseUrl,
  });
  followStore(store, { registry, contacts, authenticator: security.authenticator, onError });
  const application = createApplication({
    ...known,
    store: storeBehind(store, commandStore),
    phones,
    drivers,
    hub,
    feed: parts.feed,
    commands,
    registrars: sip.registrars,
    batches: composeBatches(container, { commands, store: commandStore, onError }),
    readings: lanes.readings,
    eventPath,
    apiKeys: security.apiKeys,
    onboarding,
    now,
  });
  return {
    application,
    ...known,
    phones,
    intake,
    ...kept,
    documents: composeDocuments(container, documents),
    security,
    sip,
    wishes,
    closer,
    monitors,
    eventPath,
    contacts,
    lanes,
    stopWaiting,
  };
}

/** Keeps switches as they were asked to be kept. */
function composeWishes(
  container: Container,
  parts: Pick<Parameters<typeof createWishKeeper>[0], 'registry' | 'commands' | 'onError'>,
): WishKeeper {
  return createWishKeeper({
    ...parts,
    store: resolve(container, STORE).phones,
    now: resolve(container, NOW),
    ticks: resolve(container, TICKS),
    onGivenUp: (phone, feature) =>
      resolve(container, LOG).warn({ phone, feature }, 'a phone undoes what is kept for it; it is let be'),
  });
}
