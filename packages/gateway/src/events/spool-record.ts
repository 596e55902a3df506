import { randomFillSync } from 'node:crypto';
import type { EventLog, NewEvent } from '../store/ports.ts';
import type { ToldBeside } from './event-intake.ts';

/** Events that became known together, with what the steps after them need. */
export interface Arrival {
  readonly events: readonly NewEvent[];
  readonly told: ToldBeside;
}

/** Its events as they are given to the log: with what was told beside where the log is followed, since it is read from there. */
export function appendable({ follow }: Pick<EventLog, 'follow'>, { events, told }: Arrival): readonly NewEvent[] {
  return follow === undefined ? events : events.map((event) => ({ ...event, told }));
}

const RECEIPT_BYTES = 16;
const TIME_BYTES = 6;
/** Random bytes, and how many of them are used up: many at once cost hardly more than ten. */
const random = { bytes: Buffer.alloc(4096), used: 4096 };

/** @returns a name that no other event has; it begins with the time, so that the log's index of them grows at its end */
export function newReceipt(now: number): Uint8Array {
  const receipt = Buffer.alloc(RECEIPT_BYTES);
  receipt.writeUIntBE(now, 0, TIME_BYTES);
  if (random.used + RECEIPT_BYTES - TIME_BYTES > random.bytes.length) {
    randomFillSync(random.bytes);
    random.used = 0;
  }
  random.used += random.bytes.copy(receipt, TIME_BYTES, random.used);
  return receipt;
}

/** An arrival as it lies in the spool. */
export function encodeArrival({ events, told }: Arrival): Buffer {
  const spooled = events.map(({ receipt, ...event }) => ({
    ...event,
    receipt: receipt === undefined ? null : Buffer.from(receipt).toString('base64url'),
  }));
  return Buffer.from(JSON.stringify({ events: spooled, told }));
}

/** @throws SyntaxError where it is none; its checksum was right, so that another program wrote it */
export function decodeArrival(payload: Buffer): Arrival {
  const { events, told } = JSON.parse(payload.toString()) as {
    readonly events: readonly (Omit<NewEvent, 'receipt'> & { readonly receipt: string | null })[];
    readonly told: ToldBeside;
  };
  return {
    events: events.map(({ receipt, ...event }) => ({
      ...event,
      receipt: receipt === null ? undefined : Buffer.from(receipt, 'base64url'),
    })),
    told,
  };
}
