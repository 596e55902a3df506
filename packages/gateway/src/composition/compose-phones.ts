import { auditedPin } from '../audit/audited.ts';
import type { CallBook } from '../calls/call-book.ts';
import type { EventPath } from '../event-path/event-path.ts';
import { publisherFor } from '../event-path/fetch-proof.ts';
import type { PathWatch } from '../event-path/path-watch.ts';
import type { EventIntake } from '../events/event-intake.ts';
import { createCertificateBook } from '../phones/certificate-book.ts';
import { createPhoneLinks, type PhoneLinks } from '../phones/phone-links.ts';
import type { PhoneRegistry } from '../phones/phone-registry.ts';
import { PhoneService } from '../phones/phone-service.ts';
import { createReadingService, type ReadingService } from '../readings/reading-service.ts';
import type { Monitors } from '../sip/monitors.ts';
import type { DocumentShelf } from '../transport/documents.ts';
import type { SipParts } from './compose-sip.ts';
import type { Container } from './container.ts';
import { deviceTransport } from './device-transport.ts';
import { exchangeObserver, phoneLog, sipObserver } from './observe-phones.ts';
import {
  ADDRESS_POLICY,
  CERTIFICATES,
  CONFIG,
  DRIVERS,
  HTTP_AGENT,
  LOG,
  METRICS,
  NOW,
  OWNERSHIP,
  resolve,
  STORE,
  TICKS,
} from './tokens.ts';

/** What adds phones, changes and removes them. */
export function composePhones(
  container: Container,
  parts: { readonly registry: PhoneRegistry; readonly documents: DocumentShelf; readonly baseUrl: () => string },
): PhoneService {
  const { policy } = resolve(container, CONFIG);
  const certificates = resolve(container, CERTIFICATES);
  const phones: PhoneService = new PhoneService({
    ...parts,
    certificateSeenAt: (origin) => certificates.book?.seenAt(origin) ?? null,
    drivers: resolve(container, DRIVERS),
    precedence: resolve(container, CONFIG).driverPrecedence ?? [],
    onDriverError: (error) => resolve(container, LOG).error({ err: error }, 'a driver failed'),
    policy: resolve(container, ADDRESS_POLICY),
    now: resolve(container, NOW),
    transportTo: deviceTransport(resolve(container, HTTP_AGENT), policy),
  });
  certificates.book = createCertificateBook({
    registry: parts.registry,
    pin: (id, fingerprint) =>
      auditedPin(
        { log: resolve(container, STORE).audit, now: resolve(container, NOW) },
        { phoneId: id, fingerprint },
        () => phones.pin(id, fingerprint),
      ),
    log: resolve(container, LOG).child({ part: 'certificates' }),
  });
  return phones;
}

/** What reads from phones. */
export function composeReadings(
  container: Container,
  {
    registry,
    links,
    phones,
    eventPath,
    monitors,
  }: {
    readonly registry: PhoneRegistry;
    readonly links: PhoneLinks;
    readonly phones: PhoneService;
    readonly eventPath: () => EventPath;
    readonly monitors: () => Monitors;
  },
): ReadingService {
  return createReadingService({
    registry,
    links,
    timeoutMs: resolve(container, CONFIG).policy.commandTimeoutMs,
    now: resolve(container, NOW),
    pathFindings: (phoneId) => eventPath().findings(phoneId),
    observe: (phoneId, seen) => phones.observe(phoneId, seen),
    monitorFinding: (phoneId) => monitors().finding(phoneId),
    refusedCertificate: (origin) => resolve(container, CERTIFICATES).book?.refusedAt(origin) ?? null,
  });
}

/** Links to the phones, with what the log knows of when each was last heard. */
export async function composeLinks(
  container: Container,
  {
    documents,
    phones,
    sip,
    watch,
    intake,
    ...parts
  }: {
    readonly registry: PhoneRegistry;
    readonly book: CallBook;
    readonly documents: DocumentShelf;
    readonly phones: PhoneService;
    readonly sip: SipParts;
    readonly watch: PathWatch;
    readonly intake: () => EventIntake;
  },
): Promise<PhoneLinks> {
  const log = resolve(container, LOG);
  const count = sipObserver(log, sip.metrics);
  return createPhoneLinks({
    ...parts,
    heardBefore: await resolve(container, STORE).events.lastReceivedAt(),
    agent: resolve(container, HTTP_AGENT),
    documents: (phone) =>
      publisherFor(
        {
          shelf: documents,
          watch,
          intake,
          onError: (error) => log.error({ err: error }, 'the event of a test could not be stored'),
        },
        phone,
      ),
    features: (phoneId) => resolve(container, STORE).phones.features(phoneId),
    now: resolve(container, NOW),
    ticks: resolve(container, TICKS),
    replyTimeoutMs: resolve(container, CONFIG).policy.replyTimeoutMs,
    ownership: resolve(container, OWNERSHIP),
    log: phoneLog(log),
    observe: exchangeObserver(log, resolve(container, METRICS)),
    sip: sip.transport,
    observeSip(phone, seen) {
      count(phone, seen);
      if (seen.allowEvents === null) return;
      phones
        .observeEvents(phone.phone.id, seen.allowEvents)
        .catch((error: unknown) => log.error({ err: error }, 'what a phone tells of itself could not be noted'));
    },
  });
}
