import type { DocumentedTelling } from '@hookswitch/driver-kit';

/*
 * The call control events of ECMA-269 with the elements of ECMA-323, as a phone sends them to who listens (MonitorStart).
 * Written from the standard, and never from the driver.
 */

/** A phone that is listened to. */
const LISTENED = {
  model: 'D862',
  firmware: '10.1.226.13',
  options: { accounts: '101@pbx.example', uacstaEvents: 'true' },
};

const OWN = 'sip:101@pbx.example';
const OTHER = 'sip:201@pbx.example';
const NAMESPACE = 'http://www.ecma-international.org/standards/ecma-323/csta/ed5';
const AGREES = [
  `<MonitorStartResponse xmlns="${NAMESPACE}"><monitorCrossRefID>7</monitorCrossRefID></MonitorStartResponse>`,
];

const device = (name: string, address: string): string =>
  `<${name}><deviceIdentifier>${address}</deviceIdentifier></${name}>`;
const connection = (name: string, id: string): string =>
  `<${name}><callID>${id}</callID><deviceID>${OWN}</deviceID></${name}>`;
const local = (state: string): string => `<localConnectionInfo>${state}</localConnectionInfo>`;
const event = (name: string, inside: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><csta:${name} xmlns:csta="${NAMESPACE}">${`<monitorCrossRefID>7</monitorCrossRefID>${inside}`.replaceAll(/<(\/?)(\w)/g, '<$1csta:$2')}</csta:${name}>`;

/** Names no firmware has the event by: the phone's own doing, or another's; null: the contract has no word for it. */
interface Step {
  readonly event: string;
  readonly connection: string;
  /** The element that names who did it; null: there is none. */
  readonly device: string | null;
  /** States of the phone's own connection with which it is its own doing, and with which it is another's. */
  readonly own: readonly string[];
  readonly other: readonly string[];
  readonly means: { readonly own: Meaning; readonly other: Meaning };
}

type Meaning = readonly [kind: string, state: string | null, direction?: string] | null;

const ENDED: Meaning = ['ENDED', 'ENDED'];

const STEPS: readonly Step[] = [
  {
    event: 'DeliveredEvent',
    connection: 'connection',
    device: 'alertingDevice',
    own: ['alerting'],
    other: ['connected', 'initiated', 'hold'],
    means: { own: ['INCOMING', 'RINGING', 'INCOMING'], other: ['OUTGOING', 'DIALING', 'OUTGOING'] },
  },
  {
    event: 'OriginatedEvent',
    connection: 'originatedConnection',
    device: 'callingDevice',
    own: ['connected', 'initiated'],
    other: [],
    means: { own: ['OUTGOING', 'DIALING', 'OUTGOING'], other: null },
  },
  {
    event: 'EstablishedEvent',
    connection: 'establishedConnection',
    device: 'answeringDevice',
    own: [],
    other: [],
    means: { own: ['CONNECTED', 'CONNECTED'], other: ['CONNECTED', 'CONNECTED'] },
  },
  {
    event: 'HeldEvent',
    connection: 'heldConnection',
    device: 'holdingDevice',
    own: ['hold'],
    other: ['connected'],
    means: { own: ['HELD', 'HELD'], other: ['REMOTE_HELD', null] },
  },
  {
    event: 'RetrievedEvent',
    connection: 'retrievedConnection',
    device: 'retrievingDevice',
    own: [],
    other: ['hold'],
    means: { own: ['RESUMED', 'CONNECTED'], other: ['REMOTE_RESUMED', null] },
  },
  {
    event: 'ConnectionClearedEvent',
    connection: 'droppedConnection',
    device: null,
    own: ['null', ''],
    other: ['connected', 'hold', 'alerting', 'initiated', 'queued', 'fail'],
    means: { own: ENDED, other: null },
  },
  {
    event: 'CallClearedEvent',
    connection: 'clearedCall',
    device: null,
    own: ['null', 'connected', 'hold', ''],
    other: [],
    means: { own: ENDED, other: null },
  },
  {
    event: 'FailedEvent',
    connection: 'failedConnection',
    device: 'failingDevice',
    own: [],
    other: [],
    means: { own: ENDED, other: ENDED },
  },
  {
    event: 'DivertedEvent',
    connection: 'connection',
    device: 'divertingDevice',
    own: ['null'],
    other: ['connected', 'initiated'],
    means: { own: ['FORWARDED', 'ENDED'], other: null },
  },
];

const meaning = (said: Meaning, id: string): unknown => {
  if (said === null) return { type: 'OTHER' };
  const [callEventKind, callState, direction] = said;
  const side = direction === undefined ? {} : { direction };
  return { type: 'CALL', callEventKind, callState, call: { vendorIds: { csta_id: id }, ...side } };
};

const telling = (name: string, body: string, means: readonly unknown[]): DocumentedTelling => ({
  name,
  phone: LISTENED,
  agrees: AGREES,
  body,
  means,
});
const unsure = (row: DocumentedTelling): DocumentedTelling => ({ ...row, isUnsure: true });

/** The state of the phone's own connection decides, whatever the device; without one that tells, the device does. */
const steps = STEPS.flatMap((step): readonly DocumentedTelling[] => {
  const call = connection(step.connection, '-18');
  const by = (who: string): string => (step.device === null ? '' : device(step.device, who));
  const sides = [
    { side: 'own', states: step.own, against: OTHER, who: OWN },
    { side: 'other', states: step.other, against: OWN, who: OTHER },
  ] as const;
  return sides.flatMap(({ side, states, against, who }) => [
    ...states.map((state) =>
      telling(
        `${step.event} of this end's connection "${state}"`,
        event(step.event, `${call}${state === '' ? '' : by(against)}${local(state)}`),
        [meaning(step.means[side], '-18')],
      ),
    ),
    ...(step.device === null
      ? []
      : [
          telling(`${step.event} by ${side} ${step.device}`, event(step.event, `${call}${by(who)}`), [
            meaning(step.means[side], '-18'),
          ]),
        ]),
  ]);
});

/** ECMA-323, event causes: what an ending is, by whoever brought it about. */
const ENDINGS: readonly (readonly [cause: string, own: string, other: string])[] = [
  ['normal', 'ENDED', 'ENDED'],
  ['busy', 'REJECTED', 'REMOTE_BUSY'],
  ['doNotDisturb', 'REJECTED', 'REMOTE_BUSY'],
  ['callCancelled', 'CANCELED', 'REMOTE_CANCELED'],
  ['callPickup', 'ENDED', 'REMOTE_CANCELED'],
  ['redirected', 'FORWARDED', 'ENDED'],
  ['callForward', 'FORWARDED', 'ENDED'],
  ['callForwardImmediate', 'FORWARDED', 'ENDED'],
  ['callForwardBusy', 'FORWARDED', 'ENDED'],
  ['callForwardNoAnswer', 'FORWARDED', 'ENDED'],
];

const endings = ENDINGS.flatMap(([cause, own, other]): readonly DocumentedTelling[] => {
  const because = `<cause>${cause}</cause>`;
  const kinds = [
    { who: OWN, kind: own },
    { who: OTHER, kind: other },
  ];
  return kinds.flatMap(({ who, kind }) => [
    telling(
      `an ending by ${who} with the cause ${cause}`,
      event(
        'ConnectionClearedEvent',
        `${connection('droppedConnection', '4')}${device('releasingDevice', who)}${local('null')}${because}`,
      ),
      [meaning([kind, 'ENDED'], '4')],
    ),
    telling(
      `a failure by ${who} with the cause ${cause}`,
      event('FailedEvent', `${connection('failedConnection', '4')}${device('failingDevice', who)}${because}`),
      [meaning([kind, 'ENDED'], '4')],
    ),
  ]);
});

const calls = `${connection('primaryOldCall', '3')}${connection('secondaryOldCall', '0049')}`;

/** The events about two calls, and those of switches. */
const others: readonly DocumentedTelling[] = [
  telling(
    'this phone has transferred a call',
    event(
      'TransferredEvent',
      `${calls}${device('transferringDevice', OWN)}${device('transferredToDevice', OTHER)}${local('null')}`,
    ),
    [meaning(['TRANSFER_FINISHED', null], '3'), meaning(['ENDED', 'ENDED'], '3'), meaning(['ENDED', 'ENDED'], '0049')],
  ),
  unsure(
    telling(
      "this phone's call was transferred",
      event('TransferredEvent', `${calls}${device('transferringDevice', OTHER)}${local('connected')}`),
      [meaning(['TRANSFER_RECEIVED', null], '3')],
    ),
  ),
  unsure(
    telling(
      'this phone has made a conference',
      event('ConferencedEvent', `${calls}${device('conferencingDevice', OWN)}`),
      [meaning(['CONFERENCED', 'CONNECTED'], '3'), meaning(['CONFERENCED', 'CONNECTED'], '0049')],
    ),
  ),
  telling(
    "the parties of a call's event, with entities in their names",
    event(
      'DeliveredEvent',
      `${connection('connection', '5')}${device('callingDevice', `&quot;Zo&#235; &amp; Co&quot; &lt;${OTHER}&gt;`)}${device('calledDevice', OWN)}${local('alerting')}`,
    ),
    [
      {
        call: {
          direction: 'INCOMING',
          remote: { number: '201', displayName: 'Zoë & Co' },
          local: { number: '101' },
        },
      },
    ],
  ),
  ...(['true', 'false'] as const).flatMap((word) => [
    telling(`DoNotDisturbEvent ${word}`, event('DoNotDisturbEvent', `<doNotDisturbOn>${word}</doNotDisturbOn>`), [
      { type: 'FEATURE', feature: 'DO_NOT_DISTURB', enabled: word === 'true' },
    ]),
    ...(
      [
        ['forwardImmediate', 'FORWARD_ALWAYS'],
        ['forwardBusy', 'FORWARD_BUSY'],
        ['forwardNoAns', 'FORWARD_NO_ANSWER'],
      ] as const
    ).map(([type, feature]) =>
      telling(
        `ForwardingEvent ${type} ${word}`,
        event(
          'ForwardingEvent',
          `<forwardingType>${type}</forwardingType><forwardStatus>${word}</forwardStatus><forwardTo>301</forwardTo>`,
        ),
        [{ type: 'FEATURE', feature, enabled: word === 'true', target: '301' }],
      ),
    ),
  ]),
  telling('an event that no standard has', event('BabbledEvent', ''), [{ type: 'OTHER' }]),
];

/** What a phone tells to who listens. */
export const TELLINGS: readonly DocumentedTelling[] = [...steps, ...endings, ...others];
