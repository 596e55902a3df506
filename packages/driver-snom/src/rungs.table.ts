import type { Capability, CapabilityMap, Evidence, Transport } from '@hookswitch/core';
import { actionUrlsByCsta, actionUrlsByPage, verifyByCsta } from './capabilities/action-urls.ts';
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
import { displayByCsta, displayByPage, ledByPage, screenByPage } from './capabilities/display.ts';
import { doNotDisturbByCsta, doNotDisturbByKey, forwardingByCsta, forwardingByPage } from './capabilities/features.ts';
import { keysByPage, touchByPage } from './capabilities/keys.ts';
import { configureKeyByPage, settingsByCsta, writeByCsta, writeByPage } from './capabilities/settings.ts';
import { snapshotByCsta } from './capabilities/snapshot.ts';
import {
  attendedByCsta,
  attendedByKeys,
  blindByCsta,
  blindByKeys,
  canConsultByMakeCall,
} from './capabilities/transfer.ts';
import { hasTouch } from './firmware.ts';
import { type SnomPhone, takesCsta } from './phone.ts';

/** One way to serve a capability, which phones have it, and how that is known. */
export interface SnomRung<Name extends Capability> {
  readonly transport: Transport;
  readonly evidence: Evidence | ((phone: SnomPhone) => Evidence);
  readonly source: string;
  readonly when: (phone: SnomPhone) => boolean;
  readonly make: (phone: SnomPhone) => CapabilityMap[Name];
}

const REMOTE = 'Snom, "Can I control my snom phone remotely" (2015) and "Remote phone control"';
const CSTA = 'Snom, "Remote phone control" and "CSTA over HTTP - Requests"';
const CSTA_BY_SCHEMA = `${CSTA}: the request is listed, its elements are those of ECMA-323`;
const SETTINGS_PAGE = 'Client code for snom 300 to 720, D3xx and D7xx: dummy.htm?settings=save';
const MINIBROWSER = 'Snom, minibrowser documentation, triggering by minibrowser.htm?url=';

const pages = (phone: SnomPhone) => phone.pages;
const newerPages = (phone: SnomPhone) => phone.pages && phone.model.family !== 'LEGACY';
const asPages = (phone: SnomPhone): Evidence => phone.pagesEvidence;

/** A command that both of Snom's pages document for the models that they name. */
function byPage<Name extends Capability>(make: SnomRung<Name>['make'], when = pages): SnomRung<Name> {
  return { transport: 'HTTP', evidence: asPages, source: REMOTE, when, make };
}

/** All ways, best first. */
export const RUNGS: { readonly [Name in Capability]?: readonly SnomRung<Name>[] } = {
  PRESS_KEYS: [byPage(keysByPage)],
  TOUCH: [byPage(touchByPage, (phone) => phone.pages && phone.model.touch === true && hasTouch(phone.firmware))],
  DIAL: [
    byPage(dialByPage),
    { transport: 'CSTA', evidence: 'DOCUMENTED', source: CSTA, when: takesCsta('MakeCall'), make: dialByCsta },
  ],
  ANSWER: [
    { transport: 'CSTA', evidence: 'DOCUMENTED', source: CSTA, when: takesCsta('AnswerCall'), make: answerByCsta },
    byPage(answerByKey),
  ],
  HANG_UP: [
    {
      transport: 'CSTA',
      evidence: 'ASSUMED',
      source: CSTA_BY_SCHEMA,
      when: takesCsta('ClearConnection'),
      make: hangUpByCsta,
    },
    byPage(hangUpByKey),
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
  ],
  REJECT: [
    {
      transport: 'CSTA',
      evidence: 'ASSUMED',
      source: CSTA_BY_SCHEMA,
      when: takesCsta('ClearConnection'),
      make: rejectByCsta,
    },
    byPage(rejectByKey),
  ],
  DEFLECT: [
    {
      transport: 'CSTA',
      evidence: 'ASSUMED',
      source: CSTA_BY_SCHEMA,
      when: takesCsta('DeflectCall'),
      make: deflectByCsta,
    },
  ],
  HOLD: [
    { transport: 'CSTA', evidence: 'ASSUMED', source: CSTA_BY_SCHEMA, when: takesCsta('HoldCall'), make: holdByCsta },
    byPage(holdByKey),
  ],
  MUTE: [
    {
      transport: 'HTTP',
      evidence: ({ model }) => (model.family === 'D3XX' || model.family === 'D7XX' ? 'DOCUMENTED' : 'ASSUMED'),
      source: 'Snom, "Remote phone control"; the page of 2015 does not list MUTE',
      when: newerPages,
      make: muteByKey,
    },
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
      make: conferenceByKey,
    },
  ],
  DO_NOT_DISTURB: [
    {
      transport: 'CSTA',
      evidence: 'ASSUMED',
      source: CSTA_BY_SCHEMA,
      when: takesCsta('SetDoNotDisturb'),
      make: doNotDisturbByCsta,
    },
    byPage(doNotDisturbByKey),
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
      transport: 'HTTP',
      evidence: 'ASSUMED',
      source: "Snom, minibrowser documentation (Led); the numbers of each model's LEDs are from client code",
      when: (phone) => newerPages(phone) && phone.model.ledOffset !== null,
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
  ],
  CALL_SNAPSHOT: [
    {
      transport: 'CSTA',
      evidence: 'DOCUMENTED',
      source: CSTA,
      when: takesCsta('SnapshotDevice'),
      make: snapshotByCsta,
    },
  ],
  REBOOT: [byPage(rebootByPage)],
  FACTORY_RESET: [byPage(resetByPage)],
  UPGRADE_FIRMWARE: [byPage(upgradeByPage)],
  LOG_OFF: [byPage(logOffByPage)],
  REREGISTER: [byPage(reregisterByPage)],
  CLEAR_CALL_LISTS: [byPage(clearListsByPage)],
};
