import type { Evidence } from '@hookswitch/core';

/** How a rung is known. */
export interface Proof {
  readonly evidence: Evidence;
  readonly source: string;
}

const documented = (source: string): Proof => ({ evidence: 'DOCUMENTED', source });
const assumed = (source: string): Proof => ({ evidence: 'ASSUMED', source });

const V80 = 'Yealink, Administrator Guide V80, Action URI';
const V81 = 'Yealink, Administrator Guide for SIP-T2/T19(P) E2/T4/CP860, p. 558 (Action URI)';
const V84 = 'Yealink, Administrator Guide for SIP-T2/T4/T5/CP920, p. 480 (Action URI)';
const PUSH = 'XML push over HTTP as OpenPagingServer sends it';

/**
 * Where each claim comes from. DOCUMENTED: the vendor's guide says so. ASSUMED: it is in other people's code, or only
 * half of it is in a guide. Nothing here was tried on a real phone, so nothing is VERIFIED.
 */
export const PROOFS = {
  pressKeys: documented(V80),
  pressKeysInSequence: documented(V84),
  dial: documented(V80),
  dialByPush: assumed(`Execute URI Dial: in CalloraCTI; ${PUSH}`),
  answerByAnswer: documented(V80),
  answerByAsw: documented(V81),
  answerByKey: assumed('Pressing the key that answers by hand; fspbx and CTI drivers do so'),
  hangUp: documented(V80),
  hangUpAll: assumed(`${V80}, CALLEND; that it may be repeated for the next call is inferred`),
  rejectByX: documented(V80),
  rejectByCancel: documented(V81),
  holdByToggle: assumed(`${V80}, F_HOLD holds; that it also resumes is known from wazo-phoned and fspbx`),
  holdByCall: documented(`${V81}: HOLD:xxx, UNHOLD:xxx; fspbx found a T53W that ignores them`),
  mute: assumed(`${V80}, MUTE mutes; that it also unmutes is known from fspbx`),
  dtmf: documented(V80),
  transferBlind: documented(V80),
  transferAttended: assumed(`${V80}, ATrans begins it; that F_TRANSFER completes it is known from fspbx`),
  conference: assumed(`${V80}, F_CONFERENCE presses the Conf key; that it joins the calls is known from fspbx`),
  doNotDisturb: documented(V80),
  forwarding: documented(V81),
  forwardingBySettings: assumed(`Settings forward.*; ${PUSH}`),
  led: assumed(`Execute URI Led:LINEn_COLOR=state in CalloraCTI and nesb0t; ${PUSH}`),
  configureKeys: assumed(`Settings linekey.* of wazo's and tancredi's templates; ${PUSH}`),
  display: assumed(`Yealink, XML Browser Developer's Guide (objects, 10000 bytes); ${PUSH}`),
  screen: documented('Yealink, Administrator Guide for SIP-T40G, p. 523 (screen capture)'),
  phoneInfo: documented(`${V80}, phonecfg=get; the shape of the reply from the tests of antirek's client`),
  writeSettings: assumed(`YealinkIPPhoneConfiguration in CalloraCTI; ${PUSH}`),
  actionUrls: assumed(`Settings of the Administrator Guide V80; YealinkIPPhoneConfiguration in CalloraCTI; ${PUSH}`),
  reboot: documented(V80),
  factoryReset: documented(V80),
  provision: documented(V80),
} as const satisfies Record<string, Proof>;
