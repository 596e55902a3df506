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

/**
 * The requests that there are over SIP only: MonitorStart, MonitorStop, SystemRegister.
 * @param monitors those of the dialog, by cross reference
 * @returns the response, or `undefined` for another request
 */
export const monitoringReply = (parts: SnomParts, request: XmlElement, monitors: Set<string>): string | undefined => {
  const refuse = (fault: 'invalidDeviceID' | 'invalidParameterValue') =>
    String(cstaFault('bare', fault, parts.quirks).body);
  if (request.name === 'MonitorStart') {
    const device = childText(child(request, 'monitorObject'), 'deviceObject');
    if (device !== '' && accountNamed({ parts }, device) === undefined) return refuse('invalidDeviceID');
    const reference = String(FIRST_REFERENCE + monitors.size);
    monitors.add(reference);
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
