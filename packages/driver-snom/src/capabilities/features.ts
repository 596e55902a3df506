import {
  ACCEPTED,
  accepted,
  type CapabilityMap,
  confirmed,
  type DriverContext,
  failed,
  notHere,
  type Outcome,
  phoneRejected,
} from '@hookswitch/core';
import type { SnomPhone } from '../phone.ts';
import { keysRequest } from '../wire/command-htm.ts';
import { doNotDisturbIn, forwardingsIn } from '../wire/csta-replies.ts';
import { getDoNotDisturb, getForwarding, setDoNotDisturb, setForwarding } from '../wire/csta-requests.ts';
import { refuse, undialable } from './arguments.ts';
import { defaultDevice } from './calls-by-csta.ts';
import { askCsta, sendCsta, sendPage } from './send.ts';
import { caught, isDone, withState } from './steps.ts';

/** The devices that a switch of the whole phone is about: all identities that are known, else the first. */
function devicesOf(phone: SnomPhone): readonly string[] {
  const { accounts } = phone.options;
  if (accounts.length > 0) return accounts.map((account) => `sip:${account}`);
  const device = defaultDevice(phone);
  return device === null ? [] : [device];
}

/** One device is brought to the wished state. */
type Apply = (device: string) => Promise<Outcome>;

async function onAllDevices(phone: SnomPhone, apply: Apply): Promise<Outcome> {
  const devices = devicesOf(phone);
  let changed = false;
  let proven = devices.length > 0;
  for (const [index, device] of devices.entries()) {
    const outcome = index === 0 ? await apply(device) : await caught(() => apply(device));
    if (!isDone(outcome)) {
      return index === 0
        ? outcome
        : withState(outcome, `It was done for the first ${index} of ${devices.length} identities.`);
    }
    if (outcome.status === 'CONFIRMED') changed ||= outcome.changed;
    else proven = false;
  }
  if (devices.length === 0) return notHere('CSTA needs an identity of the phone: set the option accounts.');
  return proven ? confirmed(changed) : ACCEPTED;
}

/**
 * Do-not-disturb by CSTA (8.7.4 and later), absolutely: asks first, and sends nothing where the phone already is as
 * wished; asks again afterwards.
 */
export function doNotDisturbByCsta(phone: SnomPhone): CapabilityMap['DO_NOT_DISTURB'] {
  return {
    setDoNotDisturb: ({ enabled }, context) =>
      onAllDevices(phone, async (device) => {
        const before = await readDoNotDisturb(phone, context, { device, rehearsed: !enabled });
        if (before === enabled) return confirmed(false);
        const outcome = await sendCsta(phone, context, setDoNotDisturb(device, enabled));
        if (!isDone(outcome)) return outcome;
        const after = await caught(async () =>
          accepted(await readDoNotDisturb(phone, context, { device, rehearsed: enabled })),
        );
        if (!isDone(after) || after.value === null) return ACCEPTED;
        return after.value === enabled
          ? confirmed(true)
          : failed(phoneRejected('The phone acknowledged, and still says otherwise when asked.'));
      }),
  };
}

/** Null: the phone does not tell; setting it still works. */
async function readDoNotDisturb(
  phone: SnomPhone,
  context: DriverContext,
  ask: { readonly device: string; readonly rehearsed: boolean },
): Promise<boolean | null> {
  const reply = await askCsta(phone, context, getDoNotDisturb(ask.device, ask.rehearsed));
  return 'outcome' in reply ? null : doNotDisturbIn(reply.response);
}

/**
 * Presses the DND key. It is a toggle, and the phone does not tell its state over HTTP: what is wished and what was
 * can only be told apart by the phone's events.
 */
export function doNotDisturbByKey(): CapabilityMap['DO_NOT_DISTURB'] {
  return { setDoNotDisturb: (_, context) => sendPage(context, keysRequest([{ key: 'DND' }])) };
}

/** Forwarding by CSTA (8.7.4 and later); asked for afterwards where the phone tells. */
export function forwardingByCsta(phone: SnomPhone): CapabilityMap['FORWARDING'] {
  return {
    async setForwarding({ kind, enabled, target, afterSeconds }, context) {
      if (enabled && target === undefined) return refuse('target', 'Where to forward to.');
      const wrong = target === undefined ? null : undialable('target', target);
      if (wrong !== null) return wrong;
      if (afterSeconds !== undefined && (kind !== 'NO_ANSWER' || !Number.isInteger(afterSeconds) || afterSeconds < 1)) {
        return refuse('afterSeconds', 'Whole seconds, at least 1, and for NO_ANSWER only.');
      }
      return onAllDevices(phone, async (device) => {
        const message = setForwarding(device, { kind, enabled, target, afterSeconds });
        const outcome = await sendCsta(phone, context, message);
        if (!isDone(outcome)) return outcome;
        const type = message.content.find(([name]) => name === 'forwardingType')?.[1];
        const reply = await caught(() => forwardingNow(phone, context, device));
        if (!isDone(reply)) return ACCEPTED;
        const now = reply.value.find((reading) => reading.type === type);
        const asLate = afterSeconds === undefined || now?.afterSeconds === afterSeconds;
        const proven = now?.enabled === enabled && (!enabled || (sameTarget(now.target, target) && asLate));
        return proven ? confirmed(true) : ACCEPTED;
      });
    },
  };
}

async function forwardingNow(
  phone: SnomPhone,
  context: DriverContext,
  device: string,
): Promise<Outcome<ReturnType<typeof forwardingsIn>>> {
  const reply = await askCsta(phone, context, getForwarding(device));
  if ('outcome' in reply) return reply.outcome;
  return { status: 'ACCEPTED', value: forwardingsIn(reply.response) };
}

function sameTarget(actual: string | null, wished: string | undefined): boolean {
  const user = (text: string | null | undefined) => text?.replace(/^(?:sips?|tel):/i, '').split('@', 1)[0];
  return user(actual) === user(wished);
}
