import { type CallLeg, isConnected, type PostedDocument, ringsHere } from '@hookswitch/driver-kit/virtual';
import type { PolyReport, PolyState } from './notifications.table.ts';
import type { PolyQuirks } from './quirks.ts';

/** What a notification is made of. */
export interface Sender {
  readonly mac: string;
  /** `10.0.5.7`. */
  readonly ip: string;
  readonly quirks: PolyQuirks;
  readonly now: () => number;
}

const IN_LINES: Partial<Record<PolyReport, string>> = { Ringback: 'RingBack', Hold: 'CallHold', Held: 'CallHeld' };

/** The word for a state. */
export function wordOf(state: PolyReport, { stateWords }: Pick<PolyQuirks, 'stateWords'>): string {
  return stateWords === 'lines' ? (IN_LINES[state] ?? state) : state;
}

const STATES: Readonly<Record<CallLeg['state'], PolyState>> = {
  dialing: 'Setup',
  ringing: 'Ringback',
  connected: 'Connected',
  held: 'Hold',
  ended: 'Disconnected',
};

/** The state of a leg as its phone shows it. */
export function stateOf(leg: CallLeg): PolyState {
  if (ringsHere(leg)) return 'Offering';
  return isConnected(leg) && leg.heldByRemote ? 'Held' : STATES[leg.state];
}

const escaped = (text: string, { rawNames }: PolyQuirks): string =>
  rawNames ? text : text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The parties of a call: their names, and their addresses in one of two words. */
function parties(leg: CallLeg, word: 'Number' | 'DirNum', quirks: PolyQuirks): string {
  const [calling, called] = leg.direction === 'incoming' ? [leg.remote, leg.local] : [leg.local, leg.remote];
  const party = (side: string, { number, displayName, domain }: CallLeg['remote']): string => {
    const name = escaped(displayName === '' ? number : displayName, quirks);
    return `<${side}PartyName>${name}</${side}PartyName><${side}Party${word}>sip:${number}@${domain}</${side}Party${word}>`;
  };
  return `${party('Called', called)}${party('Calling', calling)}`;
}

function document(event: string, sender: Sender): PostedDocument {
  const { quirks } = sender;
  const text = quirks.bareEvents ? event : `<PolycomIPPhone>${event}</PolycomIPPhone>`;
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n${text}\n`;
  return { contentType: quirks.contentType, body: quirks.latin1 ? Buffer.from(body, 'latin1') : body };
}

const head = ({ mac, ip }: Sender): string => `<PhoneIP>${ip}</PhoneIP><MACAddress>${mac}</MACAddress>`;
const foot = ({ now }: Sender): string => `<TimeStamp>${new Date(now()).toISOString().slice(0, 19)}-00:00</TimeStamp>`;

/** `OffHookEvent`, `LineRegistrationEvent`, …: what happened, and of lines which. */
export function plainEvent(name: PolyReport, sender: Sender): PostedDocument {
  const number = name.startsWith('Line') ? '<LineNumber>1</LineNumber>' : '';
  return document(`<${name}>${head(sender)}${number}${foot(sender)}</${name}>`, sender);
}

/** `IncomingCallEvent` and `OutgoingCallEvent`: who calls whom, and not which call it is. */
export function partyEvent(leg: CallLeg, sender: Sender): PostedDocument {
  const name = leg.direction === 'incoming' ? 'IncomingCallEvent' : 'OutgoingCallEvent';
  const inside = `${head(sender)}${parties(leg, 'Number', sender.quirks)}${foot(sender)}`;
  return document(`<${name}>${inside}</${name}>`, sender);
}

/** `CallStateChangeEvent`: one call's new state, and all calls of its line as they are now. */
export function stateEvent(
  leg: CallLeg,
  state: PolyReport,
  { calls, ...sender }: Sender & { readonly calls: readonly CallLeg[] },
): PostedDocument {
  const { quirks } = sender;
  const info = (one: CallLeg): string => {
    const isActive = one.state === 'connected' ? '*' : '';
    const seconds = one.answeredAt === undefined ? 0 : Math.max(0, Math.floor((sender.now() - one.answeredAt) / 1000));
    const own = one === leg ? wordOf(state, quirks) : wordOf(stateOf(one), quirks);
    return [
      `<CallInfo><CallState>${own}</CallState>`,
      `<CallType>${one.direction === 'incoming' ? 'Incoming' : 'Outgoing'}</CallType>`,
      `<UIAppearanceIndex>1${isActive}</UIAppearanceIndex>${parties(one, 'DirNum', quirks)}`,
      `<CallReference>${one.id}</CallReference><CallDuration>${seconds}</CallDuration></CallInfo>`,
    ].join('');
  };
  const all = calls.includes(leg) ? calls : [leg, ...calls];
  const line = `<LineKeyNum>1</LineKeyNum><LineDirNum>${leg.local.number}</LineDirNum><LineState>Active</LineState>`;
  const attributes = `CallReference="${leg.id}" CallState="${wordOf(state, quirks)}"`;
  const inside = `${head(sender)}<LineNumber>1</LineNumber>${foot(sender)}`;
  const lines = `<CallLineInfo>${line}${all.map(info).join('')}</CallLineInfo>`;
  return document(`<CallStateChangeEvent ${attributes}>${inside}${lines}</CallStateChangeEvent>`, sender);
}
