import { type AskedSip, sipText } from './sip/asked.ts';
import { type AskedRequest, httpText } from './transport.ts';

/** A request as a driver gave it to one of its transports. */
export type Asked = AskedRequest | AskedSip;

/** Whether it was given to the SIP transport. */
export function isAskedBySip(asked: Asked): asked is AskedSip {
  return 'opensOnly' in asked;
}

/** A request as text: what a dry run shows. */
export function wireText(asked: Asked): string {
  return isAskedBySip(asked) ? sipText(asked) : httpText(asked);
}

/** Whether the phone may do something for it, beyond telling and opening a dialog. */
export function mayAct(asked: Asked): boolean {
  return !asked.readOnly && !(isAskedBySip(asked) && asked.opensOnly);
}
