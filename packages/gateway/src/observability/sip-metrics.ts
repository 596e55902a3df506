import type { SipStatistics } from '@hookswitch/sip';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** What is counted and measured of SIP. */
export interface SipMetrics {
  readonly requests: Counter<'vendor' | 'method' | 'status'>;
  readonly requestSeconds: Histogram<'vendor' | 'method'>;
  readonly inbox: Counter<'result'>;
  readonly registrarLookups: Counter<'registrar' | 'result'>;
  readonly monitors: Counter<'vendor' | 'result'>;
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Registers them. */
export function createSipMetrics(registry: Registry): SipMetrics {
  const registers = [registry];
  return {
    requests: new Counter({
      name: 'hookswitch_sip_requests_total',
      help: 'SIP requests to phones by the status of the final response; `none`: none came.',
      labelNames: ['vendor', 'method', 'status'],
      registers,
    }),
    requestSeconds: new Histogram({
      name: 'hookswitch_sip_request_duration_seconds',
      help: 'From a SIP request to its final response or its end, challenges included.',
      labelNames: ['vendor', 'method'],
      buckets: SECONDS,
      registers,
    }),
    inbox: new Counter({
      name: 'hookswitch_sip_inbox_total',
      help: 'MESSAGE and NOTIFY that came in, by what became of them; `refused`: from no phone that is known.',
      labelNames: ['result'],
      registers,
    }),
    registrarLookups: new Counter({
      name: 'hookswitch_sip_registrar_lookups_total',
      help: 'Questions to registrars where a phone is.',
      labelNames: ['registrar', 'result'],
      registers,
    }),
    monitors: new Counter({
      name: 'hookswitch_sip_monitor_changes_total',
      help: 'Phones that began to tell their calls (`opened`), and attempts that ended though they were not meant to (`lost`).',
      labelNames: ['vendor', 'result'],
      registers,
    }),
  };
}

/** Adds what the user agent counts by itself. @param statistics null while it is not open */
export function addSipGauges(registry: Registry, statistics: () => SipStatistics | null): void {
  const registers = [registry];
  new Counter({
    name: 'hookswitch_sip_messages_received_total',
    help: 'SIP messages that were received, by kind; some kinds are part of others.',
    labelNames: ['kind'],
    registers,
    collect() {
      const { received, dropped, retransmissions } = statistics() ?? NOTHING;
      this.reset();
      for (const [kind, count] of Object.entries({ ...received, ...dropped, retransmissions }))
        this.inc({ kind }, count);
    },
  });
  new Gauge({
    name: 'hookswitch_sip_transactions',
    help: 'SIP transactions that are held now.',
    labelNames: ['side'],
    registers,
    collect() {
      const { client, server } = (statistics() ?? NOTHING).transactions;
      this.set({ side: 'client' }, client);
      this.set({ side: 'server' }, server);
    },
  });
  new Gauge({
    name: 'hookswitch_sip_connections',
    help: 'TCP and TLS connections that are open for SIP.',
    registers,
    collect() {
      this.set((statistics() ?? NOTHING).connections);
    },
  });
}

/** Adds how many phones are listened to. */
export function addMonitorGauge(registry: Registry, counts: () => ReadonlyMap<string, number>): void {
  new Gauge({
    name: 'hookswitch_sip_monitors',
    help: 'Phones whose calls the gateway listens to over SIP, by where that stands.',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      this.reset();
      for (const [state, count] of counts()) this.set({ state }, count);
    },
  });
}

const NOTHING: Pick<SipStatistics, 'received' | 'dropped' | 'retransmissions' | 'transactions' | 'connections'> = {
  received: { requests: 0, responses: 0, malformed: 0 },
  dropped: { strayResponses: 0, overload: 0 },
  retransmissions: 0,
  transactions: { client: 0, server: 0 },
  connections: 0,
};
