import {
  accepted,
  type CapabilityMap,
  type DriverContext,
  notHere,
  type Outcome,
  type SnapshotCall,
} from '@hookswitch/core';
import { isAtLeast } from '../firmware.ts';
import type { SnomPhone } from '../phone.ts';
import { callsIn } from '../wire/csta-replies.ts';
import { snapshotDevice } from '../wire/csta-requests.ts';
import { defaultDevice } from './calls-by-csta.ts';
import { accountsIn } from './device.ts';
import { askCsta } from './send.ts';
import { readByCsta } from './settings.ts';
import { isDone } from './steps.ts';

/** The phone's calls by SnapshotDevice, asked of each identity. */
export function snapshotByCsta(phone: SnomPhone): CapabilityMap['CALL_SNAPSHOT'] {
  return {
    async refreshCalls(_, context) {
      const calls = new Map<string, SnapshotCall>();
      const found = await devicesOf(phone, context);
      if (!isDone(found)) return found;
      const devices = found.value;
      if (devices.length === 0) return notHere('CSTA needs an identity of the phone: set the option accounts.');
      for (const device of devices) {
        const reply = await askCsta(phone, context, snapshotDevice(device));
        if ('outcome' in reply) return reply.outcome;
        for (const call of callsIn(reply.response)) calls.set(JSON.stringify(call.vendorIds), call);
      }
      return { status: 'ACCEPTED', value: { calls: [...calls.values()] } };
    },
  };
}

/**
 * Those of the option `accounts`; else those that the phone's settings tell; else the first by its index. Settings that
 * cannot be read are a failure: calls of an identity that was not asked would be taken for ended.
 */
async function devicesOf(phone: SnomPhone, context: DriverContext): Promise<Outcome<readonly string[]>> {
  const { accounts } = phone.options;
  if (accounts.length > 0) return accepted(accounts.map((account) => `sip:${account}`));
  const read = await readByCsta(phone, context);
  if (!isDone(read)) return read;
  const told = accountsIn(read.value);
  if (told.length === 0) return accepted([defaultDevice(phone) ?? []].flat());
  if (phone.firmware === null || isAtLeast(phone.firmware, '8.7.4')) {
    return accepted(told.map(({ account }) => String(account)));
  }
  return accepted(told.flatMap(({ user, host }) => (host === null ? [] : [`sip:${user}@${host}`])));
}
