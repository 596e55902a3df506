import {
  ACCEPTED,
  accepted,
  beforeToggle,
  type CapabilityMap,
  confirmed,
  type DriverContext,
  failed,
  notHere,
  type Outcome,
  phoneRejected,
} from '@hookswitch/core';
import { forwardingGenerationOf } from '../firmware.ts';
import type { SnomPhone } from '../phone.ts';
import { doNotDisturbIn, forwardingsIn } from '../wire/csta-replies.ts';
import {
  type ForwardingWish,
  getDoNotDisturb,
  getForwarding,
  setDoNotDisturb,
  setForwarding,
} from '../wire/csta-requests.ts';
import { FORWARDING_EVENT, forwardingEvent, forwardingSettings } from '../wire/forwarding-settings.ts';
import { settingsPageRequest } from '../wire/pages.ts';
import { readSettingsPage } from '../wire/settings-page.ts';
import { refuse, undialable } from './arguments.ts';
import type { Keypad } from './keypad.ts';
import { askCsta, sendCsta } from './send.ts';
import { sendSettings } from './settings.ts';
import { caught, isDone, withState } from './steps.ts';

/** From 8.7.4 on, as all that is asked here, CSTA takes an identity's index too. */
const FIRST_IDENTITY = '1';

/** The devices that a switch of the whole phone is about: all identities that are known, else the first. */
function devicesOf(phone: SnomPhone): readonly string[] {
  const { accounts } = phone.options;
  if (accounts.length > 0) return accounts.map((account) => `sip:${account}`);
  return [FIRST_IDENTITY];
}

/** One device is brought to the wished state. */
type Apply = (device: string) => Promise<Outcome>;

async function onAllDevices(phone: SnomPhone, apply: Apply): Promise<Outcome> {
  const devices = devicesOf(phone);
  let changed = false;
  let proven = true;
  for (const [index, device] of devices.entries()) {
    const outcome = await (index === 0 ? apply(device) : caught(() => apply(device)));
    if (!isDone(outcome)) {
      return index === 0
        ? outcome
        : withState(outcome, `It was done for the first ${index} of ${devices.length} identities.`);
    }
    if (outcome.status === 'CONFIRMED') changed ||= outcome.changed;
    else proven = false;
  }
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
 * Presses the DND key. It is a toggle, and the phone does not tell its state: where its events told that it is
 * as wished, nothing is sent; where they told nothing, policy decides.
 */
export function doNotDisturbByKey({ press, doNotDisturb }: Keypad): CapabilityMap['DO_NOT_DISTURB'] {
  return {
    async setDoNotDisturb({ enabled }, context) {
      const known = context.features.find(({ feature }) => feature === 'DO_NOT_DISTURB')?.enabled ?? null;
      return beforeToggle(context, { name: 'DO_NOT_DISTURB', wished: enabled, known }) ?? press(context, doNotDisturb);
    },
  };
}

function wrongForwarding({ kind, enabled, target, afterSeconds }: ForwardingWish): Outcome<never> | null {
  if (enabled && target === undefined) return refuse('target', 'Where to forward to.');
  const wrong = target === undefined ? null : undialable('target', target);
  if (wrong !== null) return wrong;
  if (afterSeconds === undefined) return null;
  if (kind === 'NO_ANSWER' && Number.isInteger(afterSeconds) && afterSeconds >= 1) return null;
  return refuse('afterSeconds', 'Whole seconds, at least 1, and for NO_ANSWER only.');
}

/**
 * Forwarding by the phone's settings. Where one setting holds all kinds and the phone tells that another one is on,
 * switching off sends nothing; where it does not tell, all of it is switched off.
 */
export function forwardingByPage(phone: SnomPhone): CapabilityMap['FORWARDING'] {
  const generation = phone.firmware === null ? null : forwardingGenerationOf(phone.firmware);
  return {
    async setForwarding(wish, context) {
      const wrong = wrongForwarding(wish);
      if (wrong !== null) return wrong;
      if (generation === null) return notHere('Without the firmware the names of the settings are not known.');
      if (generation === 'EVENT' && !wish.enabled) {
        const { text } = await context.http.send(settingsPageRequest());
        const event = readSettingsPage(text, [FORWARDING_EVENT]).get(FORWARDING_EVENT);
        if (event !== undefined && event !== forwardingEvent(wish.kind)) return confirmed(false);
      }
      const identities = generation === 'IDENTITIES' ? Math.max(phone.options.accounts.length, 1) : 1;
      const settings = Array.from({ length: identities }, (_, index) =>
        forwardingSettings(wish, generation, index + 1),
      );
      return sendSettings(settings.flat(), context);
    },
  };
}

/**
 * Forwarding by CSTA (8.7.4 and later): asks first, and sends nothing where the phone already is as wished, since its
 * events do not tell whereto it forwards; asks again afterwards.
 */
export function forwardingByCsta(phone: SnomPhone): CapabilityMap['FORWARDING'] {
  return {
    async setForwarding(wish, context) {
      const { enabled, target, afterSeconds } = wish;
      const wrong = wrongForwarding(wish);
      if (wrong !== null) return wrong;
      return onAllDevices(phone, async (device) => {
        const message = setForwarding(device, wish);
        const type = message.content.find(([name]) => name === 'forwardingType')?.[1];
        /** Null: the phone does not tell; setting it still works. */
        const isSo = async (): Promise<boolean | null> => {
          const reply = await forwardingNow(phone, context, device);
          if (!isDone(reply)) return null;
          const now = reply.value.find((reading) => reading.type === type);
          if (now === undefined) return null;
          const asLate = afterSeconds === undefined || now.afterSeconds === afterSeconds;
          return now.enabled === enabled && (!enabled || (sameTarget(now.target, target) && asLate));
        };
        if ((await isSo()) === true) return confirmed(false);
        const outcome = await sendCsta(phone, context, message);
        if (!isDone(outcome)) return outcome;
        const after = await caught(async () => accepted(await isSo()));
        return isDone(after) && after.value === true ? confirmed(true) : ACCEPTED;
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
