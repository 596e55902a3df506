import {
  type DocumentPublisher,
  type DriverClock,
  type DriverContext,
  type DriverLog,
  type Failure,
  type FeatureReading,
  failed,
  rateLimited,
  type SipTransport,
  type Transport,
  TransportError,
} from '@hookswitch/core';
import type { CallBook } from '../calls/call-book.ts';
import { toKnownCall } from '../calls/known-call.ts';
import { LaneLost } from '../cluster/lane-lost.ts';
import { type Ownership, type PhoneSet, SOLE_OWNER } from '../cluster/ownership.ts';
import type { Circuit, Health } from '../commands/circuit.ts';
import type { Instant } from '../model.ts';
import { aroundSip } from '../sip/around-sip.ts';
import type { SipObserver } from '../sip/sip-transport.ts';
import type { Credentials } from '../transport/digest.ts';
import type { HttpAgent } from '../transport/http-agent.ts';
import { createHttpTransport, type ExchangeObserver } from '../transport/http-transport.ts';
import { TargetRefused } from '../transport/target-refused.ts';
import { type Clocks, type LinkKind, OnePhoneLink, type PhoneLink } from './phone-link.ts';
import type { PhoneRegistry, RegisteredPhone } from './phone-registry.ts';

/** What carries requests to one phone. */
export type Carriers = Pick<DriverContext, 'http' | 'sip'>;

/** Links to all phones. */
export interface PhoneLinks {
  of(phoneId: string): PhoneLink;
  /** A context for one command or reading that goes to the phone. */
  context(phone: RegisteredPhone, signal: AbortSignal): Promise<DriverContext>;
  /** The same around another transport: for dry runs. */
  contextWith(phone: RegisteredPhone, carriers: Carriers, signal: AbortSignal): Promise<DriverContext>;
  /** Takes in what an outcome tells of the phone. `transport` null: none was fit. */
  recordFailure(phoneId: string, failure: Failure, transport: Transport | null): void;
  /** The phone reported something: it is alive. */
  heard(phoneId: string, at: Instant): void;
  /** Why nothing can be sent now; null: go ahead. */
  refusal(phoneId: string): Failure | null;
  /** Other gateways have these phones: nothing more is sent to them. */
  abandon(phones: PhoneSet): void;
  /** Lanes take no more; what runs has `graceMs`. */
  close(graceMs: number): Promise<void>;
  /** Commands that wait or run, of all phones. */
  readonly waiting: number;
  /** Phones that something waits for or runs on. */
  readonly busy: readonly string[];
}

/** What links are made of. */
export interface PhoneLinksOptions {
  readonly registry: PhoneRegistry;
  readonly agent: HttpAgent;
  /** A SIP transport for one command; `observe` is to be told of each request. */
  readonly sip: (phone: RegisteredPhone, command: { signal: AbortSignal; observe: SipObserver }) => SipTransport;
  /** Publishes what that phone is to fetch. */
  readonly documents: (phone: RegisteredPhone) => DocumentPublisher;
  readonly book: CallBook;
  /** The phone's switches, as its events told them. */
  readonly features: (phoneId: string) => Promise<readonly FeatureReading[]>;
  /** When phones were last heard before the start. */
  readonly heardBefore: ReadonlyMap<string, Instant>;
  readonly now: () => Instant;
  /** Milliseconds of a clock that only runs forward. */
  readonly ticks: () => number;
  /** The longest wait for one reply of a phone. */
  readonly replyTimeoutMs: number;
  /** Only what is this gateway's own is talked to. Left out: everything is. */
  readonly ownership?: Ownership | undefined;
  readonly log: (phone: RegisteredPhone) => DriverLog;
  readonly observe: (phone: RegisteredPhone, seen: Parameters<ExchangeObserver>[0]) => void;
  readonly observeSip: (phone: RegisteredPhone, seen: Parameters<SipObserver>[0]) => void;
}

/** @returns links that are made when they are first used, and forget refusals when their phone changes */
export function createPhoneLinks(options: PhoneLinksOptions): PhoneLinks {
  const { registry, documents, book, now, ticks } = options;
  const all = new Map<string, OnePhoneLink>();
  const { ownership = SOLE_OWNER } = options;
  let stopping: Failure | Error | null = null;
  const forbids = (phoneId: string) => (ownership.owns(phoneId) ? null : new LaneLost());
  const clocks: Clocks = { now, ticks, stopping: () => stopping, forbids };

  const links: PhoneLinks = {
    get waiting() {
      return [...all.values()].reduce((sum, { waiting }) => sum + waiting, 0);
    },
    of(phoneId) {
      const known = all.get(phoneId);
      if (known !== undefined) return known;
      const link = new OnePhoneLink(clocks, phoneId, options.heardBefore.get(phoneId) ?? null);
      all.set(phoneId, link);
      return link;
    },
    context(phone, signal) {
      const { id } = phone.phone;
      const carriers = carriersOf(options, phone, {
        link: links.of(id),
        signal,
        record: (kind, health) => record(id, kind, health),
        take: (kind, failure) => take(id, failure, kind),
      });
      return links.contextWith(phone, carriers, signal);
    },
    async contextWith(phone, carriers, signal) {
      return {
        phone: phone.profile,
        calls: book.active(phone.phone.id).map(toKnownCall),
        features: await options.features(phone.phone.id),
        http: carriers.http,
        sip: carriers.sip,
        documents: documents(phone),
        clock: clock(now, signal),
        log: options.log(phone),
        signal,
      };
    },
    recordFailure: (phoneId, failure, transport) => take(phoneId, failure, kindOf(transport)),
    heard(phoneId, at) {
      const link = links.of(phoneId);
      link.lastEventAt = at;
      // It says nothing about credentials or approval, only that the phone is there.
      if (link.reachability === 'UNKNOWN' || link.reachability === 'UNREACHABLE') link.reachability = 'ONLINE';
    },
    refusal(phoneId) {
      const { http = true, sip = false } = registry.get(phoneId)?.profile.reachableBy ?? {};
      const link = links.of(phoneId);
      const kinds = (['http', 'sip'] as const).filter((kind) => (kind === 'http' ? http : sip));
      const refusals = kinds.map((kind) => link.refusal(kind));
      // As long as one way is open the driver is asked; each request is stopped at its own circuit.
      return refusals.includes(null) ? null : (refusals[0] ?? null);
    },
    get busy() {
      return [...all].flatMap(([phoneId, { waiting }]) => (waiting > 0 ? [phoneId] : []));
    },
    abandon(phones) {
      for (const [phoneId, link] of all) if (phones.has(phoneId)) link.abandon(new LaneLost());
    },
    async close(graceMs) {
      const failure =
        ownership === SOLE_OWNER
          ? rateLimited('The gateway stops. Nothing was sent; give it again when it runs.', 5_000)
          : new LaneLost();
      stopping = failure;
      await Promise.all([...all.values()].map((link) => link.close(failure, graceMs)));
    },
  };

  const take = (phoneId: string, failure: Failure, kind: LinkKind): void => {
    if (failure.code === 'PHONE_UNAUTHORIZED') record(phoneId, kind, 'unauthorized');
    else if (failure.code === 'RATE_LIMITED') record(phoneId, kind, { lockedForMs: failure.retryAfterMs });
    else if (failure.code === 'APPROVAL_PENDING') links.of(phoneId).reachability = 'APPROVAL_PENDING';
  };
  const record = (phoneId: string, kind: LinkKind, health: Health): void => {
    const link = links.of(phoneId);
    link.circuits[kind].record(health);
    if (health === 'answered') link.reachability = 'ONLINE';
    else if (health === 'silent') link.reachability = 'UNREACHABLE';
    else if (health === 'unauthorized') link.reachability = 'UNAUTHORIZED';
  };

  registry.onChange(({ phone }) => {
    all.get(phone.id)?.forget();
  });
  return links;
}

/** What carriers tell of their phone. */
interface Reports {
  readonly link: PhoneLink;
  readonly signal: AbortSignal;
  readonly record: (kind: LinkKind, health: Health) => void;
  readonly take: (kind: LinkKind, failure: Failure) => void;
}

/** What carries the requests of one command. */
function carriersOf(
  options: PhoneLinksOptions,
  phone: RegisteredPhone,
  { link: { circuits, sessions }, signal, record, take }: Reports,
): Carriers {
  const { id, address } = phone.phone;
  let opened: ReadonlyMap<string, Credentials> | null = null;
  const { ownership = SOLE_OWNER } = options;
  const isOwn = (): boolean => ownership.owns(id);
  const guarded = (kind: LinkKind) => guard(circuits[kind], isOwn, (failure) => take(kind, failure));
  const http = createHttpTransport(
    {
      origin: address,
      // Opened when they are needed: most phones ask for none, or know the gateway from before.
      credentials() {
        opened ??= options.registry.credentials(id);
        return opened;
      },
    },
    {
      agent: options.agent,
      sessions,
      signal,
      timeoutMs: options.replyTimeoutMs,
      observe: (seen) => {
        options.observe(phone, seen);
        if (seen.error instanceof TargetRefused) return;
        record('http', seen.status === null ? 'silent' : 'answered');
      },
    },
  );
  const sip = options.sip(phone, {
    signal,
    observe: (seen) => {
      options.observeSip(phone, seen);
      if (seen.health !== null) record('sip', seen.health);
    },
  });
  const overHttp = guarded('http');
  return { http: { send: (request) => overHttp(() => http.send(request)) }, sip: aroundSip(sip, guarded('sip')) };
}

/**
 * Asks before each request. The circuit: a driver that tries on with refused credentials would lock the phone. Whose the phone
 * is: this process may have stood still since the request before, and another gateway talk to it.
 */
function guard(circuit: Circuit, isOwn: () => boolean, onFailure: (failure: Failure) => void) {
  return async <Reply>(send: () => Promise<Reply>): Promise<Reply> => {
    if (!isOwn()) throw new LaneLost();
    const refused = circuit.refusal();
    if (refused !== null) throw new TransportError(failed(refused));
    try {
      return await send();
    } catch (error) {
      if (TransportError.is(error) && error.outcome.status === 'FAILED') onFailure(error.outcome.failure);
      throw error;
    }
  };
}

/** Of which circuit a transport is. */
function kindOf(transport: Transport | null): LinkKind {
  return transport !== null && SIP_TRANSPORTS.has(transport) ? 'sip' : 'http';
}

const SIP_TRANSPORTS: ReadonlySet<Transport> = new Set(['SIP_NOTIFY', 'SIP_MESSAGE', 'SIP_INVITE', 'UACSTA']);

function clock(now: () => Instant, signal: AbortSignal): DriverClock {
  return {
    now,
    sleep: (ms) =>
      new Promise((resolve, reject) => {
        const abort = (): void => {
          clearTimeout(timer);
          reject(signal.reason);
        };
        const timer = setTimeout(() => {
          signal.removeEventListener('abort', abort);
          resolve();
        }, ms);
        if (signal.aborted) abort();
        else signal.addEventListener('abort', abort, { once: true });
      }),
  };
}
