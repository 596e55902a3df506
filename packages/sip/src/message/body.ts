/** The body of a message as text: UTF-8, which is what a text in SIP is unless its type says otherwise (RFC 3261 section 20.15). */
export function bodyText({ body }: { readonly body: Uint8Array }): string {
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
}
