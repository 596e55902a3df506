/** A vendor's document by its root, `SnomIPPhoneText` or `YealinkIPPhoneTextScreen`, plain or inside another XML. */
const ROOT = /(<|&lt;)([A-Za-z]*IPPhone[A-Za-z]+)/;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

/**
 * The document for the phone's display out of the text of what is sent, a line an element.
 * @returns null where there is none in it
 */
export function shownXml(exchange: string): string | null {
  const [, begin, root] = ROOT.exec(exchange) ?? [];
  if (root === undefined) return null;
  // Within SOAP the document is text.
  const plain = begin === '&lt;' ? unescaped(exchange) : exchange;
  const end = `</${root}>`;
  const last = plain.lastIndexOf(end);
  return last === -1 ? null : indented(plain.slice(plain.indexOf(`<${root}`), last + end.length));
}

function unescaped(text: string): string {
  return text.replace(/&(lt|gt|quot|apos|amp);/g, (entity, name: string) => ENTITIES[name] ?? entity);
}

function indented(xml: string): string {
  const lines: string[] = [];
  let depth = 0;
  for (const [part] of xml.matchAll(/<(\w+)(?:\s[^>]*)?>[^<]*<\/\1>|<[^>]+>|[^<]+/g)) {
    if (part.trim() === '') continue;
    const isEnd = part.startsWith('</');
    const isBegin = /^<[^/][^>]*[^/]>$/.test(part);
    if (isEnd) depth -= 1;
    lines.push(`${'  '.repeat(depth)}${part.trim()}`);
    if (isBegin) depth += 1;
  }
  return lines.join('\n');
}
