import { expect } from 'vitest';
import type { VirtualSnomOptions, VirtualSnomPhone } from '../../src/virtual/index.ts';
import type { Office } from './office.ts';
import { ask } from './wire.ts';

/** Sends key events and lets everything settle. */
export const keys = async (office: Office, phone: VirtualSnomPhone, events: string): Promise<void> => {
  await ask(phone, `/command.htm?key=${events}`);
  await office.exchange.settled();
};

/** `NUMBER STATE` of each call, the oldest first. */
export const states = (phone: VirtualSnomPhone) => phone.calls.map(({ remote, state }) => `${remote.number} ${state}`);

/** A phone that rings. */
export const ringing = async (office: Office, options: VirtualSnomOptions = {}) => {
  const phone = await office.phone(options);
  const far = office.party('1002', { displayName: 'Fred' });
  far.dial('1001');
  await office.exchange.settled();
  expect(states(phone)).toEqual(['1002 ringing']);
  return { phone, far };
};

/** A phone in conversation with 1002, who called. */
export const talking = async (office: Office, options: VirtualSnomOptions = {}) => {
  const made = await ringing(office, options);
  await keys(office, made.phone, 'ENTER');
  expect(states(made.phone)).toEqual(['1002 connected']);
  return made;
};
