import type { Evidence } from '@hookswitch/core';
import { SINCE } from './firmware.ts';
import { findModel, modelsOfFamily } from './models.ts';
import type { Traits } from './traits.ts';

/** How a rung of one phone is known. */
export interface Proof {
  readonly evidence: Evidence;
  /** Null: nothing that could be read shows it for such a phone. */
  readonly source: string | null;
}

/** What a claim rests on, over all phones. */
interface Claim {
  readonly evidence: Evidence;
  readonly source: string;
  /** The source is a guide, or half of it is: null where no guide speaks of it. */
  readonly guide: Guide | null;
  /** What shows it on firmware that is older than the guide; null: nothing. */
  readonly older: string | null;
}

interface Guide {
  readonly name: string;
  /** The first generation that it is about. */
  readonly since: number;
}

const V80: Guide = { name: 'Yealink, Administrator Guide V80, Action URI', since: SINCE.actionUriV80 };
const V81: Guide = {
  name: 'Yealink, Administrator Guide for SIP-T2/T19(P) E2/T4/CP860, p. 558 (Action URI)',
  since: SINCE.actionUriV81,
};
const V81_T40G: Guide = {
  name: 'Yealink, Administrator Guide for SIP-T40G, p. 523 (screen capture)',
  since: SINCE.actionUriV81,
};

const PUSH = 'XML push over HTTP as OpenPagingServer sends it';
const CONFIGURATION = `YealinkIPPhoneConfiguration in CalloraCTI; ${PUSH}`;
const XML_BY_SIP =
  'Event: Yealink-xml in five-toes, xivo_cti and a lamp server; push_xml.sip_notify in the templates of wazo';
const CONFIGURATION_BY_SIP = `YealinkIPPhoneConfiguration in CalloraCTI, there over HTTP; ${XML_BY_SIP}`;
const CHECK_SYNC =
  'check-sync;reboot=… in FusionPBX, FreeSWITCH sends it to Yealink phones; sip.notify_reboot_enable in the guide of the CP969';
const keyOfV70 = (name: string): string => `UrielCh's client, whose list of keys for T2x with V70 has ${name}`;

function documented(guide: Guide, older: string | null, detail = ''): Claim {
  return { evidence: 'DOCUMENTED', source: `${guide.name}${detail}`, guide, older };
}

/** Only half of it is in the guide. */
function half(guide: Guide, older: string | null, detail: string): Claim {
  return { evidence: 'ASSUMED', source: `${guide.name}${detail}`, guide, older };
}

const assumed = (source: string): Claim => ({ evidence: 'ASSUMED', source, guide: null, older: null });

/**
 * Where each claim comes from. DOCUMENTED: the vendor's guide says so. ASSUMED: it is in other people's code, or only
 * half of it is in a guide. Nothing here was tried on a real phone, so nothing is VERIFIED.
 */
const CLAIMS = {
  pressKeys: documented(V80, keyOfV70('OK, F1, L1 and most others')),
  pressKeysInSequence: documented(V81, null, ': K1;K2'),
  dial: documented(V80, null),
  dialByNotify: assumed('fspbx dials so: number= without key=, sip: before the account'),
  dialByNotifiedKey: half(V80, null, ', the rule for bodies and the table of values; its example is of HTTP'),
  dialByPush: assumed(`Execute URI Dial: in CalloraCTI; ${PUSH}`),
  answerByAnswer: documented(V80, null),
  answerByOldAnswer: assumed('wazo-phoned and NethVoice send ANSWER to all phones; the guides from V81 on say ASW'),
  answerByAsw: documented(V81, null),
  answerByKey: assumed('Pressing the key that answers by hand; fspbx and CTI drivers do so'),
  hangUp: documented(V80, null),
  hangUpAll: half(V80, null, ', CALLEND; that it may be repeated for the next call is inferred'),
  rejectByX: documented(V80, keyOfV70('X')),
  rejectByCancel: documented(V81, null),
  holdByToggle: half(
    V80,
    keyOfV70('F_HOLD'),
    ', F_HOLD holds; that it also resumes is known from wazo-phoned and fspbx',
  ),
  holdByCall: documented(V81, null, ': HOLD:xxx, UNHOLD:xxx; fspbx found a T53W that ignores them'),
  mute: half(V80, keyOfV70('MUTE'), ', MUTE mutes; that it also unmutes is known from fspbx'),
  dtmf: documented(V80, keyOfV70('0 to 9, * and POUND')),
  transferBlind: documented(V80, null),
  transferAttended: half(V80, null, ', ATrans begins it; that F_TRANSFER completes it is known from fspbx'),
  conference: half(
    V80,
    keyOfV70('f_CONFERENCE'),
    ', F_CONFERENCE presses the Conf key; that it joins the calls is known from fspbx',
  ),
  doNotDisturb: documented(V80, keyOfV70('DNDOn and DNDOff')),
  forwarding: documented(V81, null),
  forwardingBySettings: assumed(`Settings forward.*; ${PUSH}`),
  led: assumed(`Execute URI Led:LINEn_COLOR=state in CalloraCTI and nesb0t; ${PUSH}`),
  configureKeys: assumed(`Settings linekey.* of wazo's and tancredi's templates; ${PUSH}`),
  display: assumed(`Yealink, XML Browser Developer's Guide (objects, 10000 bytes); ${PUSH}`),
  screen: documented(V81_T40G, 'Older paths of it, /servlet?command=screenshot, in public scripts'),
  phoneInfo: documented(
    V80,
    "antirek's client, whose tests hold a reply of firmware 2.71",
    ", phonecfg=get; the shape of the reply from the tests of antirek's client",
  ),
  writeSettings: assumed(CONFIGURATION),
  actionUrls: half(
    V80,
    `Most of them are fields of UrielCh's client, log_on and log_off by their older names; ${CONFIGURATION}`,
    `: settings of its chapter Action URL; ${CONFIGURATION}`,
  ),
  verifyEvents: assumed(`Execute URI http:// in nesb0t, empty URI in CalloraCTI; ${PUSH}`),
  reboot: documented(V80, keyOfV70('Reboot')),
  factoryReset: documented(V80, null),
  provision: documented(V80, keyOfV70('AutoP')),
  checkSync: assumed(CHECK_SYNC),
  reregisterByCheckSync: assumed(
    'check-sync;reboot=reregister-only of Snom phones (SIPPing); nobody tells what a Yealink phone makes of it',
  ),
} as const satisfies Record<string, Claim>;

/** The name of a claim. */
export type ClaimName = keyof typeof CLAIMS;

/**
 * What differs by SIP NOTIFY. What is not here is known as over HTTP: the chapters on the Action URI have one table of
 * values for both, but nothing shows it for phones that are older than they.
 */
const BY_NOTIFY: Readonly<Partial<Record<ClaimName, Claim>>> = {
  pressKeysInSequence: half(V81, null, ': K1;K2; that a NOTIFY takes it is inferred'),
  answerByOldAnswer: assumed('wazo-phoned sends ANSWER to all phones; fspbx saw a T53W with 96.86.0.70 ignore it'),
  answerByKey: assumed('fspbx sends OK: a T53W with 96.86.0.70 answered to it, and not to ENTER'),
  holdByCall: half(V81, null, ': HOLD:xxx, UNHOLD:xxx; fspbx saw a T53W with 96.86.0.70 ignore them'),
  forwardingBySettings: assumed(`Settings forward.*; ${XML_BY_SIP}`),
  led: assumed(`Execute URI Led:LINEn_COLOR=state in a lamp server that sends it by NOTIFY; ${XML_BY_SIP}`),
  configureKeys: assumed(`Settings linekey.* of wazo's and tancredi's templates; ${XML_BY_SIP}`),
  display: assumed(`Yealink, XML Browser Developer's Guide (objects, 10000 bytes); ${XML_BY_SIP}`),
  writeSettings: assumed(CONFIGURATION_BY_SIP),
  actionUrls: assumed(CONFIGURATION_BY_SIP),
  verifyEvents: assumed(`Execute URI http:// in nesb0t, empty URI in CalloraCTI; ${XML_BY_SIP}`),
};

function claimOf(name: ClaimName, over: 'HTTP' | 'SIP_NOTIFY'): Claim {
  const claim: Claim = CLAIMS[name];
  if (over === 'HTTP') return claim;
  return BY_NOTIFY[name] ?? { ...claim, older: null };
}

/** Whether no guide of the phone could be read: of its model, or where that is not known, of those of its firmware. */
function lacksGuide(model: Traits['model'], family: number): boolean {
  const models = model === null ? modelsOfFamily(family).map((name) => findModel(name)) : [model];
  return models.some((one) => one?.guideUnread === true);
}

/**
 * How a claim is known on this phone. A guide speaks for the generation that it was written for and for later ones: an
 * older phone, one whose firmware nobody knows and one whose own guide could not be read have a claim ASSUMED that
 * others have DOCUMENTED.
 */
export function proofOf(name: ClaimName, traits: Traits, over: 'HTTP' | 'SIP_NOTIFY' = 'HTTP'): Proof {
  const { evidence, source, guide, older } = claimOf(name, over);
  const { firmware } = traits;
  if (guide === null) return { evidence, source };
  if (firmware !== null && firmware.generation < guide.since) return { evidence: 'ASSUMED', source: older };
  if (firmware === null) {
    return { evidence: 'ASSUMED', source: `${source}. Whether the phone's firmware is as new is not known` };
  }
  if (lacksGuide(traits.model, firmware.family)) {
    return { evidence: 'ASSUMED', source: `${source}. No guide of this phone's own could be read` };
  }
  return { evidence, source };
}
