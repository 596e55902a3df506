import { parseHeaderSection } from '../message/header-section.ts';
import { contentLength } from '../message/parse.ts';

/** Why a stream cannot be read any further: where its next message begins is not known. */
export type FramingFault =
  /** A header has no end within the limit. */
  | 'HEADER_TOO_LONG'
  /** It is not legible enough to find its Content-Length. */
  | 'HEADER_LINE'
  /** None, or none that is a number, or two (RFC 3261 sections 18.3 and 20.14: on a stream it has to be there). */
  | 'CONTENT_LENGTH'
  /** It announces a body beyond the limit. */
  | 'BODY_TOO_LONG';

/** What a framer hands on. */
export interface FramerListener {
  /** One whole message. */
  onMessage(bytes: Buffer): void;
  /** A keep-alive that wants an answer: two empty lines where a message could begin (RFC 5626 section 3.5.1). */
  onPing(): void;
  /** Nothing that follows can be read. */
  onFault(fault: FramingFault, header: Buffer): void;
}

/** A header longer than this is no message of a phone. */
const HEADER_LIMIT = 64 * 1024;
const BODY_LIMIT = 1024 * 1024;

const HEADER_END = Buffer.from('\r\n\r\n');
const EMPTY = Buffer.alloc(0);

/**
 * Cuts a stream into messages by their Content-Length (RFC 3261 section 18.3), however the octets arrive: in parts,
 * or several messages at once. Empty lines before a message are skipped (section 7.5).
 */
export class StreamFramer {
  readonly #listener: FramerListener;
  #pending: Buffer = EMPTY;
  /** How far the pending octets have been searched for the end of a header. */
  #searched = 0;
  /** The length of the message that is arriving; 0: not known yet. */
  #expected = 0;
  #broken = false;

  constructor(listener: FramerListener) {
    this.#listener = listener;
  }

  /** Takes the next octets of the stream. */
  push(chunk: Buffer): void {
    if (this.#broken) return;
    this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    while (!this.#broken && this.#take()) {
      // Each turn hands one message on.
    }
  }

  #take(): boolean {
    if (this.#expected === 0) {
      this.#skipEmptyLines();
      if (this.#pending.length === 0 || !this.#findLength()) return false;
    }
    if (this.#pending.length < this.#expected) return false;
    const message = this.#pending.subarray(0, this.#expected);
    this.#drop(this.#expected);
    this.#listener.onMessage(message);
    return true;
  }

  #skipEmptyLines(): void {
    let pairs = 0;
    while (this.#pending[pairs * 2] === 0x0d && this.#pending[pairs * 2 + 1] === 0x0a) pairs += 1;
    if (pairs === 0) return;
    this.#drop(pairs * 2);
    if (pairs >= 2) this.#listener.onPing();
  }

  #findLength(): boolean {
    const end = this.#pending.indexOf(HEADER_END, Math.max(0, this.#searched - HEADER_END.length));
    if (end < 0) {
      this.#searched = this.#pending.length;
      if (this.#searched > HEADER_LIMIT) this.#fail('HEADER_TOO_LONG');
      return false;
    }
    const section = parseHeaderSection(this.#pending.subarray(0, end));
    if (section === undefined) return this.#fail('HEADER_LINE');
    const length = contentLength(section.headers, -1);
    if (length === undefined || length < 0 || section.headers.all('content-length').length > 1) {
      return this.#fail('CONTENT_LENGTH');
    }
    if (length > BODY_LIMIT) return this.#fail('BODY_TOO_LONG');
    this.#expected = end + HEADER_END.length + length;
    return true;
  }

  #drop(length: number): void {
    this.#pending = this.#pending.length === length ? EMPTY : this.#pending.subarray(length);
    this.#searched = 0;
    this.#expected = 0;
  }

  #fail(fault: FramingFault): false {
    this.#broken = true;
    const header = this.#pending;
    this.#pending = EMPTY;
    this.#listener.onFault(fault, header);
    return false;
  }
}
