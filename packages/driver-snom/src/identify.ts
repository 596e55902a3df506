import type { DeviceEvidence, HttpRequest, Identification } from '@hookswitch/core';
import { isKnownModel, modelOf } from './models.ts';
import { deviceIn } from './wire/info-htm.ts';
import { titleOf } from './wire/page-reply.ts';
import { infoRequest } from './wire/pages.ts';

/** The page that tells model, MAC address and firmware; on a D8xx its title tells at least the series. */
export const probes: readonly HttpRequest[] = [infoRequest()];

type Reply = DeviceEvidence['replies'][number];

interface Sign {
  readonly score: number;
  readonly reason: string;
  readonly shows: (evidence: DeviceEvidence) => boolean;
}

const anyReply = (test: (reply: Reply) => boolean) => (evidence: DeviceEvidence) => evidence.replies.some(test);

/** What makes a device a Snom phone, the surest first (client code and a scanner's signatures). */
const signs: readonly Sign[] = [
  {
    score: 95,
    reason: 'Its info page names a Snom model.',
    shows: anyReply(
      ({ status, text }) => status === 200 && /snom|Hardware:?\s*D\d{3}/i.test(text) && deviceIn(text).model !== null,
    ),
  },
  {
    score: 90,
    reason: 'Its web server says "snom embedded".',
    shows: anyReply(({ headers }) => /snom/i.test(headers['server'] ?? '')),
  },
  {
    score: 85,
    reason: 'It asks for a login to "snom".',
    shows: anyReply(({ headers }) => /realm="?snom/i.test(headers['www-authenticate'] ?? '')),
  },
  { score: 80, reason: 'Its pages are titled "snom".', shows: anyReply(({ text }) => /^snom/i.test(titleOf(text))) },
  {
    score: 60,
    reason: "Its MAC address is one of Snom's (00:04:13, 1C:71:26).",
    shows: ({ mac }) => /^(?:000413|1c7126)/.test((mac ?? '').replace(/[^0-9a-f]/gi, '').toLowerCase()),
  },
  {
    score: 55,
    reason: 'Its model is said to be a Snom.',
    shows: ({ model }) => model !== null && (/snom/i.test(model) || isKnownModel(modelOf(model))),
  },
  {
    score: 30,
    reason: 'Its web interface is titled "Phone Manager", as on the D8xx series.',
    shows: anyReply(({ text }) => /^phone manager$/i.test(titleOf(text))),
  },
];

/** See `Driver.identify`. */
export function identify(evidence: DeviceEvidence): Identification {
  const shown = signs.filter(({ shows }) => shows(evidence));
  const devices = evidence.replies.map(({ text }) => deviceIn(text));
  const firstOf = (part: 'model' | 'firmware' | 'mac') =>
    devices.map((device) => device[part]).find((value) => value !== null);
  const said = evidence.model === null ? null : modelOf(evidence.model);
  const best = Math.max(0, ...shown.map(({ score }) => score));
  return {
    score: best === 0 ? 0 : Math.min(100, best + 2 * (shown.length - 1)),
    reasons: shown.map(({ reason }) => reason),
    model: firstOf('model') ?? (said !== null && isKnownModel(said) ? said.model : null),
    firmware: firstOf('firmware') ?? null,
    mac: firstOf('mac') ?? evidence.mac,
  };
}
