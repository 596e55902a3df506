import {
  type DocumentPublisher,
  type DriverClock,
  type DriverContext,
  type DriverLog,
  type Failure,
  type FeatureReading,
  failed,
  type HttpTransport,
  rateLimited,
  TransportError,
} from '@hookswitch/core';
import type { CallBook } from '../calls/call-book.ts';
import { toKnownCall } from '../calls/known-call.ts';
import { type Circuit, createCircuit, type Health } from '../commands/circuit.ts';
import { createLane, type Lane } from '../commands/lane.ts';
import type { Instant, Reachability } from '../model.ts';
import { AddressNotAllowed } from '../transport/address-policy.ts';
import type { HttpAgent } from '../transport/http-agent.ts';
import { createHttpTransport, type DigestSessions, type ExchangeObserver } from '../transport/http-transport.ts';
import type { PhoneRegistry, RegisteredPhone } from './phone-registry.ts';

/** What the gateway keeps of its link to one phone, in memory. */
export interface PhoneLink {
  readonly lane: Lane;
  readonly circuit: Circuit;
  reachability: Reachability;
  lastEventAt: Instant | null;
  readonly sessions: DigestSessions;
}

/** Links to all phones. */
export interface PhoneLinks {
  of(phoneId: string): PhoneLink;
  /** A context for one command or reading that goes to the phone. */
  context(phone: RegisteredPhone, signal: AbortSignal): Promise<DriverContext>;
  /** The same around another transport: for dry runs. */
  contextWith(phone: RegisteredPhone, http: HttpTransport, signal: AbortSignal): Promise<DriverContext>;
  /** Takes in what an outcome tells of the phone. */
  recordFailure(phoneId: string, failure: Failure): void;
  /** The phone reported something: it is alive. */
  heard(phoneId: string, at: Instant): void;
  /** Why nothing can be sent now; null: go ahead. */
  refusal(phoneId: string): Failure | null;
  /** Lanes take no more; what runs has `graceMs`. */
  close(graceMs: number): Promise<void>;
  readonly all: ReadonlyMap<string, PhoneLink>;
}

/** What links are made of. */
export interface PhoneLinksOptions {
  readonly registry: PhoneRegistry;
  readonly agent: HttpAgent;
  readonly documents: DocumentPublisher;
  readonly book: CallBook;
  /** The phone's switches, as its events told them. */
  readonly features: (phoneId: string) => Promise<readonly FeatureReading[]>;
  readonly now: () => Instant;
  /** The longest wait for one reply of a phone. */
  readonly replyTimeoutMs: number;
  readonly log: (phone: RegisteredPhone) => DriverLog;
  readonly observe: (phone: RegisteredPhone, seen: Parameters<ExchangeObserver>[0]) => void;
}

/** @returns links that are made when they are first used, and forget refusals when their phone changes */
export function createPhoneLinks(options: PhoneLinksOptions): PhoneLinks {
  const { registry, agent, documents, book, now } = options;
  const all = new Map<string, PhoneLink>();
  let stopping: Failure | null = null;

  const links: PhoneLinks = {
    all,
    of(phoneId) {
      let link = all.get(phoneId);
      if (link === undefined) {
        link = {
          lane: createLane(now),
          circuit: createCircuit(now),
          reachability: 'UNKNOWN',
          lastEventAt: null,
          sessions: new Map(),
        };
        all.set(phoneId, link);
        if (stopping !== null) void link.lane.close(stopping, 0);
      }
      return link;
    },
    context(phone, signal) {
      const { sessions, circuit } = links.of(phone.phone.id);
      const transport = createHttpTransport(
        { origin: phone.phone.address, credentials: registry.credentials(phone.phone.id) },
        {
          agent,
          sessions,
          signal,
          timeoutMs: options.replyTimeoutMs,
          observe: (seen) => {
            options.observe(phone, seen);
            if (seen.error instanceof AddressNotAllowed) return;
            record(phone.phone.id, seen.status === null ? 'silent' : 'answered');
          },
        },
      );
      const http = guarded(transport, circuit, (failure) => links.recordFailure(phone.phone.id, failure));
      return links.contextWith(phone, http, signal);
    },
    async contextWith(phone, http, signal) {
      return {
        phone: phone.profile,
        calls: book.active(phone.phone.id).map(toKnownCall),
        features: await options.features(phone.phone.id),
        http,
        documents,
        clock: clock(now, signal),
        log: options.log(phone),
        signal,
      };
    },
    recordFailure(phoneId, failure) {
      if (failure.code === 'PHONE_UNAUTHORIZED') record(phoneId, 'unauthorized');
      else if (failure.code === 'RATE_LIMITED') record(phoneId, { lockedForMs: failure.retryAfterMs });
      else if (failure.code === 'APPROVAL_PENDING') links.of(phoneId).reachability = 'APPROVAL_PENDING';
    },
    heard(phoneId, at) {
      const link = links.of(phoneId);
      link.lastEventAt = at;
      // It says nothing about credentials or approval, only that the phone is there.
      if (link.reachability === 'UNKNOWN' || link.reachability === 'UNREACHABLE') link.reachability = 'ONLINE';
    },
    refusal: (phoneId) => links.of(phoneId).circuit.refusal(),
    async close(graceMs) {
      const failure = rateLimited('The gateway stops. Nothing was sent; give it again when it runs.', 5_000);
      stopping = failure;
      await Promise.all([...all.values()].map(({ lane }) => lane.close(failure, graceMs)));
    },
  };

  const record = (phoneId: string, health: Health): void => {
    const link = links.of(phoneId);
    link.circuit.record(health);
    if (health === 'answered') link.reachability = 'ONLINE';
    else if (health === 'silent') link.reachability = 'UNREACHABLE';
    else if (health === 'unauthorized') link.reachability = 'UNAUTHORIZED';
  };

  registry.onChange(({ phone }) => {
    const link = all.get(phone.id);
    link?.circuit.reset();
    link?.sessions.clear();
  });
  return links;
}

/** Asks the circuit before each request: a driver that tries on with refused credentials would lock the phone. */
function guarded(http: HttpTransport, circuit: Circuit, onFailure: (failure: Failure) => void): HttpTransport {
  return {
    async send(request) {
      const refused = circuit.refusal();
      if (refused !== null) throw new TransportError(failed(refused));
      try {
        return await http.send(request);
      } catch (error) {
        if (TransportError.is(error) && error.outcome.status === 'FAILED') onFailure(error.outcome.failure);
        throw error;
      }
    },
  };
}

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
