/** One lamp of an `application/x-buttons` body, defaults filled in. */
export interface ButtonOrder {
  /** `k=`, as it stands there. */
  readonly key: string;
  /** `c=`, e.g. `on`, `pickup`. Default `off`. */
  readonly light: string;
  /** `o=`; empty without one. */
  readonly color: string;
  readonly label: string;
  /** `n=`: what a press dials or sends. */
  readonly destination: string;
  readonly action: 'invite' | 'message';
  /** `i=`. */
  readonly caller: string;
  /** `d=`. */
  readonly displayName: string;
}

/** Lights that phones know (Snom, LED Remote Control; mod_snom's wiki; Kamailio's tutorial). */
const LIGHTS = new Set(['on', 'off', 'hold', 'pickup', 'park', 'message', 'offline', 'error', 'seized', 'record']);
const COLORS = new Set(['local', 'remote', 'red', 'green', 'orange']);

/**
 * Reads an `application/x-buttons` body: a property a line, CR LF or LF, an empty line before each further lamp, `k=`
 * first. What is left out has its default. A lamp that does not begin with `k=`, or whose light is not known, is left
 * out.
 */
export const parseButtons = (body: string): readonly ButtonOrder[] =>
  body
    .split(/(?:\r?\n){2,}/)
    .map((block) => block.split(/\r?\n/).filter((line) => line !== ''))
    .flatMap((lines) => orderOf(lines) ?? []);

const orderOf = (lines: readonly string[]): ButtonOrder | undefined => {
  const key = /^k=(.*)$/.exec(lines[0] ?? '')?.[1];
  if (key === undefined) return undefined;
  const properties = Object.fromEntries(lines.map((line) => [line.slice(0, 2), line.slice(2)]));
  const { 'c=': light = 'off', 'o=': color = '', 'a=': action = 'invite' } = properties;
  if (!LIGHTS.has(light) || (color !== '' && !COLORS.has(color))) return undefined;
  return {
    key,
    light,
    color,
    label: properties['l='] ?? '',
    destination: properties['n='] ?? '',
    action: action === 'message' ? 'message' : 'invite',
    caller: properties['i='] ?? '',
    displayName: properties['d='] ?? '',
  };
};
