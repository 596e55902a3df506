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

/** An event, and what was told beside it. */
export interface Message {
  readonly event: LoggedEvent;
  readonly told: ToldBeside;
}

/** @param sequence of the message */
export function decodeMessage(sequence: number, text: string): Message {
  const { told = TOLD_NOTHING, ...event }: Omit<LoggedEvent, 'sequence'> & Pick<NewEvent, 'told'> = JSON.parse(text);
  return { event: { sequence, ...event }, told };
}

/** @param sequence of its message */
export function decodeEvent(sequence: number, text: string): LoggedEvent {
  return decodeMessage(sequence, text).event;
}

/** The last part of an event's subject: a dot, a space or a wildcard of an id is none there. */
export function phoneToken(phoneId: string): string {
  return Buffer.from(phoneId, 'utf8').toString('base64url');
}

/** What the stream knows an event by. */
export function messageIdOf(receipt: Uint8Array): string {
  return Buffer.from(receipt).toString('base64url');
}
