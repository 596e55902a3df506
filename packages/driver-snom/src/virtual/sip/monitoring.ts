import { accountNamed } from '../csta/cause.ts';
import { element } from '../csta/elements.ts';
import { cstaBody, cstaFault } from '../csta/shapes.ts';
import { firmwareAtLeast } from '../firmware.ts';
import type { SnomParts } from '../parts.ts';
import { child, childText, type XmlElement } from '../xml.ts';

/** Since when MonitorStop and SystemRegister are known (Snom, "uaCSTA over SIP"). */
const STOP_SINCE = '8.7.4';
/** As in all of Snom's examples. */
const FIRST_REFERENCE = 43;

/** The number of the identity that each monitor watches, by its cross reference; null: the whole phone. */
export type CstaMonitors = Map<string, string | null>;

/**
 * The requests that there are over SIP only: MonitorStart, MonitorStop, SystemRegister.
 * @param monitors those of the dialog, by cross reference
 * @returns the response, or `undefined` for another request
 */
export const monitoringReply = (parts: SnomParts, request: XmlElement, monitors: CstaMonitors): string | undefined => {
  const refuse = (fault: 'invalidDeviceID' | 'invalidParameterValue') => cstaFault('bare', fault, parts.quirks).body;
  if (request.name === 'MonitorStart') {
    const device = childText(child(request, 'monitorObject'), 'deviceObject');
    const account = device === '' ? null : accountNamed({ parts }, device);
    if (account === undefined) return refuse('invalidDeviceID');
    const last = [...monitors.keys()].at(-1);
    const reference = last === undefined ? String(FIRST_REFERENCE) : String(Number(last) + 1);
    monitors.set(reference, account?.number ?? null);
    const children = [element('monitorCrossRefID', reference), element('monitorExistingCalls', 'true')];
    return cstaBody('MonitorStartResponse', children);
  }
  if (!firmwareAtLeast(parts.firmware, STOP_SINCE)) return undefined;
  if (request.name === 'MonitorStop') {
    const isKnown = monitors.delete(childText(request, 'monitorCrossRefID'));
    return isKnown ? cstaBody('MonitorStopResponse', []) : refuse('invalidParameterValue');
  }
  if (request.name !== 'SystemRegister') return undefined;
  return cstaBody('SystemRegisterResponse', [element('sysStatRegisterID', String(FIRST_REFERENCE))]);
};
