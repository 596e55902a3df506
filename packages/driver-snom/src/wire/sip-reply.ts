import { ACCEPTED, failed, isSipNotHere, notHere, type Outcome, phoneRejected, type SipReply } from '@hookswitch/core';

/** What a response to a NOTIFY or a MESSAGE means: "A 200 says nothing of the effect", so it is no more than ACCEPTED. */
export function readSipReply(reply: SipReply): Outcome {
  return refusalOfSip(reply) ?? ACCEPTED;
}

/** Why the phone did not take a SIP request; null: it did. */
export function refusalOfSip({
  status,
  reason,
}: SipReply): Extract<Outcome<never>, { readonly status: 'FAILED' | 'NOT_HERE' }> | null {
  if (status >= 200 && status < 300) return null;
  const said = `${status} ${reason}`.trim();
  if (isSipNotHere(status)) return notHere(`The phone does not do this by SIP (${said}).`);
  return failed(
    phoneRejected(`The phone answered ${said}.${hints[status] ?? ''}`, {
      phoneStatus: status,
      retryable: status === 480 || status === 486 || (status >= 500 && status < 600),
    }),
  );
}

const hints: Readonly<Record<number, string>> = {
  403: ' It may obey its registrar only (filter_registrar), or the hosts in mb_trusted_hosts.',
  480: ' It is not ready, or not registered.',
  486: ' It is busy.',
};
