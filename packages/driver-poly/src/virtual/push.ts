import type { RecordedRequest, Screen, VirtualReply } from '@hookswitch/driver-kit/virtual';

const MAX_BYTES = 2048;
/** Which priorities `apps.push.messageType` lets through, by its number (the guide, page 75). */
const PRIORITIES = ['', 'normal', 'important', 'high', 'critical'] as const;

/** Takes a push (the guide, pages 23 to 25): 2xx or 4xx at once, and no word on whether the browser could show it. */
export function answerPush(
  { method, body, headers }: Pick<RecordedRequest, 'method' | 'body' | 'headers'>,
  { screen, messageType }: { readonly screen: Screen; readonly messageType: string },
): VirtualReply {
  if (method !== 'POST') return { status: 405 };
  if (Buffer.byteLength(body) > MAX_BYTES) return { status: 413 };
  const [, tag, attributes = '', content = ''] =
    /^\s*<PolycomIPPhone>\s*<(Data|URL)\b([^>]*)>([\s\S]*)<\/\1>\s*<\/PolycomIPPhone>\s*$/.exec(body) ?? [];
  if (tag === undefined) return { status: 400 };
  const priority = /\bpriority\s*=\s*["']([^"']*)["']/.exec(attributes)?.[1]?.toLowerCase() ?? 'normal';
  // 5: all. What is not let through is discarded, and nobody is told.
  const isTaken = messageType === '5' || PRIORITIES[Number(messageType)] === priority;
  if (!isTaken) return { status: 200 };
  const isPage = tag === 'Data' && !/spipx/i.test(headers['content-type'] ?? '');
  if (isPage) screen.show(...linesOf(content));
  return { status: 200 };
}

/** The texts of a page, one element a line. */
function linesOf(content: string): readonly string[] {
  return content
    .split(/<[^>]*>/)
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map((text) =>
      text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&'),
    );
}
