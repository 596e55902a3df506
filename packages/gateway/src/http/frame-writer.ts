import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { octetsOf, type Payload } from '../graphql/payload.ts';

/**
 * Writes messages whose greater part is the same for many sockets: a text frame (RFC 6455, 5.2) of what is the
 * subscription's own and of octets that were made once. Whole frames, so that they stand well between those of `ws`, which
 * has nothing under way between two of its own as long as it does not compress.
 */
export class FrameWriter {
  readonly #socket: WebSocket;
  readonly #stream: Duplex;
  #waiting: Set<() => void> | null = null;
  #writtenIn = -1;

  /** @param stream what the socket was upgraded from */
  constructor(socket: WebSocket, stream: Duplex) {
    this.#socket = socket;
    this.#stream = stream;
  }

  /** See {@link FrameOutlet.send}; the message begins with `opening`, and a brace closes it. */
  send(opening: string, { octets }: Payload, onReady: () => void): boolean {
    // A socket that is closing or broke says so by its 'close'.
    if (this.#socket.readyState !== this.#socket.OPEN || !this.#stream.writable) return true;
    const length = opening.length + octets.length + 1;
    if (this.#writtenIn === turn) flushLater(this.#stream);
    else this.#writtenIn = currentTurn();
    if (this.#stream.write(`${headerOf(length)}${opening}${octets}}`, 'latin1')) return true;
    if (this.#waiting === null) {
      this.#waiting = new Set();
      this.#stream.once('drain', () => this.#drained());
    }
    this.#waiting.add(onReady);
    return false;
  }

  #drained(): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    for (const onReady of waiting ?? []) onReady();
  }
}

/** Where the results of the operation of that id go: as `next` of graphql-transport-ws. A class, since there is one a subscriber. */
export class FrameOutlet {
  readonly #writer: FrameWriter;
  readonly #opening: string;

  constructor(writer: FrameWriter, id: string) {
    this.#writer = writer;
    this.#opening = octetsOf(`{"id":${JSON.stringify(id)},"type":"next","payload":`);
  }

  /** @returns whether the peer takes another one now; where not, `onReady` is called once when it does */
  send(payload: Payload, onReady: () => void): boolean {
    return this.#writer.send(this.#opening, payload, onReady);
  }
}

const FINAL_TEXT = '\x81';

/** First octets of an unmasked text frame of that many octets. */
function headerOf(length: number): string {
  if (length < 126) return FINAL_TEXT + String.fromCharCode(length);
  if (length < 2 ** 16) return `${FINAL_TEXT}\x7e${String.fromCharCode(length >> 8, length & 255)}`;
  const octets = Buffer.alloc(8);
  octets.writeBigUInt64BE(BigInt(length));
  return `${FINAL_TEXT}\x7f${octets.toString('latin1')}`;
}

/** Counts what runs without a break, in which several messages to one socket are better sent together. */
let turn = 0;
let isCounting = false;
const corked: Duplex[] = [];

function currentTurn(): number {
  if (!isCounting) {
    isCounting = true;
    process.nextTick(endTurn);
  }
  return turn;
}

function flushLater(stream: Duplex): void {
  if (stream.writableCorked > 0) return;
  currentTurn();
  stream.cork();
  corked.push(stream);
}

function endTurn(): void {
  turn += 1;
  isCounting = false;
  for (const stream of corked.splice(0)) stream.uncork();
}
