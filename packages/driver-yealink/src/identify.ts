import {
  type Clue,
  type DeviceEvidence,
  type HttpRequest,
  type Identification,
  identifyBy,
  normalMac,
  ouiClue,
} from '@hookswitch/core';
import { parseFirmware } from './firmware.ts';
import { canonicalModel, FIRMWARE_FAMILIES, findModel, modelOfFamily } from './models.ts';
import { YEALINK_OUIS } from './ouis.table.ts';
import { phonecfgRequest } from './wire/action-uri.ts';
import { parsePhonecfg } from './wire/phonecfg.ts';

const phonecfgOn = (path: string): HttpRequest =>
  phonecfgRequest({ path, loginForm: false }, { accounts: true, dnd: false, forwarding: false, brackets: false });

/**
 * What a device is asked: the login page of the servlet generation, which needs no password, then `phonecfg`, whose
 * challenge or answer tells the rest, on the path of V70 too. All only read; a phone that has never been asked may put
 * its prompt up.
 */
export const probes: readonly HttpRequest[] = [
  { method: 'GET', target: '/servlet?m=mod_listener&p=login&q=loginForm', readOnly: true },
  phonecfgOn('/servlet'),
  phonecfgOn('/cgi-bin/ConfigManApp.com'),
];

type Reply = DeviceEvidence['replies'][number];

function realmClue({ headers }: Reply): Clue | null {
  const [, realm] = /realm="([^"]*yealink[^"]*)"/i.exec(headers['www-authenticate'] ?? '') ?? [];
  if (realm === undefined) return null;
  const [, model] = /yealink\s+(?:sip[\s-]*)?(?:vp-)?([A-Za-z]+\d[\w-]*)/i.exec(realm) ?? [];
  return {
    weight: 80,
    reason: `its challenge says "${realm}"`,
    model: model === undefined ? null : canonicalModel(model),
  };
}

/** The front page of V7x leads to the older interface, later phones lead to their login form. */
function redirectClue({ status, headers }: Reply): Clue | null {
  const [place] = /\/cgi-bin\/ConfigManApp\.com|\/servlet\?m=mod_listener/i.exec(headers['location'] ?? '') ?? [];
  return place !== undefined && status >= 300 && status < 400 ? { weight: 60, reason: `it leads to ${place}` } : null;
}

function serverClue({ headers }: Reply): Clue | null {
  return /yealink/i.test(headers['server'] ?? '') ? { weight: 70, reason: 'its web server names Yealink' } : null;
}

function phonecfgClue({ target, status, text }: Reply): Clue | null {
  if (status !== 200 || !target.includes('phonecfg=get')) return null;
  const info = parsePhonecfg(text);
  const firmware = parseFirmware(info?.firmware ?? null);
  if (info === null || firmware === null) return null;
  const models = FIRMWARE_FAMILIES.get(firmware.family);
  const madeFor = models === undefined ? '' : `, made for ${models.join(', ')}`;
  return {
    weight: models === undefined ? 60 : 90,
    reason: `phonecfg tells firmware ${firmware.text}${madeFor}`,
    model: modelOfFamily(firmware.family),
    firmware: firmware.text,
    mac: info.mac,
  };
}

function pageClue({ status, text }: Reply): Clue | null {
  if (status !== 200) return null;
  const [, type] = /g_phonetype\s*=\s*["']([^"']{1,40})["']/i.exec(text) ?? [];
  const [, title] = /<title>[^<]*yealink\s+([^<]*?)(?:\s+phone)?\s*<\/title>/i.exec(text) ?? [];
  const name = type ?? title;
  if (name === undefined) return null;
  const model = findModel(name)?.model ?? null;
  // The variable's name alone is not the vendor's: only with a model, or with the vendor's name, does it say much.
  const weight = model !== null || /yealink/i.test(text) ? 70 : 20;
  return { weight, reason: `its login page says "${name.trim()}"`, model };
}

function forbiddenClue({ text }: Reply): Clue | null {
  return /remote control forbidden/i.test(text)
    ? { weight: 50, reason: 'it asks for remote control to be allowed' }
    : null;
}

function givenClues({ mac, model }: DeviceEvidence): readonly (Clue | null)[] {
  const known = findModel(model);
  return [
    ouiClue(normalMac(mac), 'Yealink', YEALINK_OUIS),
    known !== null || /yealink/i.test(model ?? '')
      ? { weight: 30, reason: `it was said to be a ${model}`, model: known?.model ?? null }
      : null,
  ];
}

/** Weighs what is known of a device. Independent clues add up to 100. */
export function identify(evidence: DeviceEvidence): Identification {
  const readers = [phonecfgClue, realmClue, pageClue, redirectClue, serverClue, forbiddenClue];
  const found = readers.map((read) => evidence.replies.map(read).find((clue) => clue !== null) ?? null);
  return identifyBy([...found, ...givenClues(evidence)], evidence);
}
