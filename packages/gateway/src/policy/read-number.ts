import { AsYouType, type CountryCode, getCountryCallingCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** How numbers are dialled where the phones stand. */
export interface NumberPlan {
  /** Numbers without a country code belong to it. */
  readonly country: CountryCode;
  /** The area code without the trunk prefix, e.g. `30`: numbers without one belong to it. Null: none is added. */
  readonly area: string | null;
  /** What is dialled ahead of a number to get an outside line; null: nothing. */
  readonly outsideLine: string | null;
}

/** A number as it would reach the network, in each way in which it may be understood, the likeliest first. */
export interface Reading {
  /** `+4930123`; it may be a number that nobody has, or the beginning of one. */
  readonly e164: string;
  /** Whether a numbering plan has room for it. */
  readonly exists: boolean;
}

/** A text as it would be dialled, or none that a phone could be trusted to dial so. */
export type Dialled =
  | { readonly kind: 'number'; readonly text: string; readonly host: string | null }
  | { readonly kind: 'unreadable' };

const LONGEST = 128;
const UNREADABLE: Dialled = { kind: 'unreadable' };
/** Parameters of a SIP URI that do not change who is called. */
const HARMLESS_PARAMETERS = /^(?:;(?:user=phone|transport=(?:udp|tcp|tls)))*$/i;

/**
 * What of a number, a SIP URI or a tel URI is dialled. Strict: whatever a phone might understand in another way than this
 * (headers, other parameters, passwords, pauses, digits of other scripts) is unreadable.
 */
export function readDialled(given: string): Dialled {
  const text = given.trim();
  if (text === '' || text.length > LONGEST) return UNREADABLE;
  const [, scheme, rest = text] = /^(sips?|tel):(.*)$/is.exec(text) ?? [];
  if (scheme === undefined && !text.includes('@')) return numberOf(text, null);
  if (scheme?.toLowerCase() === 'tel') return numberOf(rest, null);
  const [, user, host, parameters] = /^([^@;?:]+)@([^@;?]+)((?:;[^?]*)?)$/s.exec(rest) ?? [];
  if (user === undefined || host === undefined || !HARMLESS_PARAMETERS.test(parameters ?? '')) return UNREADABLE;
  const bare = host.replace(/:\d{1,5}$/, '').toLowerCase();
  if (!/^[a-z0-9._:[\]-]+$/.test(bare)) return UNREADABLE;
  try {
    return numberOf(decodeURIComponent(user), bare);
  } catch {
    return UNREADABLE;
  }
}

function numberOf(text: string, host: string | null): Dialled {
  // What stands between digits for the eye only. Spaces beyond ASCII are not taken for that.
  if (/^\+?[0-9*# ().\-/]+$/.test(text)) return { kind: 'number', text: text.replace(/[ ().\-/]/g, ''), host };
  return /^[A-Za-z0-9*#._-]+$/.test(text) ? { kind: 'number', text, host } : UNREADABLE;
}

/**
 * How a dialled text may be understood. Empty where it is made of anything but digits. The first reading is what the
 * number means by the plan; the others are there because a PBX may not share it: they count against a number only.
 */
export function readingsOf(text: string, plan: NumberPlan): readonly Reading[] {
  if (!/^\+?\d+$/.test(text)) return [];
  const outside = plan.outsideLine;
  const withoutLine = outside !== null && text.startsWith(outside) ? text.slice(outside.length) : null;
  const texts = [...(withoutLine === null || withoutLine === '' ? [] : [withoutLine]), text];
  const read = texts.flatMap((one) => [...withArea(one, plan), ...nationally(one, plan)]);
  return [...read.filter(({ exists }) => exists), ...read.filter(({ exists }) => !exists)];
}

/** The reading of a number without area code; none where it has one. */
function withArea(text: string, plan: NumberPlan): readonly Reading[] {
  if (plan.area === null || text.startsWith('+') || text.startsWith('0')) return [];
  return nationally(`+${getCountryCallingCode(plan.country)}${plan.area}${text}`, plan);
}

/** A number that is too short keeps its trunk prefix in the one reading and loses it in the other: both are given. */
function nationally(text: string, { country }: NumberPlan): readonly Reading[] {
  const parsed = parsePhoneNumberFromString(text, { defaultCountry: country, extract: false });
  const typing = new AsYouType(country);
  typing.input(text);
  const begun = typing.getNumberValue();
  return [
    ...(parsed === undefined ? [] : [{ e164: parsed.number, exists: parsed.isValid() }]),
    ...(begun === undefined || begun === parsed?.number || !/^\+\d+$/.test(begun)
      ? []
      : [{ e164: begun, exists: false }]),
  ];
}
