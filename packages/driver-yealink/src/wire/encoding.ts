/**
 * Encodes what stands behind a `=` in an Action URI. `@` and `:` stay as they are, since the guides write
 * `outgoing_uri=1006@10.3.5.199`; `+`, `#`, `&`, `=`, `;`, `%`, spaces and all that is not ASCII are percent-encoded.
 * A raw `+` would be read as a space, a raw `#` or `&` would cut the value off.
 */
export function encodeValue(text: string): string {
  return encodeURIComponent(text).replace(/%40/g, '@').replace(/%3A/g, ':');
}

/** Escapes text for XML, attribute values included. */
export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
}

/** Whether XML 1.0 can hold the text: no control characters but tab and line ends, no lone surrogates. */
export function isXmlText(text: string): boolean {
  return text.isWellFormed() && !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text);
}

/** Bytes in UTF-8. */
export function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}
