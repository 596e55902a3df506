import type { SipInvitation, SipRequest } from '@hookswitch/core';

/** A SIP request as a driver gave it, with all that was left out filled in. */
export interface AskedSip {
  readonly method: SipRequest['method'] | 'INVITE' | 'REFER';
  readonly headers: Readonly<Record<string, string>>;
  readonly contentType: string | undefined;
  readonly body: string | undefined;
  readonly readOnly: boolean;
  /** An INVITE that offers no sound: it opens a dialog, and the phone does nothing else for it. */
  readonly opensOnly: boolean;
}

/** A request outside of any dialog. */
export function askedOf({ method, headers = {}, contentType, body, readOnly = false }: SipRequest): AskedSip {
  return { method, headers, contentType, body, readOnly, opensOnly: false };
}

/** The INVITE that opens a dialog. */
export function askedInvite({ headers = {}, contentType, body }: SipInvitation): AskedSip {
  const opensOnly = contentType !== 'application/sdp';
  return { method: 'INVITE', headers, contentType, body, readOnly: false, opensOnly };
}

/** An INFO within a dialog. */
export function askedInfo({ contentType, body }: { readonly contentType: string; readonly body: string }): AskedSip {
  return { method: 'INFO', headers: {}, contentType, body, readOnly: false, opensOnly: false };
}

/** A REFER within a dialog. */
export function askedRefer(target: string): AskedSip {
  const headers = { 'Refer-To': target.includes('<') ? target : `<${target}>` };
  return { method: 'REFER', headers, contentType: undefined, body: undefined, readOnly: false, opensOnly: false };
}

/** A request as text, what the transport writes by itself left out: what a dry run shows. */
export function sipText({ method, headers, contentType = '', body = '' }: AskedSip): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name.toLowerCase()}: ${value}`);
  return [`SIP ${method}`, ...lines, `content-type: ${contentType}`, '', body].join('\n');
}
