import type { DocumentedCommand, DocumentedEvent, VendorDocuments } from '@hookswitch/driver-kit';

/*
 * What the manual says, row by row: written from it, and never from the driver, of which this file imports nothing.
 */

const PHONE = { model: 'A1', firmware: '1.2' };

type Sent = Pick<DocumentedCommand, 'capability' | 'member' | 'command'> & { readonly sends: string };

/** Manual, "Calls" and "Do not disturb". */
const SENT: readonly Sent[] = [
  { capability: 'DIAL', member: 'dial', command: () => ({ to: '2001' }), sends: 'GET /call?dial=2001' },
  { capability: 'DIAL', member: 'dial', command: () => ({ to: 'sip:+49@pbx' }), sends: 'GET /call?dial=%2B49' },
  { capability: 'ANSWER', member: 'answer', command: () => ({}), sends: 'GET /call?answer' },
  { capability: 'HANG_UP', member: 'hangUp', command: () => ({}), sends: 'GET /call?end' },
  {
    capability: 'DO_NOT_DISTURB',
    member: 'setDoNotDisturb',
    command: () => ({ enabled: true }),
    sends: 'GET /dnd?on',
  },
  {
    capability: 'DO_NOT_DISTURB',
    member: 'setDoNotDisturb',
    command: () => ({ enabled: false }),
    sends: 'GET /dnd?off',
  },
];

/** It dials numbers: a name is none. */
const NO_NUMBER: DocumentedCommand = {
  name: 'a name is not dialled',
  phone: PHONE,
  capability: 'DIAL',
  member: 'dial',
  command: () => ({ to: 'sip:anna@pbx.example' }),
  exchange: [],
  outcome: 'INVALID_ARGUMENT',
};

const call = (callEventKind: string, callState: string, direction: string | null = null): unknown => ({
  type: 'CALL',
  callEventKind,
  callState,
  call: { direction, vendorIds: { call: '7' }, remote: { number: '2001' } },
});
const doNotDisturb = (enabled: boolean): unknown => ({ type: 'FEATURE', feature: 'DO_NOT_DISTURB', enabled });

/** Manual, "Events". */
const EVENTS: Readonly<Record<string, unknown>> = {
  'event.incoming': call('INCOMING', 'RINGING', 'INCOMING'),
  'event.dialing': call('OUTGOING', 'DIALING', 'OUTGOING'),
  'event.answered': call('CONNECTED', 'CONNECTED'),
  'event.ended': call('ENDED', 'ENDED'),
  'event.dnd_on': doNotDisturb(true),
  'event.dnd_off': doNotDisturb(false),
};

/** What the suite asks of the driver, a case for each row. */
export const DOCUMENTED: VendorDocuments = {
  models: [
    { model: 'A1', functionKeys: 0 },
    { model: 'A2', functionKeys: 4 },
  ],
  commands: [
    ...SENT.map(
      ({ sends, ...command }): DocumentedCommand => ({ ...command, name: sends, phone: PHONE, exchange: [sends] }),
    ),
    NO_NUMBER,
  ],
  events: Object.entries(EVENTS).map(
    ([setting, means]): DocumentedEvent => ({
      phone: PHONE,
      setting,
      fills: { $mac: '02000000ac01', $call: '7', $remote: '2001' },
      means,
    }),
  ),
  settings: [{ name: 'all settings of events', phone: PHONE, settings: Object.keys(EVENTS) }],
};
