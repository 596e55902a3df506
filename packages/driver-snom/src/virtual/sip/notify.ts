import type { RecordedSipRequest, VirtualSipReply } from '@hookswitch/driver-kit/virtual';
import { reregister } from '../browser/internal-url.ts';
import { firmwareAtLeast } from '../firmware.ts';
import type { SnomParts } from '../parts.ts';
import { provisionAgain } from '../settings/provisioning.ts';
import { isXml, obeysXml } from './admission.ts';
import { headerOf } from './header.ts';

const OK: VirtualSipReply = { status: 200 };
/** Since when `checksync_action` says what a check-sync does. */
const ACTION_SINCE = '10.1.180';

/** Acts on a NOTIFY. 200 whatever comes of it; 489 for an event that it does not know. */
export const answerNotify = (
  parts: SnomParts,
  request: RecordedSipRequest,
  registrar: string | undefined,
): VirtualSipReply => {
  const { body, remoteAddress } = request;
  if (isXml(request)) {
    if (!obeysXml(parts, request, registrar)) parts.effects.record({ type: 'xmlIgnored', from: remoteAddress });
    else parts.browser.show(body, remoteAddress);
    return OK;
  }
  const [event = '', ...parameters] = headerOf(request, 'event')
    .split(';')
    .map((part) => part.trim().toLowerCase());
  if (event === 'check-sync') return checkSync(parts, parameters);
  if (event === 'talk' || event === 'hold') return callControl(parts, event, request);
  return { status: 489 };
};

/** What a check-sync can do, by the words of its parameter and of `checksync_action`. */
const SYNC_ACTIONS: Readonly<Record<string, (parts: SnomParts) => void>> = {
  reboot: ({ power }) => power.reboot(),
  'factory-reset': ({ power }) => power.reset(),
  reregister: (parts) => {
    for (const { index } of parts.telephony.accounts) reregister(parts, index);
  },
  sync: (parts) => {
    parts.effects.record({ type: 'provisionedAgain' });
    void provisionAgain(parts);
  },
};

const BY_PARAMETER: Readonly<Record<string, string>> = {
  'reboot=true': 'reboot',
  'reboot=false': 'sync',
  'reboot=reregister-only': 'reregister',
};

const checkSync = (parts: SnomParts, parameters: readonly string[]): VirtualSipReply => {
  const asked = parameters.map((parameter) => BY_PARAMETER[parameter]).find((action) => action !== undefined) ?? 'sync';
  const set = firmwareAtLeast(parts.firmware, ACTION_SINCE) ? parts.memory.get('checksync_action') : '';
  const act = SYNC_ACTIONS[set === '' ? asked : set];
  return { ...OK, afterwards: () => act?.(parts) };
};

/**
 * BroadSoft's events, absolute where F_HOLD is a toggle. The call that has the NOTIFY's Call-ID is meant, else the one
 * in focus; what a phone does outside of the call's dialog is not documented.
 */
const callControl = (parts: SnomParts, event: 'talk' | 'hold', { headers }: RecordedSipRequest): VirtualSipReply => {
  const { telephony, quirks } = parts;
  const named = telephony.legs.find(({ sipCallId }) => sipCallId === headers['call-id']);
  if (named === undefined && quirks.talkOutsideDialog === 'refused') return { status: 481 };
  if (event === 'hold') {
    const leg = named ?? telephony.legs.find(({ state }) => state === 'connected');
    if (leg !== undefined) telephony.hold(leg);
    return OK;
  }
  const leg = named ?? telephony.ringing ?? telephony.focus;
  if (leg !== undefined && !telephony.answer(leg)) telephony.resume(leg);
  return OK;
};
