import type { DemoOffice } from '@hookswitch/demo';
import { type Answer, stir } from './office.ts';

/** What a subscription is opened with. */
interface Request {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * Opens a subscription over server-sent events, lets things happen at the phone, and closes it after the first update.
 * @returns that update
 */
export async function firstUpdate(
  { office, number }: { readonly office: DemoOffice; readonly number: string },
  request: Request,
): Promise<Answer> {
  const connection = new AbortController();
  const response = await fetch(`${office.gateway.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      authorization: `Bearer ${office.apiKey}`,
    },
    body: JSON.stringify(request),
    signal: connection.signal,
  });
  if (response.body === null || response.status !== 200) {
    return { errors: [{ message: `HTTP ${response.status}: ${await response.text()}` }] };
  }
  try {
    const [answer] = await Promise.all([readFirst(response.body), stir(office, number, request.query)]);
    return answer;
  } finally {
    connection.abort();
  }
}

async function readFirst(body: ReadableStream<Uint8Array>): Promise<Answer> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    const event = text.split('\n\n').find((part) => /^event: next$/m.test(part) && /^data: ?\{/m.test(part));
    if (event !== undefined && text.includes(`${event}\n\n`)) {
      const data = event.split('\n').filter((line) => line.startsWith('data:'));
      return JSON.parse(data.map((line) => line.slice('data:'.length)).join('\n')) as Answer;
    }
    if (/^event: complete$/m.test(text)) break;
  }
  return { errors: [{ message: `It ended without an update: ${text}` }] };
}
