import { Counter, Gauge, type Registry } from 'prom-client';
import { RETAINED, type RetentionKeeperOptions } from '../retention/retention-keeper.ts';

/** Adds what tells how the store grows and what is dropped from it. @returns who has to be told */
export function addRetentionMetrics(registry: Registry): Pick<RetentionKeeperOptions, 'onDropped' | 'onVolume'> {
  const registers = [registry];
  const dropped = new Counter({
    name: 'hookswitch_retention_dropped_total',
    help: 'Events, calls, commands and rows of the audit that were dropped since they were too old, or too many.',
    labelNames: ['what'],
    registers,
  });
  for (const what of RETAINED) dropped.inc({ what }, 0);
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers });
  const first = gauge('hookswitch_event_log_first_sequence', 'The place of the oldest event in the log.');
  const bytes = gauge('hookswitch_event_log_bytes', 'What the event log takes on disk, asked once a minute.');
  const oldest = gauge(
    'hookswitch_event_log_oldest_timestamp_seconds',
    'When the oldest event of the log was received, in seconds since 1970; 0: there is none.',
  );
  return {
    onDropped: (what, rows) => dropped.inc({ what }, rows),
    onVolume(volume) {
      first.set(volume.first);
      bytes.set(volume.bytes);
      oldest.set((volume.oldestAt ?? 0) / 1000);
    },
  };
}
