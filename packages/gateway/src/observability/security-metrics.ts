import { Counter, type Registry } from 'prom-client';

/** Counts what happens to the rights of callers. */
export function createSecurityCounter(registry: Registry): Counter<'kind'> {
  return new Counter({
    name: 'hookswitch_security_events_total',
    help: 'Credentials and operations that were refused, API keys made and revoked, key sets that could not be had.',
    labelNames: ['kind'],
    registers: [registry],
  });
}
