import { systemClock } from './clock.ts';
import { Dialogs } from './dialog/dialogs.ts';
import { openDialog } from './dialog/open.ts';
import type { DialogOptions, DialogOutcome } from './dialog/types.ts';
import { callerAddress, callerContact, callerFields, checkWord, type Draft, newCallId, newTag } from './draft.ts';
import { silentLog } from './log.ts';
import { writeNameAddress } from './message/name-address.ts';
import { parseMessage } from './message/parse.ts';
import { allowedMethods } from './methods.ts';
import type { SipUserAgentOptions } from './options.ts';
import type { SipOutcome } from './outcome.ts';
import type { SipRequestOptions, TargetOptions } from './request-options.ts';
import { proxyRoute, routeRequest } from './routing.ts';
import { Sender } from './sender.ts';
import { ServerCore } from './server-core.ts';
import { Counters, type SipStatistics } from './statistics.ts';
import { ClientTransactions } from './transaction/client-transactions.ts';
import { ServerTransactions } from './transaction/server-transactions.ts';
import { DEFAULT_TIMERS } from './transaction/timers.ts';
import { toTransportFault } from './transport/faults.ts';
import { type Destination, type LayerOptions, TransportLayer } from './transport/layer.ts';
import { type Endpoint, type Flow, type SipTransport, type TlsTrust, TransportFault } from './transport/types.ts';

/** A SIP user agent: sends requests, opens dialogs, answers what comes. */
export interface SipUserAgent {
  /** Where it can be reached, one a transport. */
  readonly listening: readonly Endpoint[];
  /** Sends a request outside of any dialog and waits for what becomes of it. Never rejects. */
  request(options: SipRequestOptions): Promise<SipOutcome>;
  /** Sends an INVITE and opens a dialog where it is accepted. Never rejects. */
  openDialog(options: DialogOptions): Promise<DialogOutcome>;
  statistics(): SipStatistics;
  /** Gives up everything that is under way, without a word to the peers; resolves when no handle is left. */
  close(): Promise<void>;
}

const ALL_TRANSPORTS: readonly SipTransport[] = ['udp', 'tcp', 'tls'];
const NOT_OUTSIDE = new Set(['INVITE', 'ACK', 'CANCEL', 'BYE']);

/**
 * Makes a user agent and binds its sockets.
 * @throws the error of the system where an address cannot be bound (EADDRINUSE, EADDRNOTAVAIL, EACCES), or that of the
 * runtime for a certificate that it cannot read; nothing stays bound then.
 */
export async function createSipUserAgent(options: SipUserAgentOptions = {}): Promise<SipUserAgent> {
  const agent = new UserAgent(options);
  await agent.bind();
  return agent;
}

class UserAgent implements SipUserAgent {
  readonly #options: SipUserAgentOptions;
  readonly #transports: readonly SipTransport[];
  readonly #counters = new Counters();
  readonly #dialogs = new Dialogs();
  readonly #clients: ClientTransactions;
  readonly #servers: ServerTransactions;
  readonly #core: ServerCore;
  #layer: TransportLayer | undefined;
  #sender: Sender | undefined;

  constructor(options: SipUserAgentOptions) {
    const { clock = systemClock, log = silentLog, userAgent = 'Hookswitch' } = options;
    const timers = { ...DEFAULT_TIMERS, ...options.timers };
    this.#options = options;
    this.#transports = options.transports ?? ALL_TRANSPORTS;
    this.#clients = new ClientTransactions(clock, timers);
    this.#servers = new ServerTransactions({ clock, timers, capacity: options.maxServerTransactions ?? 20_000 });
    this.#core = new ServerCore({
      layer: () => this.#bound().layer,
      transactions: this.#servers,
      dialogs: this.#dialogs,
      counters: this.#counters,
      log,
      onRequest: options.onRequest,
      ownFields: [{ name: 'Server', value: userAgent }],
    });
  }

  async bind(): Promise<void> {
    const { clock = systemClock, log = silentLog, userAgent = 'Hookswitch' } = this.#options;
    const layer = await TransportLayer.bind(this.#layerOptions(), {
      onMessage: (bytes, flow) => this.#receive(bytes, flow),
      onFramingFault: (fault) => {
        this.#counters.countFault('STREAM');
        log.debug('a SIP stream could not be read', { fault });
      },
      onError: (error) => log.warn('a SIP socket failed', { error: error.message }),
    });
    this.#layer = layer;
    this.#sender = new Sender({
      layer,
      transactions: this.#clients,
      clock,
      udpLimit: this.#options.udpLimit ?? 1_300,
      credentials: this.#options.credentials,
      ownFields: [{ name: 'User-Agent', value: userAgent }],
    });
  }

  #layerOptions(): LayerOptions {
    const { clock = systemClock, host = '0.0.0.0', port = 0, tls } = this.#options;
    const { advertise, connectTimeoutMs = 4_000, idleMs = 15 * 60_000, maxConnections = 4_096 } = this.#options;
    const { cert, key } = tls ?? {};
    return {
      host,
      port,
      tlsPort: this.#options.tlsPort ?? (port === 0 ? 0 : port + 1),
      transports: this.#transports,
      advertise,
      allows: this.#options.allows,
      certificate: cert === undefined || key === undefined ? undefined : { cert, key },
      clock,
      idleMs,
      connectTimeoutMs,
      maxConnections,
    };
  }

  get listening(): readonly Endpoint[] {
    return this.#layer?.listening ?? [];
  }

  async request(options: SipRequestOptions): Promise<SipOutcome> {
    return this.#prepared(options, options.method, async ({ destination, draft, sender }) => {
      if (NOT_OUTSIDE.has(draft.method)) {
        throw new TransportFault('INVALID_REQUEST', `${draft.method} is sent within a dialog only`);
      }
      const { credentials, signal, timeoutMs } = options;
      return sender.send(draft, { destination, credentials, signal, timeoutMs });
    });
  }

  async openDialog(options: DialogOptions): Promise<DialogOutcome> {
    return this.#prepared(options, 'INVITE', ({ destination, draft, sender }) => {
      // Allow and Supported should stand in an INVITE (RFC 3261 section 13.2.1).
      const allow = { name: 'Allow', value: allowedMethods(true).join(', ') };
      return openDialog({
        draft: { ...draft, fields: [...draft.fields, allow] },
        destination,
        options,
        sender,
        dialogs: this.#dialogs,
        trust: this.#trust(options),
        transports: this.#transports,
        log: this.#options.log ?? silentLog,
      });
    });
  }

  /** Turns what the caller gave into a draft; what is wrong with it is an outcome like any other. */
  async #prepared<T>(
    options: TargetOptions,
    method: string,
    send: (prepared: { draft: Draft; destination: Destination; sender: Sender }) => Promise<T>,
  ): Promise<T | SipOutcome> {
    try {
      const { sender } = this.#bound();
      const { draft, destination } = this.#draft(options, checkWord(method, 'method'));
      return await send({ draft, destination, sender });
    } catch (error) {
      const { message, reason } = toTransportFault(error);
      return { kind: 'not-sent', reason, detail: message };
    }
  }

  #draft(options: TargetOptions, method: string): { draft: Draft; destination: Destination } {
    const { callId, destination, to, uri } = options;
    const proxy = options.proxy === undefined ? this.#options.proxy : options.proxy;
    const routes = destination === undefined && proxy ? [proxyRoute(proxy)] : [];
    const trust = this.#trust(options);
    const route = routeRequest({ uri, routes, destination, trust, transports: this.#transports });
    const from = options.from ?? this.#options.from;
    let sequence = 0;
    const draft: Draft = {
      method,
      requestUri: route.requestUri,
      routes: route.routes,
      from: from === undefined ? undefined : callerAddress(from),
      fromTag: newTag(),
      to: writeNameAddress(callerAddress(to ?? uri)),
      contact: callerContact(options.contact),
      callId: callId === undefined ? newCallId() : checkWord(callId, 'Call-ID'),
      nextSequence: () => {
        sequence += 1;
        return sequence;
      },
      ...callerFields(options),
    };
    return { draft, destination: route.destination };
  }

  #trust({ tls }: TargetOptions): TlsTrust {
    return tls ?? this.#options.tls ?? {};
  }

  #bound(): { layer: TransportLayer; sender: Sender } {
    const layer = this.#layer;
    const sender = this.#sender;
    if (layer === undefined || sender === undefined) throw new TransportFault('CLOSED', 'the user agent is closed');
    return { layer, sender };
  }

  /** Whatever comes from the network ends here: it never throws, or a datagram could end the process. */
  #receive(bytes: Buffer, flow: Flow): void {
    // A keep-alive of line ends, or one of STUN, is no message (RFC 5626 sections 3.5.1 and 3.5.2).
    if (bytes.length <= 4 && bytes.every((octet) => octet === 0x0d || octet === 0x0a || octet === 0)) return;
    const parsed = parseMessage(bytes);
    if (!parsed.ok) {
      const { code, part, refusable } = parsed.fault;
      this.#counters.countFault(code);
      this.#options.log?.debug('a SIP message is malformed', { code, part, from: flow.remote.host });
      if (refusable !== null) this.#core.refuse(refusable, flow);
    } else if (parsed.message.kind === 'request') {
      this.#counters.requests += 1;
      this.#core.receive(parsed.message, flow);
    } else {
      this.#counters.responses += 1;
      if (!this.#clients.receive(parsed.message)) this.#counters.strayResponses += 1;
    }
  }

  statistics(): SipStatistics {
    const { faults, malformed, overload, requests, responses, retransmissions, strayResponses, unsentResponses } =
      this.#counters;
    return {
      received: { requests, responses, malformed },
      faults: { ...faults },
      dropped: { strayResponses, overload },
      retransmissions,
      unsentResponses,
      transactions: { client: this.#clients.size, server: this.#servers.size },
      connections: this.#layer?.connections ?? 0,
      dialogs: this.#dialogs.size,
    };
  }

  async close(): Promise<void> {
    const layer = this.#layer;
    this.#layer = undefined;
    this.#sender = undefined;
    this.#clients.close();
    this.#servers.close();
    await layer?.close();
  }
}
