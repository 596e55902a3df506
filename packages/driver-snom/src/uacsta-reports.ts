import type { ParsedReport } from '@hookswitch/core';
import { CSTA_ENDINGS, CSTA_EVENT_ROWS, type CstaEventRow } from './wire/csta-events.table.ts';
import { ownDevices, reportsOf } from './wire/csta-events.ts';
import type { XmlElement } from './wire/xml.ts';

const OWN = 'sip:101@pbx.example';
const OTHER = 'sip:201@pbx.example';
const FORWARDINGS = ['forwardImmediate', 'forwardBusy', 'forwardNoAns'];

/**
 * Every event of uaCSTA that means something, as a phone with the option `uacstaEvents` makes it a report: what the driver's own
 * reader makes of each event with each of its causes, as the phone's own doing and as another's. For lists of what there is.
 */
export function uaCstaReports(): readonly ParsedReport[] {
  const isOwn = ownDevices([OWN.slice('sip:'.length)]);
  return [...CSTA_EVENT_ROWS.flatMap(steps), ...joins(), ...switches()].flatMap((event) => reportsOf(event, isOwn));
}

function steps({
  event,
  connection,
  device,
  ownWhen,
  notOwnWhen = [],
  own,
  other,
}: CstaEventRow): readonly XmlElement[] {
  const causes = own.kind === 'ENDED' ? ['normal', ...Object.keys(CSTA_ENDINGS)] : ['normal'];
  const sides = [
    { who: OWN, local: ownWhen.slice(0, 1).join('') },
    ...(other === null ? [] : [{ who: OTHER, local: notOwnWhen.slice(0, 1).join('') }]),
  ];
  return sides.flatMap(({ who, local }) =>
    causes.flatMap((cause) =>
      [OWN, OTHER].map((releasing) =>
        element(event, [
          element(connection, [element('callID', '1')]),
          ...(device === null ? [] : [deviceElement(device, who)]),
          deviceElement('releasingDevice', releasing),
          element('localConnectionInfo', local),
          element('cause', cause),
        ]),
      ),
    ),
  );
}

/** Those about two calls. */
function joins(): readonly XmlElement[] {
  const calls = ['primaryOldCall', 'secondaryOldCall'].map((name, index) =>
    element(name, [element('callID', String(index + 1))]),
  );
  return [
    element('TransferredEvent', [...calls, deviceElement('transferringDevice', OWN)]),
    element('TransferredEvent', [...calls, deviceElement('transferringDevice', OTHER)]),
    element('ConferencedEvent', [...calls, deviceElement('conferencingDevice', OWN)]),
  ];
}

function switches(): readonly XmlElement[] {
  return ['true', 'false'].flatMap((enabled) => [
    element('DoNotDisturbEvent', [element('doNotDisturbOn', enabled)]),
    ...FORWARDINGS.map((type) =>
      element('ForwardingEvent', [element('forwardingType', type), element('forwardStatus', enabled)]),
    ),
  ]);
}

function deviceElement(name: string, address: string): XmlElement {
  return element(name, [element('deviceIdentifier', address)]);
}

function element(name: string, content: string | readonly XmlElement[]): XmlElement {
  return typeof content === 'string' ? { name, text: content, children: [] } : { name, text: '', children: content };
}
