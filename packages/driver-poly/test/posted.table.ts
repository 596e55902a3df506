import type { CallState } from '@hookswitch/core';
import type { PostedSample } from '@hookswitch/driver-kit';

/** A line's information as the guide shows it, filled in as a VVX 410 with 4.1.4 does in a public example. */
const line = (state: string, type: string, reference = '41aa9c00'): string =>
  `<CallLineInfo><LineKeyNum>1</LineKeyNum><LineDirNum>1006</LineDirNum><LineState>Active</LineState><CallInfo>
<CallState>${state}</CallState><CallType>${type}</CallType><UIAppearanceIndex>1*</UIAppearanceIndex>
<CalledPartyName>Bert</CalledPartyName><CalledPartyDirNum>sip:1007@example.com</CalledPartyDirNum>
<CallingPartyName>1006</CallingPartyName><CallingPartyDirNum>sip:1006@example.com</CallingPartyDirNum>
<CallReference>${reference}</CallReference><CallDuration>0</CallDuration></CallInfo></CallLineInfo>`;

const STATES: Readonly<Record<string, CallState>> = {
  'CALL OUTGOING': 'DIALING',
  'CALL INCOMING': 'RINGING',
  'CALL CONNECTED': 'CONNECTED',
  'CALL HELD': 'HELD',
  'CALL REMOTE_HELD': 'CONNECTED',
  'CALL CONFERENCED': 'CONNECTED',
  'CALL ENDED': 'ENDED',
};

const HEAD = '<PhoneIP>10.0.5.7</PhoneIP><MACAddress>0004f2839af9</MACAddress>';
const FOOT = '<TimeStamp>2013-10-23T13:50:56-05:00</TimeStamp>';
const wrapped = (event: string): string => `<PolycomIPPhone>${event}</PolycomIPPhone>`;

const state = (name: string, event: string, type = 'Outgoing'): PostedSample => ({
  name: `the state ${name}`,
  event,
  state: STATES[event] ?? null,
  body: wrapped(
    `<CallStateChangeEvent CallReference="41aa9c00" CallState="${name}">${HEAD}<LineNumber>1</LineNumber>${FOOT}${line(name, type)}</CallStateChangeEvent>`,
  ),
});

const plain = (name: string, event: string, inside = ''): PostedSample => ({
  name: `${name} alone`,
  event,
  body: `<${name}>${HEAD}${inside}${FOOT}</${name}>`,
});

const PARTIES = `<CallingPartyName>20701</CallingPartyName><CallingPartyNumber>20701@172.18.186.94</CallingPartyNumber>
<CalledPartyName>20300</CalledPartyName><CalledPartyNumber>20300</CalledPartyNumber>`;

/** Notifications in the forms of the guide's pages 30 to 33, every state of its tables, and what is reported beside. */
export const POSTED: readonly PostedSample[] = [
  state('Dialtone', 'OTHER'),
  state('Setup', 'CALL OUTGOING'),
  state('Proceeding', 'CALL OUTGOING'),
  state('Ringback', 'CALL OUTGOING'),
  state('RingBack', 'CALL OUTGOING'),
  state('Offering', 'CALL INCOMING', 'Incoming'),
  state('Connected', 'CALL CONNECTED'),
  state('Hold', 'CALL HELD'),
  state('CallHold', 'CALL HELD'),
  state('CallConfHold', 'CALL HELD'),
  state('Held', 'CALL REMOTE_HELD'),
  state('CallHeld', 'CALL REMOTE_HELD'),
  state('CallConfHeld', 'CALL REMOTE_HELD'),
  state('CallConference', 'CALL CONFERENCED'),
  state('CallRemoteActive', 'OTHER'),
  state('Free', 'CALL ENDED'),
  state('Disconnected', 'CALL ENDED'),
  state('Ncas', 'OTHER'),
  plain('IncomingCallEvent', 'CALL INCOMING', PARTIES),
  plain('OutgoingCallEvent', 'CALL OUTGOING', PARTIES),
  plain('OffHookEvent', 'USER'),
  plain('OnHookEvent', 'USER'),
  plain('LineRegistrationEvent', 'REGISTRATION', '<LineNumber>1</LineNumber>'),
  plain('LineUnregistrationEvent', 'REGISTRATION', '<LineNumber>1</LineNumber>'),
  plain('PhoneLockedEvent', 'OTHER'),
  plain('UserLoginOutEvent', 'OTHER', '<UserLoggedIn>anna</UserLoggedIn>'),
  {
    name: 'an event in a page of its own',
    event: 'USER',
    body: `<?xml version="1.0"?>\n${wrapped(`<OffHookEvent>${HEAD}${FOOT}</OffHookEvent>`)}`,
  },
];
