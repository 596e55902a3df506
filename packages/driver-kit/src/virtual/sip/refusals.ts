import { headerOf, headersOf, type SipRequestMessage } from './message.ts';
import type { VirtualSipReply } from './types.ts';

const MANDATORY = ['from', 'to', 'call-id', 'cseq'] as const;

/** What no phone takes, whatever it carries; `undefined`: nothing is wrong. */
export const refusalOf = (request: SipRequestMessage, methods: readonly string[]): VirtualSipReply | undefined => {
  const missing = MANDATORY.find((name) => headerOf(request, name) === '');
  if (missing !== undefined) return { status: 400, reason: `Missing ${missing}` };
  const [number = '', method = ''] = headerOf(request, 'cseq').split(/\s+/);
  if (!/^\d+$/.test(number) || method !== request.method) return { status: 400, reason: 'Bad CSeq' };
  if (request.isCutOff) return { status: 400, reason: 'Body shorter than Content-Length' };
  const required = headersOf(request, 'require');
  if (required.length > 0) return { status: 420, headers: { Unsupported: required.join(', ') } };
  return methods.includes(request.method) ? undefined : { status: 405 };
};
