import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What is counted and measured, by Prometheus' conventions: base units, `_total` for counters. */
export interface Metrics {
  readonly registry: Registry;
  readonly eventsReceived: Counter<'vendor' | 'type'>;
  readonly actionUrlsRefused: Counter<'reason'>;
  readonly actionUrlSeconds: Histogram;
  readonly eventsFailed: Counter;
  readonly callsClosed: Counter<'reason'>;
  readonly actionUrlDrifts: Counter<'vendor'>;
  readonly commands: Counter<'name' | 'status'>;
  readonly commandSeconds: Histogram<'name'>;
  readonly driverRestarts: Counter<'vendor'>;
  readonly driverFaults: Counter<'vendor'>;
  readonly unreadReports: Counter<'vendor'>;
  readonly policyDenials: Counter<'name' | 'rule'>;
  readonly phoneRequests: Counter<'vendor' | 'status'>;
  readonly phoneRequestSeconds: Histogram<'vendor'>;
}

/** What is asked when the metrics are read. */
export interface Gauges {
  readonly subscribers: () => number;
  readonly phones: () => ReadonlyMap<string, number>;
  readonly commandsWaiting: () => number;
  readonly silentPhones: () => number;
  readonly activeCalls: () => number;
  readonly lastSequence: () => number;
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Each gateway has its own registry: several may run in one process. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    eventsReceived: new Counter({
      name: 'hookswitch_events_received_total',
      help: 'Events that phones reported and that are on disk.',
      labelNames: ['vendor', 'type'],
      registers,
    }),
    actionUrlsRefused: new Counter({
      name: 'hookswitch_action_urls_refused_total',
      help: 'Requests to /a/ that are no action URL of a phone, or come from elsewhere than the phone.',
      labelNames: ['reason'],
      registers,
    }),
    actionUrlSeconds: new Histogram({
      name: 'hookswitch_action_url_duration_seconds',
      help: 'From the request of a phone to the event on disk.',
      buckets: SECONDS,
      registers,
    }),
    eventsFailed: new Counter({
      name: 'hookswitch_events_failed_total',
      help: 'Events that could not be stored; the phone was told so.',
      registers,
    }),
    callsClosed: new Counter({
      name: 'hookswitch_calls_closed_total',
      help: 'Calls whose end the gateway inferred, by the reason.',
      labelNames: ['reason'],
      registers,
    }),
    actionUrlDrifts: new Counter({
      name: 'hookswitch_action_url_drifts_total',
      help: 'Phones whose action URLs were found to be other than they should be.',
      labelNames: ['vendor'],
      registers,
    }),
    commands: new Counter({
      name: 'hookswitch_commands_total',
      help: 'Commands by the status that they came to.',
      labelNames: ['name', 'status'],
      registers,
    }),
    commandSeconds: new Histogram({
      name: 'hookswitch_command_duration_seconds',
      help: 'From the mutation to the reply of the phone.',
      labelNames: ['name'],
      buckets: SECONDS,
      registers,
    }),
    driverRestarts: new Counter({
      name: 'hookswitch_driver_restarts_total',
      help: 'Workers of drivers that were ended: they did not answer, took too much memory, or ended themselves.',
      labelNames: ['vendor'],
      registers,
    }),
    driverFaults: new Counter({
      name: 'hookswitch_driver_faults_total',
      help: 'Times that a driver in a worker threw, or answered something that the contract does not have.',
      labelNames: ['vendor'],
      registers,
    }),
    unreadReports: new Counter({
      name: 'hookswitch_action_urls_unread_total',
      help: 'Reports of phones that their driver could not read, kept as OTHER.',
      labelNames: ['vendor'],
      registers,
    }),
    policyDenials: new Counter({
      name: 'hookswitch_policy_denials_total',
      help: 'Commands that a rule of the operator forbade, by the rule.',
      labelNames: ['name', 'rule'],
      registers,
    }),
    phoneRequests: new Counter({
      name: 'hookswitch_phone_requests_total',
      help: 'Requests to phones by HTTP status; `none`: no usable reply.',
      labelNames: ['vendor', 'status'],
      registers,
    }),
    phoneRequestSeconds: new Histogram({
      name: 'hookswitch_phone_request_duration_seconds',
      help: 'Time that phones take to reply.',
      labelNames: ['vendor'],
      buckets: SECONDS,
      registers,
    }),
  };
}

/** Adds what is asked for at the moment of reading. */
export function addGauges({ registry }: Metrics, gauges: Gauges): void {
  const registers = [registry];
  const gauge = (name: string, help: string, value: () => number): void => {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value());
      },
    });
  };
  gauge('hookswitch_subscribers', 'Live subscriptions to phone events.', gauges.subscribers);
  gauge('hookswitch_commands_waiting', 'Commands and readings that wait or run on lanes.', gauges.commandsWaiting);
  gauge('hookswitch_phones_silent', 'Phones that take commands and report nothing of them.', gauges.silentPhones);
  gauge('hookswitch_calls_active', 'Calls that have not ended.', gauges.activeCalls);
  gauge('hookswitch_event_log_sequence', 'The place of the newest event in the log.', gauges.lastSequence);
  new Gauge({
    name: 'hookswitch_phones',
    help: 'Registered phones by reachability.',
    labelNames: ['reachability'],
    registers,
    collect() {
      this.reset();
      for (const [reachability, count] of gauges.phones()) this.set({ reachability }, count);
    },
  });
}
