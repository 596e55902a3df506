/**
 * Percent-encodes a value of a query, UTF-8. `*` and `#` are encoded too, as Snom recommends (`%2A`, `%23`), and `+`,
 * which a phone may take for a space.
 * @param keep characters that stay as they are, because Snom's own examples write them so
 */
export function encodeValue(text: string, keep = ''): string {
  const encoded = encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return encoded.replace(/%[0-9A-F]{2}/g, (triplet) => {
    const character = String.fromCharCode(Number.parseInt(triplet.slice(1), 16));
    return keep.includes(character) ? character : triplet;
  });
}

/**
 * Whether a value could not go into a setting or a request as it is: control characters, line breaks included, halves of
 * characters, which have no UTF-8, and the two that XML cannot hold.
 */
export function hasControlCharacters(text: string): boolean {
  return /[\p{Cc}\p{Cs}\ufffe\uffff]/u.test(text);
}
