import type { SipSender } from './sip-wire.ts';

/** The header of a request that carries CSTA. */
export const CSTA_TYPE = 'Content-Type: application/csta+xml';

/** Opens a dialog, as the one who sends. */
export const openDialog = async (
  sender: SipSender,
  invite: { readonly headers: readonly string[]; readonly body?: string },
) => {
  const ok = await sender.ask({ method: 'INVITE', callId: 'dialog', ...invite });
  const to = ok.headers['to'] ?? '';
  sender.send({ method: 'ACK', callId: 'dialog', to });
  let cseq = 1;
  return {
    ok,
    request: (method: string, body = '', headers: readonly string[] = [CSTA_TYPE]) => {
      cseq += 1;
      return sender.ask({ method, callId: 'dialog', to, cseq, headers, body });
    },
    /** The next INFO of the phone with that text in it. */
    told: async (text: string) => {
      const info = await sender.received.waitFor(
        ({ start, body }) => start.startsWith('INFO ') && body.includes(text),
        { what: text },
      );
      sender.answer(info);
      return info.body;
    },
  };
};
