import type { Recorder } from './recorder.ts';

/** A request as a virtual phone's web server received it. */
export interface RecordedRequest {
  /** `GET`, `POST`, … */
  readonly method: string;
  /** The request target, byte for byte as it was on the wire (bytes above 0x7F as Latin-1 characters). */
  readonly target: string;
  /** The target up to the first `?`, not decoded. */
  readonly path: string;
  /** The target after the first `?`, not decoded; empty without one. */
  readonly query: string;
  /** Headers by lower-case name; repeated ones are joined with `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body read as UTF-8. */
  readonly body: string;
  /** When its head arrived, milliseconds since the epoch. */
  readonly receivedAt: number;
  /** Number of the TCP connection it came on, counted from 1 by each server. */
  readonly connection: number;
  /** How many other requests this server had not yet finished answering when this one arrived. */
  readonly inFlight: number;
  /** The IP address of the client, for a phone's allow lists. */
  readonly remoteAddress: string;
}

/** What a virtual phone's web server received, oldest first. */
export type RequestRecorder = Recorder<RecordedRequest>;

/**
 * How a reply really leaves the phone.
 *
 * - `whole`: as HTTP has it.
 * - `empty`: the connection is closed without a byte (curl's error 52).
 * - `truncated`: the headers are cut off in the middle, then the connection is closed.
 * - `malformed`: garbage stands where the status line should be.
 * - `reset`: the connection is reset (RST).
 * - `never`: nothing is sent and the connection stays open.
 */
export type Delivery = 'whole' | 'empty' | 'truncated' | 'malformed' | 'reset' | 'never';

/** What a virtual phone answers. */
export interface VirtualReply {
  /** The HTTP status code. */
  readonly status: number;
  /** Headers; a list sends one header several times. `Content-Length` is added. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** The body; text goes out as UTF-8. */
  readonly body?: string | Uint8Array;
  /** How the reply leaves. Default `whole`. A vendor's handler sets it where the quirk depends on the request. */
  readonly delivery?: Delivery;
  /** Milliseconds to wait before the reply leaves, after the phone has acted. Default 0. */
  readonly delayMs?: number;
  /** What the phone does once the reply has left or the connection is closed: reboot, for one. */
  readonly afterwards?: () => void;
}

/**
 * The vendor's part of a virtual phone: acts on a request and says what to answer. Called once a request, after its
 * body is complete. What it throws is answered 500 and kept in {@link VirtualHttpServer.handlerErrors}.
 */
export type VirtualHandler = (request: RecordedRequest) => VirtualReply | Promise<VirtualReply>;
