import { TOLD_NOTHING, type ToldBeside } from '../../events/event-intake.ts';
import type { LoggedEvent } from '../../model.ts';
import { StoreError } from '../errors.ts';
import type { NewEvent } from '../ports.ts';

/** An event as it stands in a message. */
export function encodeEvent({ phoneId, vendor, receivedAt, vendorEvent, variables, event, told }: NewEvent): string {
  if (!Number.isInteger(receivedAt)) {
    throw new StoreError('CONSTRAINT', 'An event was received at no whole millisecond.');
  }
  return JSON.stringify({ phoneId, vendor, receivedAt, vendorEvent, variables, event, told });
}

/** @param sequence of its message */
export function decodeEvent(sequence: number, text: string): LoggedEvent {
  const { told: _, ...event }: Omit<LoggedEvent, 'sequence'> & Pick<NewEvent, 'told'> = JSON.parse(text);
  return { sequence, ...event };
}

/** What was told beside the event. */
export function decodeTold(text: string): ToldBeside {
  const { told }: Pick<NewEvent, 'told'> = JSON.parse(text);
  return told ?? TOLD_NOTHING;
}

/** The last part of an event's subject: a dot, a space or a wildcard of an id is none there. */
export function phoneToken(phoneId: string): string {
  return Buffer.from(phoneId, 'utf8').toString('base64url');
}

/** What the stream knows an event by. */
export function messageIdOf(receipt: Uint8Array): string {
  return Buffer.from(receipt).toString('base64url');
}
