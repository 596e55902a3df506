import type { Capability, CapabilityMap, Evidence, LedsTogether, Transport } from '@hookswitch/core';
import { actionUrlsByCsta, actionUrlsByPage, verifyByCsta } from './capabilities/action-urls.ts';
import { answerByTalk, dialByNotify, holdByEvent, keysByNotify } from './capabilities/by-notify.ts';
import {
  answerByCsta,
  conferenceByCsta,
  deflectByCsta,
  dialByCsta,
  dtmfByCsta,
  hangUpAllByCsta,
  hangUpByCsta,
  holdByCsta,
  rejectByCsta,
} from './capabilities/calls-by-csta.ts';
import {
  answerByKey,
  conferenceByKey,
  dialByPage,
  dtmfByPage,
  hangUpAllByPage,
  hangUpByKey,
  holdByKey,
  muteByKey,
  rejectByKey,
} from './capabilities/calls-by-keys.ts';
import {
  clearListsByPage,
  infoByCsta,
  infoByPage,
  logOffByPage,
  rebootByPage,
  reregisterByPage,
  resetByPage,
  ringtoneByPage,
  upgradeByPage,
} from './capabilities/device.ts';
import { provisionByNotify, rebootByNotify, reregisterByNotify } from './capabilities/device-by-notify.ts';
import { dialByInvite } from './capabilities/dial-by-invite.ts';
import { displayByCsta, displayByNotify, displayByPage, ledByPage, screenByPage } from './capabilities/display.ts';
import { verifyByNotify, verifyByPage } from './capabilities/event-path.ts';
import { doNotDisturbByCsta, doNotDisturbByKey, forwardingByCsta, forwardingByPage } from './capabilities/features.ts';
import { type Keypad, notifyKeypad, pageKeypad } from './capabilities/keypad.ts';
import { keysByPage, touchByPage } from './capabilities/keys.ts';
import { ledByMessage, ledsByMessage } from './capabilities/led-by-message.ts';
import {
  configureKeyByPage,
  settingsByCsta,
  writeByCsta,
  writeByMessage,
  writeByPage,
} from './capabilities/settings.ts';
import { snapshotByCsta } from './capabilities/snapshot.ts';
import {
  attendedByCsta,
  attendedByKeys,
  blindByCsta,
  blindByKeys,
  canConsultByMakeCall,
} from './capabilities/transfer.ts';
import { attendedByNotify, blindByNotify } from './capabilities/transfer-by-notify.ts';
import { hasTouch, isAtLeast } from './firmware.ts';
import { hasMinibrowserLeds, overSip, type SnomPhone, takesCsta, takesUaCsta } from './phone.ts';
import type { CstaRequestName } from './wire/csta-requests.ts';

/** One way to serve a capability, which phones have it, and how that is known. */
export interface SnomRung<Name extends Capability> {
  readonly transport: Transport;
  readonly evidence: Evidence | ((phone: SnomPhone) => Evidence);
  readonly source: string;
  readonly when: (phone: SnomPhone) => boolean;
  readonly make: (phone: SnomPhone) => CapabilityMap[Name];
  /** For LED: how several lights go in one request. */
  readonly together?: (phone: SnomPhone) => LedsTogether;
}

const REMOTE = 'Snom, "Can I control my snom phone remotely" (2015) and "Remote phone control"';
const CSTA = 'Snom, "Remote phone control" and "CSTA over HTTP - Requests"';
const CSTA_BY_SCHEMA = `${CSTA}: the request is listed, its elements are those of ECMA-323`;
const SETTINGS_PAGE = 'Client code for snom 300 to 720, D3xx and D7xx: dummy.htm?settings=save';
const MINIBROWSER = 'Snom, minibrowser documentation, triggering by minibrowser.htm?url=';

const NOTIFY_KEYS =
  'Client code tried on a D862: NOTIFY Event: xml, SnomIPPhoneSilent with snom://mb_nop#; "Via SIP NOTIFY" shows numberdial';
const NOTIFY_XML = 'Snom, "Via SIP NOTIFY" and minibrowser documentation (Event: xml, application/snomxml)';
const LEDS =
  'Snom, "HowTo - LED Remote Control"; the Kamailio tutorial "Snom LED Remote Control"; FreeSWITCH, "Mod snom"';
const UACSTA =
  'Snom, "uaCSTA over SIP - Requests and Events", first part, and ECMA TR/87; the requests are those of CSTA over HTTP';
const TALK_HOLD = 'Snom, "Remote phone control": Event talk and hold, meant for within the dialog of the call';
const CHECK_SYNC = 'SIPPing, and templates of PBXs: Event check-sync;reboot=';

const pages = (phone: SnomPhone) => phone.pages;
const newerPages = (phone: SnomPhone) => phone.pages && phone.model.family !== 'LEGACY';
const asPages = (phone: SnomPhone): Evidence => phone.pagesEvidence;

/** A command that both of Snom's pages document for the models that they name. */
function byPage<Name extends Capability>(make: SnomRung<Name>['make'], when = pages): SnomRung<Name> {
  return { transport: 'HTTP', evidence: asPages, source: REMOTE, when, make };
}

/** A command about the call in focus by keys of `command.htm`. */
function byPageKeys<Name extends Capability>(make: (keypad: Keypad) => CapabilityMap[Name]): SnomRung<Name> {
  return byPage((phone) => make(pageKeypad(phone)));
}

/** What client code does with a D862 by NOTIFY. */
function byNotify<Name extends Capability>(make: SnomRung<Name>['make']): SnomRung<Name> {
  return {
    transport: 'SIP_NOTIFY',
    evidence: 'ASSUMED',
    source: NOTIFY_KEYS,
    when: ({ keysByNotify: obeys }) => obeys,
    make,
  };
}

/** A command about the call in focus by keys in NOTIFYs. */
function byNotifyKeys<Name extends Capability>(make: (keypad: Keypad) => CapabilityMap[Name]): SnomRung<Name> {
  return byNotify((phone) => make(notifyKeypad(phone)));
}

/** What CSTA over HTTP does, by SIP: behind all others, since a call by its id is all that it is better in. */
function byUaCsta<Name extends Capability>(request: CstaRequestName, make: SnomRung<Name>['make']): SnomRung<Name> {
  return {
    transport: 'UACSTA',
    evidence: 'ASSUMED',
    source: UACSTA,
    when: takesUaCsta(request),
    make: (phone) => make(overSip(phone)),
  };
}

/**
 * `Event: talk` and `hold`, which are no toggles. FIRST: before all keys, where the operator says that the phone obeys them
 * outside of a dialog. NAMED: where the phone's `Allow-Events` names them, behind the documented keys by HTTP and before
 * keys by NOTIFY, which no document of the vendor tells of.
 */
function byTalkAndHold<Name extends Capability>(
  place: NonNullable<SnomPhone['talkAndHold']>,
  make: SnomRung<Name>['make'],
): SnomRung<Name> {
  return {
    transport: 'SIP_NOTIFY',
    evidence: 'ASSUMED',
    source: TALK_HOLD,
    when: ({ talkAndHold }) => talkAndHold === place,
    make,
  };
}

function byCheckSync<Name extends Capability>(make: SnomRung<Name>['make']): SnomRung<Name> {
  return { transport: 'SIP_NOTIFY', evidence: 'ASSUMED', source: CHECK_SYNC, when: ({ sip }) => sip, make };
}

/** A way that needs to know an identity of the phone: without one every try would end in NOT_HERE. */
function withAccounts<Name extends Capability>(rung: SnomRung<Name>): SnomRung<Name> {
  return { ...rung, when: (phone) => rung.when(phone) && phone.options.accounts.length > 0 };
}

const newerSip = ({ sip, model }: SnomPhone) => sip && model.family !== 'LEGACY';

/** All ways, best first. */
export const RUNGS: { readonly [Name in Capability]: readonly SnomRung<Name>[] } = {
  PRESS_KEYS: [byPage(keysByPage), byNotify(keysByNotify)],
  TOUCH: [byPage(touchByPage, (phone) => phone.pages && phone.model.touch === true && hasTouch(phone.firmware))],
  DIAL: [
    byPage(dialByPage),
    { transport: 'CSTA', evidence: 'DOCUMENTED', source: CSTA, when: takesCsta('MakeCall'), make: dialByCsta },
    byNotify(dialByNotify),
    byUaCsta('MakeCall', dialByCsta),
    // The number is dialled in the domain of the first identity.
    withAccounts({
      transport: 'SIP_INVITE',
      evidence: 'ASSUMED',
      source: 'Snom, "Remote phone control" (Alert-Info: info=alert-autoanswer); then REFER, RFC 3515',
      when: ({ sip, options }) => sip && options.dialByInvite,
      make: dialByInvite,
    }),
  ],
  ANSWER: [
    { transport: 'CSTA', evidence: 'DOCUMENTED', source: CSTA, when: takesCsta('AnswerCall'), make: answerByCsta },
    byTalkAndHold('FIRST', answerByTalk),
    byPageKeys(answerByKey),
    byTalkAndHold('NAMED', answerByTalk),
    byNotifyKeys(answerByKey),
    byUaCsta('AnswerCall', answerByCsta),
  ],
  HANG_UP: [
    {
      transport: 'CSTA',
      evidence: 'ASSUMED',
      source: CSTA_BY_SCHEMA,
      when: takesCsta('ClearConnection'),
      make: hangUpByCsta,
    },
    byPageKeys(hangUpByKey),
    byNotifyKeys(hangUpByKey),
    byUaCsta('ClearConnection', hangUpByCsta),
  ],
  HANG_UP_ALL: [
    {
      transport: 'CSTA',
      evidence: 'ASSUMED',
      source: CSTA_BY_SCHEMA,
      when: takesCsta('ClearConnection'),
      make: hangUpAllByCsta,
    },
    byPage(hangUpAllByPage),
    byUaCsta('ClearConnection', hangUpAllByCsta),
  ],
  REJECT: [
    {
      transport: 'CSTA',
      evidence: 'ASSUMED',
      source: CSTA_BY_SCHEMA,
      when: takesCsta('ClearConnection'),
      make: rejectByCsta,
    },
    byPageKeys(rejectByKey),
    byNotifyKeys(rejectByKey),
    byUaCsta('ClearConnection', rejectByCsta),
  ],
  DEFLECT: [
    {
      transport: 'CSTA',
      evidence: 'ASSUMED',
      source: CSTA_BY_SCHEMA,
      when: takesCsta('DeflectCall'),
      make: deflectByCsta,
    },
    byUaCsta('DeflectCall', deflectByCsta),
  ],
  HOLD: [
    { transport: 'CSTA', evidence: 'ASSUMED', source: CSTA_BY_SCHEMA, when: takesCsta('HoldCall'), make: holdByCsta },
    byTalkAndHold('FIRST', holdByEvent),
    byPageKeys(holdByKey),
    byTalkAndHold('NAMED', holdByEvent),
    byNotifyKeys(holdByKey),
    byUaCsta('HoldCall', holdByCsta),
  ],
  MUTE: [
    {
      transport: 'HTTP',
      evidence: ({ model }) => (model.family === 'D3XX' || model.family === 'D7XX' ? 'DOCUMENTED' : 'ASSUMED'),
      source: 'Snom, "Remote phone control"; the page of 2015 does not list MUTE',
      when: newerPages,
      make: (phone) => muteByKey(pageKeypad(phone)),
    },
    byNotifyKeys(muteByKey),
  ],
  DTMF: [
    byPage(dtmfByPage),
    {
      transport: 'CSTA',
      evidence: 'ASSUMED',
      source: CSTA_BY_SCHEMA,
      when: takesCsta('GenerateDigits'),
      make: dtmfByCsta,
    },
    byUaCsta('GenerateDigits', dtmfByCsta),
  ],
  TRANSFER_BLIND: [
    {
      transport: 'CSTA',
      evidence: 'ASSUMED',
      source: CSTA_BY_SCHEMA,
      when: takesCsta('SingleStepTransferCall'),
      make: blindByCsta,
    },
    {
      transport: 'HTTP',
      evidence: 'ASSUMED',
      source: `${REMOTE}: the keys are listed, the recipe follows from client code`,
      when: pages,
      make: blindByKeys,
    },
    byNotify(blindByNotify),
    byUaCsta('SingleStepTransferCall', blindByCsta),
  ],
  TRANSFER_ATTENDED: [
    {
      transport: 'CSTA',
      evidence: 'ASSUMED',
      source: CSTA_BY_SCHEMA,
      when: (phone) => takesCsta('ConsultationCall')(phone) || canConsultByMakeCall(phone),
      make: attendedByCsta,
    },
    byPage(attendedByKeys),
    byNotify(attendedByNotify),
    byUaCsta('ConsultationCall', attendedByCsta),
  ],
  CONFERENCE: [
    {
      transport: 'CSTA',
      evidence: 'ASSUMED',
      source: CSTA_BY_SCHEMA,
      when: takesCsta('ConferenceCall'),
      make: conferenceByCsta,
    },
    {
      transport: 'HTTP',
      evidence: 'ASSUMED',
      source: 'Key events F_CONF_ON (dump of a snom720) and F_CONFERENCE (templates for firmware 10)',
      when: newerPages,
      make: (phone) => conferenceByKey(pageKeypad(phone)),
    },
    byNotifyKeys(conferenceByKey),
    byUaCsta('ConferenceCall', conferenceByCsta),
  ],
  DO_NOT_DISTURB: [
    {
      transport: 'CSTA',
      evidence: 'ASSUMED',
      source: CSTA_BY_SCHEMA,
      when: takesCsta('SetDoNotDisturb'),
      make: doNotDisturbByCsta,
    },
    byPageKeys(doNotDisturbByKey),
    byNotifyKeys(doNotDisturbByKey),
  ],
  FORWARDING: [
    {
      transport: 'CSTA',
      evidence: 'ASSUMED',
      source: CSTA_BY_SCHEMA,
      when: takesCsta('SetForwarding'),
      make: forwardingByCsta,
    },
    {
      transport: 'HTTP',
      evidence: 'ASSUMED',
      source: `Snom, "redirect_event" and "fwd_all_enabled"; ${SETTINGS_PAGE}`,
      when: (phone) => newerPages(phone) && phone.firmware !== null,
      make: forwardingByPage,
    },
  ],
  LED: [
    {
      transport: 'SIP_MESSAGE',
      // Nobody says whether firmware 10, and so the D series, still obeys it.
      evidence: ({ model }) => (['3XX', '7XX', '8XX'].includes(model.family) ? 'DOCUMENTED' : 'ASSUMED'),
      source: LEDS,
      when: newerSip,
      make: ledByMessage,
      together: ledsByMessage,
    },
    {
      transport: 'HTTP',
      evidence: 'ASSUMED',
      source: "Snom, minibrowser documentation (Led); the numbers of each model's LEDs are from client code",
      when: hasMinibrowserLeds,
      make: ledByPage,
    },
  ],
  CONFIGURE_KEYS: [
    { transport: 'HTTP', evidence: 'ASSUMED', source: SETTINGS_PAGE, when: newerPages, make: configureKeyByPage },
  ],
  DISPLAY: [
    // The page shows the request and not how the document stands in it.
    { transport: 'CSTA', evidence: 'ASSUMED', source: CSTA, when: takesCsta('XmlPush'), make: displayByCsta },
    { transport: 'HTTP', evidence: 'DOCUMENTED', source: MINIBROWSER, when: newerPages, make: displayByPage },
    {
      transport: 'SIP_NOTIFY',
      evidence: ({ model }) => (model.family === 'UNKNOWN' ? 'ASSUMED' : 'DOCUMENTED'),
      source: NOTIFY_XML,
      when: newerSip,
      make: displayByNotify,
    },
  ],
  SCREEN: [byPage(screenByPage, newerPages)],
  RINGTONE: [byPage(ringtoneByPage)],
  PHONE_INFO: [
    { transport: 'CSTA', evidence: 'DOCUMENTED', source: CSTA, when: takesCsta('GetSettings'), make: infoByCsta },
    {
      transport: 'HTTP',
      evidence: 'ASSUMED',
      source: 'Client code for D3xx and D7xx: info.htm',
      when: pages,
      make: infoByPage,
    },
  ],
  READ_SETTINGS: [
    { transport: 'CSTA', evidence: 'DOCUMENTED', source: CSTA, when: takesCsta('GetSettings'), make: settingsByCsta },
  ],
  WRITE_SETTINGS: [
    { transport: 'CSTA', evidence: 'DOCUMENTED', source: CSTA, when: takesCsta('SetSettings'), make: writeByCsta },
    { transport: 'HTTP', evidence: 'ASSUMED', source: SETTINGS_PAGE, when: pages, make: writeByPage },
    {
      transport: 'SIP_MESSAGE',
      evidence: 'ASSUMED',
      source: 'SIPPing, snom-settings: needs allow_sip_settings, firmware 8.7.3 and later',
      when: (phone) => newerSip(phone) && (phone.firmware === null || isAtLeast(phone.firmware, '8.7.3')),
      make: writeByMessage,
    },
  ],
  ACTION_URLS: [
    {
      transport: 'CSTA',
      evidence: 'DOCUMENTED',
      source: `${CSTA}; settings outside its list go by dummy.htm`,
      when: (phone) => phone.pages && takesCsta('SetSettings')(phone),
      make: actionUrlsByCsta,
    },
    { transport: 'HTTP', evidence: 'ASSUMED', source: SETTINGS_PAGE, when: pages, make: actionUrlsByPage },
  ],
  VERIFY_EVENTS: [
    { transport: 'CSTA', evidence: 'DOCUMENTED', source: CSTA, when: takesCsta('FireTest'), make: verifyByCsta },
    {
      transport: 'HTTP',
      evidence: 'ASSUMED',
      source: `${MINIBROWSER}; that an empty document leaves no trace is inferred`,
      when: newerPages,
      make: verifyByPage,
    },
    byNotify(verifyByNotify),
  ],
  CALL_SNAPSHOT: [
    {
      transport: 'CSTA',
      evidence: 'DOCUMENTED',
      source: CSTA,
      when: takesCsta('SnapshotDevice'),
      make: snapshotByCsta,
    },
    // GetSettings, which tells the identities, is Snom's own, over HTTP; nobody tells of it by SIP.
    withAccounts(byUaCsta('SnapshotDevice', snapshotByCsta)),
  ],
  REBOOT: [byPage(rebootByPage), byCheckSync(rebootByNotify)],
  FACTORY_RESET: [byPage(resetByPage)],
  PROVISION: [byCheckSync(provisionByNotify)],
  UPGRADE_FIRMWARE: [byPage(upgradeByPage)],
  LOG_OFF: [byPage(logOffByPage)],
  REREGISTER: [byPage(reregisterByPage), byCheckSync(reregisterByNotify)],
  CLEAR_CALL_LISTS: [byPage(clearListsByPage)],
};
