import { describe } from 'vitest';
import { auditLogConforms } from './audit.ts';
import { callStoreConforms } from './calls.ts';
import { commandStoreConforms } from './commands.ts';
import { eventLogConforms } from './events.ts';
import { keptFactsConform } from './kept-facts.ts';
import type { OpenStore } from './open-store.ts';
import { phoneStoreConforms } from './phones.ts';
import { eventRetentionConforms, retentionConforms } from './retention.ts';

/**
 * What the gateway relies on of a store: every implementation of the ports runs this.
 * @param dropsEvents whether the store drops events when it is asked; else their engine does it by itself
 */
export function storeConforms(open: OpenStore, { dropsEvents }: { readonly dropsEvents: boolean }): void {
  describe('events', () => eventLogConforms(open));
  describe('calls', () => callStoreConforms(open));
  describe('commands', () => commandStoreConforms(open));
  describe('phones', () => phoneStoreConforms(open));
  describe('counts, typed keys and sealed keys', () => keptFactsConform(open));
  describe('audit', () => auditLogConforms(open));
  describe('retention', () => retentionConforms(open));
  if (dropsEvents) describe('retention of events', () => eventRetentionConforms(open));
}
