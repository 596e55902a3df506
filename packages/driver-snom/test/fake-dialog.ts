import type { SipReply, SipTransport } from '@hookswitch/core';

/** What the phone does in a dialog. Left out: it obeys, as in a dry run. */
export interface FakeDialog {
  /** It does not accept the INVITE. */
  readonly refused?: SipReply;
  /** No response to the INVITE comes. */
  readonly lost?: Error;
  readonly info?: SipReply;
  readonly infoLost?: Error;
  /** The bodies of its INFO requests, in their order; then it ends the dialog. */
  readonly says?: readonly string[];
  readonly refer?: SipReply;
  /** What it tells of its REFER; then nothing more comes. Left out: that it is through. */
  readonly progress?: readonly number[];
}

const ok: SipReply = { status: 200, reason: 'OK', headers: {}, body: '' };

/** A dialog that goes as the test says; `steps` takes down what the driver does in it. */
export function fakeConverse(steps: string[], dialog: FakeDialog = {}): SipTransport['converse'] {
  return async (invitation, talk) => {
    steps.push(`INVITE ${invitation.contentType ?? ''}`.trim());
    if (dialog.lost !== undefined) throw dialog.lost;
    if (dialog.refused !== undefined) return { refused: dialog.refused };
    const says = [...(dialog.says ?? invitation.rehearsal ?? [])];
    const progress = [...(dialog.progress ?? [100, 200])];
    try {
      const value = await talk({
        reply: ok,
        info: async ({ body }) => {
          steps.push(`INFO ${body}`);
          if (dialog.infoLost !== undefined) throw dialog.infoLost;
          return dialog.info ?? ok;
        },
        next: async () => {
          const body = says.shift();
          return body === undefined ? null : { contentType: 'application/csta+xml', body };
        },
        refer: async (target) => {
          steps.push(`REFER ${target}`);
          return dialog.refer ?? { ...ok, status: 202 };
        },
        referProgress: async () => {
          const status = progress.shift();
          return status === undefined ? null : { status, reason: '' };
        },
      });
      return { value };
    } finally {
      steps.push('BYE');
    }
  };
}
