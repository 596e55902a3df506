const macSeparators = /[:.-]/g;
const macNotations =
  /^(?:[0-9a-f]{12}|[0-9a-f]{2}(?::[0-9a-f]{2}){5}|[0-9a-f]{2}(?:-[0-9a-f]{2}){5}|[0-9a-f]{4}(?:\.[0-9a-f]{4}){2})$/i;

/**
 * Reads a MAC address in any common notation: `00:04:13:aa:bb:cc`, `00-04-13-AA-BB-CC`, `0004.13aa.bbcc`, `000413AABBCC`.
 * @returns it with colons in lower case; null where the text is none.
 */
export function parseMacAddress(text: string): string | null {
  if (!macNotations.test(text)) return null;
  const digits = text.replace(macSeparators, '').toLowerCase();
  return digits.replace(/(..)(?!$)/g, '$1:');
}
