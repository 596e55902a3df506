import type { HttpReply, HttpRequest, Outcome } from '@hookswitch/core';
import { acknowledged } from './refusal.ts';

/**
 * `POST /servlet?push=xml` with `xml=` and the document behind it, not URL-encoded, as the one paging server does that
 * is known to work with current phones. Which credentials answer the phone's Digest challenge is the caller's affair.
 */
export function pushRequest(document: string, credentials: 'push' | 'web'): HttpRequest {
  return {
    method: 'POST',
    target: '/servlet?push=xml',
    headers: { 'content-type': 'text/xml; charset=utf-8' },
    body: `xml=${document}`,
    credentials,
  };
}

/** Reads the reply to a push. */
export function readPushReply(reply: HttpReply): Outcome {
  return acknowledged(reply, 'xml-push');
}
