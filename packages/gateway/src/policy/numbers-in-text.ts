/** What a text may make a phone do: dial a number, or press a key. */
export type InText =
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'key'; readonly key: string };

/** `numberdial=N` and `key=K` behind `snom://mb_exit#` and its like (Snom's minibrowser). */
const INTERNAL = /(?:snom|phone):\/\/[^#\s"'<>]*#([^\s"'<>]*)/gi;
/** `Dial:N` and `Key:K` (Yealink's XML browser). */
const EXECUTED = /\b(dial|key)\s*:\s*([^\s;"'<>]+)/gi;
/** URIs that phones dial when they are selected. */
const DIALLED_URI = /\b(?:tel|callto|sips?):(?:\/\/)?[^\s"'<>]+/gi;

/** What a text may make a phone do: an address inside the phone, a command of its browser, a URI to be dialled. */
export function dialledIn(text: string): readonly InText[] {
  const whole = decoded(text);
  const found: InText[] = [];
  for (const [, fragment = ''] of whole.matchAll(INTERNAL)) {
    for (const part of fragment.split(/[&;,]/)) {
      const [name = '', ...value] = part.split('=');
      if (/^numberdial$/i.test(name)) found.push({ kind: 'number', text: value.join('=') });
      if (/^key$/i.test(name)) found.push({ kind: 'key', key: value.join('=') });
    }
  }
  for (const [, verb = '', value = ''] of whole.matchAll(EXECUTED)) {
    found.push(/^dial$/i.test(verb) ? { kind: 'number', text: value } : { kind: 'key', key: value });
  }
  for (const [uri] of whole.matchAll(DIALLED_URI)) {
    found.push({ kind: 'number', text: uri.replace(/^callto:/i, 'tel:').replace(/^(\w+):\/\//, '$1:') });
  }
  return found;
}

/** Twice: a text within a text may be encoded twice, and decoding once too often hides nothing that is looked for. */
function decoded(text: string): string {
  let result = text;
  for (let round = 0; round < 2; round += 1) {
    result = result.replace(/%([0-9a-f]{2})/gi, (_match, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  }
  return result;
}
