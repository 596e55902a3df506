import { type CapabilityMap, type DriverContext, notHere, type SnapshotCall } from '@hookswitch/core';
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
      const devices = await devicesOf(phone, context);
      if (devices.length === 0) return notHere('CSTA needs an identity of the phone: set the option accounts.');
      for (const device of devices) {
        const reply = await askCsta(phone, context, snapshotDevice(device));
        if ('outcome' in reply) return reply.outcome;
        for (const call of callsIn(reply.response)) calls.set(call.vendorIds['csta_id'] ?? '', call);
      }
      return { status: 'ACCEPTED', value: { calls: [...calls.values()] } };
    },
  };
}

/** Those of the option `accounts`; else those that the phone's settings tell; else the first by its index. */
async function devicesOf(phone: SnomPhone, context: DriverContext): Promise<readonly string[]> {
  const { accounts } = phone.options;
  if (accounts.length > 0) return accounts.map((account) => `sip:${account}`);
  const read = await readByCsta(phone, context);
  const told = isDone(read) ? accountsIn(read.value) : [];
  if (told.length === 0) return [defaultDevice(phone) ?? []].flat();
  if (phone.firmware === null || isAtLeast(phone.firmware, '8.7.4')) return told.map(({ account }) => String(account));
  return told.flatMap(({ user, host }) => (host === null ? [] : [`sip:${user}@${host}`]));
}
