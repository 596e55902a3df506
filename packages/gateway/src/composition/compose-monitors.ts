import type { CommandService } from '../commands/command-service.ts';
import type { EventIntake } from '../events/event-intake.ts';
import type { Caller } from '../model.ts';
import type { SipMetrics } from '../observability/sip-metrics.ts';
import { addMonitorGauge } from '../observability/sip-metrics.ts';
import type { PhoneLinks } from '../phones/phone-links.ts';
import type { PhoneRegistry } from '../phones/phone-registry.ts';
import { createMonitors, type Monitors } from '../sip/monitors.ts';
import type { Container } from './container.ts';
import { CONFIG, LOG, METRICS, NOW, OWNERSHIP, resolve } from './tokens.ts';

/** In whose name phones are asked for their calls: it stands in the list of commands. */
const GATEWAY: Caller = { id: 'gateway', name: 'gateway: calls of a phone that it listens to again' };

/** What monitors are joined with. */
export interface MonitorParts {
  readonly registry: PhoneRegistry;
  readonly links: PhoneLinks;
  readonly intake: EventIntake;
  readonly commands: CommandService;
  readonly metrics: SipMetrics;
}

/** Joins what listens to phones. Nothing is opened yet. */
export function composeMonitors(
  container: Container,
  { registry, links, intake, commands, metrics: sipMetrics }: MonitorParts,
): Monitors {
  const log = resolve(container, LOG).child({ part: 'monitor' });
  const metrics = resolve(container, METRICS);
  const monitors = createMonitors({
    registry,
    ownership: resolve(container, OWNERSHIP),
    context: (phone, signal) => links.context(phone, signal),
    async receive(phone, report) {
      try {
        await intake.receive(phone, report, 'MONITOR');
      } catch (error) {
        metrics.eventsFailed.inc();
        log.error({ err: error }, 'an event could not be stored; the phone was told so');
        throw error;
      }
      metrics.eventsReceived.inc({ vendor: phone.phone.vendor, type: report.event.type });
      log.debug({ phone: phone.phone.name, vendorEvent: report.vendorEvent }, 'event');
    },
    async refresh(phoneId) {
      const phone = registry.get(phoneId);
      if (phone?.ladders.CALL_SNAPSHOT === undefined) return;
      const { status, failure } = await commands.run(
        phoneId,
        { name: 'refreshCalls', arguments: {} },
        { caller: GATEWAY },
      );
      if (failure === null) return;
      log.warn({ phone: phone.phone.name, status, reason: failure.message }, 'calls that were missed are not known');
    },
    onChange({ phone: { name, vendor } }, { phase, fault }) {
      if (phase === 'listening') sipMetrics.monitors.inc({ vendor, result: 'opened' });
      if (phase === 'waiting' && fault !== null) {
        sipMetrics.monitors.inc({ vendor, result: 'lost' });
        log.warn({ phone: name, reason: fault }, 'a phone is not listened to');
      } else log.debug({ phone: name, phase }, 'monitor of a phone');
    },
    onError: (error) => log.error({ err: error }, 'a monitor failed'),
    askEveryMs: resolve(container, CONFIG).sip.monitorIntervalMs,
    now: resolve(container, NOW),
    random: Math.random,
  });
  addMonitorGauge(metrics.registry, () => monitors.counts());
  return monitors;
}
