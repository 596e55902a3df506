import type { Evidence, PhoneProfile } from '@hookswitch/core';
import {
  type ConnectionIdForm,
  connectionIdFormOf,
  type Firmware,
  hasUaCsta,
  isAtLeast,
  obeysXmlNotify,
  parseFirmware,
} from './firmware.ts';
import { isKnownModel, modelOf, type SnomFamily, type SnomModel } from './models.ts';
import type { SnomOptions } from './options.ts';
import { CSTA_REQUESTS, type CstaRequestName } from './wire/csta-requests.ts';

/** A phone as this driver's code sees it: all that model, firmware and options decide, decided once. */
export interface SnomPhone {
  readonly model: SnomModel;
  readonly firmware: Firmware | null;
  readonly options: SnomOptions;
  /** It obeys `command.htm` and the other pages of the web interface. */
  readonly pages: boolean;
  /** How CSTA over HTTP names calls; null: the phone has none. */
  readonly connectionIds: ConnectionIdForm | null;
  /** Over what CSTA goes: the ways that a rung is made for differ in nothing else. */
  readonly cstaOver: 'HTTP' | 'SIP';
  /** SIP requests reach it. */
  readonly sip: boolean;
  /** It obeys keys and numbers in a document that comes by NOTIFY. */
  readonly keysByNotify: boolean;
  /** Where `Event: talk` and `hold` stand among the ways: before all keys, before keys by NOTIFY, or not at all. */
  readonly talkAndHold: 'FIRST' | 'NAMED' | null;
  /** How the documents know that this model obeys `command.htm`. */
  readonly pagesEvidence: Evidence;
}

// "Can I control my snom phone remotely": 1xx to 8xx. "Remote phone control": "series D3XX and D7XX … not D8XX".
const documentedPages: readonly SnomFamily[] = ['LEGACY', '3XX', '7XX', '8XX', 'D3XX', 'D7XX'];

/** Works out what model, firmware and options decide. */
export function snomPhone(profile: PhoneProfile<SnomOptions>): SnomPhone {
  const { options } = profile;
  const given = modelOf(profile.model);
  const model: SnomModel = {
    ...given,
    functionKeys: options.functionKeys ?? given.functionKeys,
    expansionKeys: options.expansionKeys ?? given.expansionKeys,
    ledOffset: options.ledOffset ?? given.ledOffset,
  };
  const firmware = parseFirmware(profile.firmware);
  const { http } = profile.reachableBy;
  const sip = profile.reachableBy.sip && !isForeign(given);
  const obeys = given.family !== 'D8XX' && !isForeign(given);
  const form = connectionIdFormOf(firmware, given.family);
  return {
    model,
    firmware,
    options,
    pages: http && (options.remoteControl === 'auto' ? obeys : options.remoteControl === 'on'),
    connectionIds: http && form !== null ? (options.csta_legacy_control === '0' ? 'BARE' : form) : null,
    cstaOver: 'HTTP',
    sip,
    keysByNotify: sip && obeysXmlNotify(firmware, given),
    talkAndHold: sip ? talkAndHoldOf(profile) : null,
    pagesEvidence: isKnownModel(given) && documentedPages.includes(given.family) ? 'DOCUMENTED' : 'ASSUMED',
  };
}

/** A phone that names both says that it knows them; that it obeys them outside of a dialog only the operator can say. */
function talkAndHoldOf({ options, allowEvents }: PhoneProfile<SnomOptions>): SnomPhone['talkAndHold'] {
  if (options.talkAndHold !== 'auto') return options.talkAndHold === 'on' ? 'FIRST' : null;
  return allowEvents?.includes('talk') === true && allowEvents.includes('hold') ? 'NAMED' : null;
}

/** Snom's DECT bases (M…) and the VTech-built C5…, C6… have another web interface without `command.htm`. */
function isForeign({ model }: SnomModel): boolean {
  return /^[MC]\d/.test(model);
}

/** Whether the numbers of its lights in the minibrowser are known, and it can be made to open one. */
export function hasMinibrowserLeds({ pages, model }: SnomPhone): boolean {
  return pages && model.family !== 'LEGACY' && model.ledOffset !== null;
}

/** Whether a phone takes this CSTA request, by its firmware. */
export function takesCsta(request: CstaRequestName): (phone: SnomPhone) => boolean {
  return ({ connectionIds, firmware }) =>
    connectionIds !== null && (firmware === null || isAtLeast(firmware, CSTA_REQUESTS[request]));
}

/** Whether a phone takes this CSTA request by SIP: uaCSTA's own list was not readable, so not before HTTP has it. */
export function takesUaCsta(request: CstaRequestName): (phone: SnomPhone) => boolean {
  return ({ sip, firmware, model }) =>
    sip && hasUaCsta(firmware, model.family) && (firmware === null || isAtLeast(firmware, CSTA_REQUESTS[request]));
}

/** Whether a phone tells its calls by uaCSTA, to who listens. */
export function canBeMonitored({ sip, firmware, model }: SnomPhone): boolean {
  return sip && hasUaCsta(firmware, model.family);
}

/** The phone as the rungs of uaCSTA see it. */
export function overSip(phone: SnomPhone): SnomPhone {
  return { ...phone, connectionIds: 'NESTED', cstaOver: 'SIP' };
}
