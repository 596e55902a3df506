import { parseActionUri } from './action-uri-query.ts';
import type { CallDesk } from './call-desk.ts';
import type { Gates } from './gates.ts';
import type { KeyText } from './key-command.ts';
import type { PushReceiver } from './push-receiver.ts';

/** A SIP NOTIFY as far as the phone looks at it. */
export interface SipNotify {
  /** The `Event` header: `ACTION-URI`, `Yealink-xml`, `check-sync;reboot=true`, `talk`, `hold`. */
  readonly event: string;
  readonly body: string;
  /** The address that it came from. */
  readonly from: string;
}

/** What a NOTIFY acts on. */
export interface SipNotifyOptions {
  readonly gates: Gates;
  readonly push: PushReceiver;
  readonly desk: CallDesk;
  readonly pressKeys: (keys: readonly KeyText[], outgoingUri: string) => void;
  /** Does it once the response has left. */
  readonly later: (act: () => void) => void;
  readonly reboot: () => void;
  readonly autoProvision: () => void;
}

/** Acts on a NOTIFY. @returns the SIP status: 200, 403 where a setting or a person forbids it, 489 for another event. */
export const receiveNotify = (options: SipNotifyOptions, notify: SipNotify): number => {
  const [event = '', ...parameters] = notify.event.split(';').map((part) => part.trim());
  if (event === 'ACTION-URI') return actionUri(options, notify);
  if (event === 'Yealink-xml') return pushedXml(options, notify);
  if (event === 'check-sync') return checkSync(options, parameters.includes('reboot=true'));
  return remoteCallControl(options.desk, event);
};

/** No allow list here: the SIP server vouches for the sender. */
const actionUri = ({ gates, pressKeys, later }: SipNotifyOptions, { body, from }: SipNotify): number => {
  if (gates.settings.get('features.action_uri.enable') !== '1' || !gates.prompt.admits(from)) return 403;
  // fspbx dials without `key=` here.
  const { request } = parseActionUri(body.trim(), { ...gates.quirks, dialsWithoutKey: true });
  if (request.kind !== 'keys') return 200;
  const press = () => pressKeys(request.keys, request.outgoingUri);
  if (gates.quirks.pressesBeforeNotifyReply) press();
  else later(press);
  return 200;
};

const pushedXml = ({ gates, push }: SipNotifyOptions, { body }: SipNotify): number => {
  if (gates.settings.get('push_xml.sip_notify') !== '1') return 403;
  return push.take(body).status;
};

/** `sip.notify_reboot_enable`: 0 reboots only if told to, 1 always, 2 never and does nothing at all. */
const checkSync = ({ gates, later, reboot, autoProvision }: SipNotifyOptions, rebootAsked: boolean): number => {
  const setting = gates.settings.get('sip.notify_reboot_enable');
  if (setting === '1' || (setting === '0' && rebootAsked)) later(reboot);
  else if (setting === '0') autoProvision();
  return 200;
};

/** BroadSoft remote control: absolute, where `F_HOLD` is a toggle. */
const remoteCallControl = (desk: CallDesk, event: string): number => {
  if (event === 'talk') {
    if (!desk.answer()) desk.resume();
    return 200;
  }
  if (event !== 'hold') return 489;
  desk.hold();
  return 200;
};
