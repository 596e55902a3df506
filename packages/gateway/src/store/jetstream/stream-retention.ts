import type { EventRetention } from '../postgres/drop-partitions.ts';
import type { StreamConnection } from './connection.ts';

/** The stream drops by itself what is beyond its limits: here it is only counted. */
export function createStreamRetention(connection: Pick<StreamConnection, 'info'>): EventRetention {
  let firstBefore: number | null = null;
  return {
    async dropEvents() {
      const { first_seq: first } = (await connection.info()).state;
      const rows = firstBefore === null ? 0 : Math.max(0, first - firstBefore);
      firstBefore = first;
      return { rows, more: false };
    },
    async eventVolume() {
      const { bytes, messages, first_ts: oldest } = (await connection.info()).state;
      return { bytes, oldestAt: messages === 0 ? null : Date.parse(oldest) };
    },
  };
}
