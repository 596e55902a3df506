const MAX_BYTES = 65_535;

/** Cuts a stream into messages by `Content-Length` (RFC 3261 section 18.3). */
export class SipFraming {
  #pending: Buffer = Buffer.alloc(0);

  /** Takes what has come. @returns the messages that are whole now; `undefined`: this is no SIP, and never will be. */
  push(chunk: Buffer): readonly Buffer[] | undefined {
    this.#pending = Buffer.concat([this.#pending, chunk]);
    const messages: Buffer[] = [];
    for (;;) {
      this.#skipLineEnds();
      const end = this.#pending.indexOf('\r\n\r\n');
      if (end < 0) return this.#pending.length > MAX_BYTES ? undefined : messages;
      const head = this.#pending.subarray(0, end).toString('latin1');
      const length = Number(/^(?:content-length|l)[ \t]*:[ \t]*(\d+)/im.exec(head)?.[1] ?? Number.NaN);
      if (!(length <= MAX_BYTES)) return undefined;
      const whole = end + 4 + length;
      if (this.#pending.length < whole) return messages;
      messages.push(this.#pending.subarray(0, whole));
      this.#pending = this.#pending.subarray(whole);
    }
  }

  /** Line ends between messages keep a connection alive (RFC 5626 section 3.5.1). */
  #skipLineEnds(): void {
    let at = 0;
    while (this.#pending[at] === 0x0d || this.#pending[at] === 0x0a) at += 1;
    this.#pending = this.#pending.subarray(at);
  }
}
