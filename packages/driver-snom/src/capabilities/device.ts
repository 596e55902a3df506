import {
  ACCEPTED,
  type CapabilityMap,
  type DriverContext,
  failed,
  type HttpRequest,
  invalidCallState,
  type Outcome,
  type PhoneAccount,
  phoneRejected,
} from '@hookswitch/core';
import { parseFirmware, spellingOf } from '../firmware.ts';
import { modelName } from '../models.ts';
import type { SnomPhone } from '../phone.ts';
import { logOffRequest, reregisterRequest } from '../wire/command-htm.ts';
import { hasControlCharacters } from '../wire/encode.ts';
import { deviceIn, formatMac } from '../wire/info-htm.ts';
import { unreadable } from '../wire/page-reply.ts';
import {
  clearCallListRequest,
  infoRequest,
  playRingerRequest,
  rebootRequest,
  resetRequest,
  upgradeRequest,
} from '../wire/pages.ts';
import { outOfRange, refuse } from './arguments.ts';
import { sendPage } from './send.ts';
import { readByCsta } from './settings.ts';
import { caught, isDone, withState } from './steps.ts';

/** Identities that a phone has at most: "1(..12)". */
export const MAX_ACCOUNTS = 12;

/** Plays a ring tone, 1 to 9. */
export function ringtoneByPage(): CapabilityMap['RINGTONE'] {
  return {
    playRingtone: async ({ ringtone }, context) =>
      outOfRange('ringtone', ringtone, 9) ?? sendPage(context, playRingerRequest(ringtone)),
  };
}

/** Model, firmware, MAC address and identities by CSTA GetSettings. */
export function infoByCsta(phone: SnomPhone): CapabilityMap['PHONE_INFO'] {
  return {
    async phoneInfo(context) {
      const read = await readByCsta(phone, context, [{ name: 'phone_type', value: 'snomD785' }]);
      if (!isDone(read)) return read;
      const setting = (name: string) => read.value.get(name) || null;
      const type = setting('phone_type');
      const version = parseFirmware(setting('firmware_version'));
      return {
        status: 'ACCEPTED',
        value: {
          mac: formatMac(setting('mac') ?? ''),
          model: type === null ? null : modelName(type),
          firmware: version?.join('.') ?? null,
          accounts: accountsIn(read.value),
          features: [],
        },
      };
    },
  };
}

/** The identities that settings tell: those with a user name. */
export function accountsIn(settings: ReadonlyMap<string, string>): readonly PhoneAccount[] {
  const numbers = Array.from({ length: MAX_ACCOUNTS }, (_, index) => index + 1);
  return numbers.flatMap((account) => {
    const user = settings.get(`user_name${account}`) || null;
    if (user === null) return [];
    return [
      {
        account,
        user,
        host: settings.get(`user_host${account}`) || null,
        displayName: settings.get(`user_realname${account}`) || null,
        label: null,
        enabled: null,
        registered: null,
      },
    ];
  });
}

/** Model, firmware and MAC address, as `info.htm` shows them. */
export function infoByPage(): CapabilityMap['PHONE_INFO'] {
  return {
    async phoneInfo(context) {
      const reply = await context.http.send(infoRequest());
      const refusal = unreadable(reply);
      if (refusal !== null) return refusal;
      const device = deviceIn(reply.text);
      if (device.mac === null && device.model === null && device.firmware === null) {
        return failed(
          phoneRejected('The page info.htm tells nothing that could be read.', { phoneStatus: reply.status }),
        );
      }
      return { status: 'ACCEPTED', value: { ...device, accounts: [], features: [] } };
    },
  };
}

/** Restarts the phone, unless it has a call. */
export function rebootByPage(): CapabilityMap['REBOOT'] {
  return {
    async reboot({ evenInCall }, context) {
      return inCall(evenInCall, context) ?? sendPage(context, rebootRequest());
    },
  };
}

/** Why the phone may not be restarted now; null: it may. */
export function inCall(evenInCall: boolean, { calls: [call] }: DriverContext): Outcome<never> | null {
  if (call === undefined || evenInCall) return null;
  return failed(invalidCallState('The phone has a call: give evenInCall, or wait until it has ended.', call.state));
}

/** Resets the phone to factory settings. */
export function resetByPage(): CapabilityMap['FACTORY_RESET'] {
  return { factoryReset: (_, context) => sendPage(context, resetRequest()) };
}

/** Makes the phone load a firmware and restart with it. */
export function upgradeByPage(): CapabilityMap['UPGRADE_FIRMWARE'] {
  return {
    async upgradeFirmware({ url }, context) {
      const isAddress = /^(?:https?|tftp):\/\/[^\s/]+\/\S+$/i.test(url) && URL.canParse(url);
      if (!isAddress || hasControlCharacters(url)) {
        return refuse('url', 'The address of a firmware file: http, https or tftp.');
      }
      return sendPage(context, upgradeRequest(url));
    },
  };
}

/** Logs off one identity, or all. */
export function logOffByPage(): CapabilityMap['LOG_OFF'] {
  return {
    async logOff({ account }, context) {
      const wrong = account === undefined ? null : outOfRange('account', account, MAX_ACCOUNTS);
      return wrong ?? sendPage(context, logOffRequest(account));
    },
  };
}

/** Re-registers one identity; all: those of the option `accounts`, else every index, since the phone has no word for all. */
export function reregisterByPage(phone: SnomPhone): CapabilityMap['REREGISTER'] {
  const spelling = spellingOf(phone.firmware, phone.model.family);
  return {
    async reregister({ account }, context) {
      const wrong = account === undefined ? null : outOfRange('account', account, MAX_ACCOUNTS);
      if (wrong !== null) return wrong;
      const last = phone.options.accounts.length || MAX_ACCOUNTS;
      const accounts = account === undefined ? Array.from({ length: last }, (_, index) => index + 1) : [account];
      return sendEach(
        context,
        accounts.map((number) => reregisterRequest(number, spelling)),
      );
    },
  };
}

/** Empties call lists, one request each. */
export function clearListsByPage(phone: SnomPhone): CapabilityMap['CLEAR_CALL_LISTS'] {
  const spelling = spellingOf(phone.firmware, phone.model.family);
  return {
    async clearCallLists({ lists }, context) {
      if (lists.length === 0) return refuse('lists', 'There is no list to clear.');
      return sendEach(
        context,
        [...new Set(lists)].map((list) => clearCallListRequest(list, spelling)),
      );
    },
  };
}

async function sendEach(context: DriverContext, requests: readonly HttpRequest[]): Promise<Outcome> {
  for (const [index, request] of requests.entries()) {
    const outcome = await (index === 0 ? sendPage(context, request) : caught(() => sendPage(context, request)));
    if (isDone(outcome)) continue;
    return index === 0 ? outcome : withState(outcome, `The first ${index} of ${requests.length} were done.`);
  }
  return ACCEPTED;
}
