import type { SipReply, SipTransport } from '@hookswitch/core';

const OK: SipReply = { status: 200, reason: 'OK', headers: {}, body: '' };

/**
 * A SIP transport that sends nothing: it writes down what would be sent, and answers as an obeying phone would. What the
 * user agent adds by itself (Via, From, Call-ID, CSeq, the answer to a challenge) is left out.
 * @param uri the phone's; null: it has none
 * @param write takes the text of each request
 */
export function rehearseSip(uri: string | null, write: (exchange: string) => void): SipTransport {
  const requestUri = uri ?? 'sip:phone';
  const say = (method: string, message: Message): void => write(messageText(method, requestUri, message));
  return {
    send(request) {
      say(request.method, request);
      const { status = 200, body = '' } = request.rehearsal ?? {};
      return Promise.resolve({ ...OK, status, body, reason: status === 200 ? 'OK' : '' });
    },
    async converse(invitation, talk) {
      say('INVITE', invitation);
      const answers = [...(invitation.rehearsal ?? [])];
      const contentType = invitation.contentType ?? '';
      const progress = [{ status: 200, reason: 'OK' }];
      try {
        const value = await talk({
          reply: OK,
          info(message) {
            say('INFO', message);
            return Promise.resolve(OK);
          },
          refer(target) {
            say('REFER', { headers: { 'Refer-To': target.includes('<') ? target : `<${target}>` } });
            return Promise.resolve(OK);
          },
          next() {
            const body = answers.shift();
            return Promise.resolve(body === undefined ? null : { contentType, body });
          },
          referProgress: () => Promise.resolve(progress.shift() ?? null),
        });
        return { value };
      } finally {
        say('BYE', {});
      }
    },
  };
}

interface Message {
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly contentType?: string | undefined;
  readonly body?: string | undefined;
}

function messageText(method: string, uri: string, { headers = {}, contentType, body }: Message): string {
  const lines = [
    `${method} ${uri} SIP/2.0`,
    `To: <${uri}>`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(contentType === undefined ? [] : [`Content-Type: ${contentType}`]),
    `Content-Length: ${Buffer.byteLength(body ?? '')}`,
  ].join('\n');
  return body === undefined || body === '' ? lines : `${lines}\n\n${body}`;
}
