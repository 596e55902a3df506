import type { SipTransport } from '@hookswitch/core';
import type { EventIntake } from '../events/event-intake.ts';
import { addSipGauges, createSipMetrics, type SipMetrics } from '../observability/sip-metrics.ts';
import type { PhoneRegistry, RegisteredPhone } from '../phones/phone-registry.ts';
import { createRegistrars, type Registrars, registrarsOf } from '../sip/registrar/registrars.ts';
import { credentialsOf } from '../sip/sip-credentials.ts';
import { createSipInbox } from '../sip/sip-inbox.ts';
import { createSipLine, type SipLine } from '../sip/sip-line.ts';
import { createSipTransport, type SipObserver } from '../sip/sip-transport.ts';
import type { Container } from './container.ts';
import { ADDRESS_POLICY, CONFIG, LOG, METRICS, OWN_ENDPOINTS, resolve, TICKS } from './tokens.ts';

/** All that speaks SIP. */
export interface SipParts {
  readonly line: SipLine;
  readonly registrars: Registrars;
  readonly metrics: SipMetrics;
  /** A transport for one command on one phone. */
  readonly transport: (
    phone: RegisteredPhone,
    command: { readonly signal: AbortSignal; readonly observe: SipObserver },
  ) => SipTransport;
  /** Opens the line where it is configured or a phone has a SIP URI; else it is opened when it is first needed. */
  start(): Promise<void>;
}

/** Joins what speaks SIP. Nothing is opened yet. */
export function composeSip(
  container: Container,
  { registry, intake }: { readonly registry: PhoneRegistry; readonly intake: () => EventIntake },
): SipParts {
  const { sip: config, policy: limits, configDir } = resolve(container, CONFIG);
  const policy = resolve(container, ADDRESS_POLICY);
  const log = resolve(container, LOG).child({ part: 'sip' });
  const { registry: metricsRegistry } = resolve(container, METRICS);
  const metrics = createSipMetrics(metricsRegistry);
  const line = createSipLine({
    config,
    folder: configDir ?? process.cwd(),
    allows: (address, port) => policy.allows(address, port),
    onRequest: createSipInbox({
      registry,
      intake,
      policy,
      domain: config.domain,
      onResult(result, phone) {
        metrics.inbox.inc({ result });
        log.debug({ phone: phone?.phone.name, result }, 'request of a phone over SIP');
      },
      onError: (error) => log.error({ err: error }, 'an event could not be stored; the phone was told so'),
    }),
    log: {
      debug: (message, fields) => log.debug(fields ?? {}, message),
      warn: (message, fields) => log.warn(fields ?? {}, message),
    },
  });
  resolve(container, OWN_ENDPOINTS).push(() => line.listening);
  addSipGauges(metricsRegistry, () => line.statistics());
  const registrars = createRegistrars({
    registrars: registrarsOf(config.registrars, config.domain),
    now: resolve(container, TICKS),
    onAnswer: (registrar, result) => metrics.registrarLookups.inc({ registrar, result }),
  });
  const way = { policy, registrars, proxy: config.proxy };
  return {
    line,
    registrars,
    metrics,
    transport({ phone: { id, sipUri, address } }, { signal, observe }) {
      const host = address === null ? null : new URL(address).hostname.replace(/^\[|\]$/g, '');
      const credentials = credentialsOf(config.credentials, {
        sipUri,
        own: () => registry.credentials(id).get('web'),
      });
      const options = { line, way, credentials, signal, observe, timeoutMs: limits.replyTimeoutMs };
      return createSipTransport({ uri: sipUri, host }, options);
    },
    async start() {
      const wanted =
        config.configured || registry.find(({ removedAt, sipUri }) => removedAt === null && sipUri !== null) !== null;
      if (!wanted) return;
      await line.agent();
      log.info({ listening: line.listening }, 'SIP is open');
    },
  };
}
