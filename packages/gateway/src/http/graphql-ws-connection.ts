import { type ExecutionResult, OperationTypeNode } from 'graphql';
import { payloadOf } from '../graphql/payload.ts';
import type { Session, SessionWatcher } from '../security/authenticator.ts';
import type { FrameWriter } from './frame-writer.ts';
import { CLOSE, readMessage, type SubscribePayload } from './graphql-ws-messages.ts';
import { type OperationOwner, WsOperation } from './graphql-ws-operation.ts';
import type { Greeting, Prepared, Protocol } from './graphql-ws-protocol.ts';

/** The socket of a {@link WsConnection}. */
export interface Peer {
  send(text: string): void;
  close(code: number, reason: string): void;
}

/** What a connection is made of. */
export interface ConnectionOptions {
  readonly protocol: Protocol;
  readonly peer: Peer;
  readonly writer: FrameWriter;
  readonly upgrade: Greeting['upgrade'];
}

/**
 * The server's end of graphql-transport-ws on one socket. A class that holds what an idle peer needs and nothing else, since there is one a
 * peer and most of them wait.
 */
export class WsConnection implements OperationOwner, SessionWatcher {
  readonly #protocol: Protocol;
  readonly #peer: Peer;
  readonly #writer: FrameWriter;
  /** Null: it has said who it is. */
  #upgrade: Greeting['upgrade'] | null;
  /** Null: nobody yet. */
  #session: Session | null = null;
  /** Few, and of most peers one. */
  #operations: readonly WsOperation[] = [];
  #isOver = false;

  constructor({ protocol, peer, writer, upgrade }: ConnectionOptions) {
    this.#protocol = protocol;
    this.#peer = peer;
    this.#writer = writer;
    this.#upgrade = upgrade;
    protocol.initDeadlines.add(this);
  }

  /** It has not said who it is in time. */
  tooLate(): void {
    this.#close(CLOSE.initialisationTimeout, 'Connection initialisation timeout');
  }

  /** A message of the peer's. */
  receive(text: string): void {
    if (this.#isOver) return;
    const message = readMessage(text);
    switch (message?.type) {
      case 'connection_init':
        this.#watch(this.#greet(message.payload ?? {}));
        break;
      case 'ping':
        this.#peer.send(JSON.stringify({ type: 'pong', ...(message.payload && { payload: message.payload }) }));
        break;
      case 'pong':
        break;
      case 'subscribe':
        this.#subscribe(message.id, message.payload);
        break;
      case 'complete':
        this.#running(message.id)?.stop();
        this.#remove(message.id);
        break;
      default:
        this.#close(CLOSE.badRequest, 'Invalid message received');
    }
  }

  /** The socket is gone: what runs is stopped. */
  closed(): void {
    this.#isOver = true;
    this.#protocol.initDeadlines.remove(this);
    this.#session?.unwatch(this);
    for (const operation of this.#operations) operation.stop();
    this.#operations = [];
  }

  async #greet(params: Readonly<Record<string, unknown>>): Promise<void> {
    const upgrade = this.#upgrade;
    if (upgrade === null) return this.#close(CLOSE.tooManyRequests, 'Too many initialisation requests');
    this.#upgrade = null;
    this.#protocol.initDeadlines.remove(this);
    const session = await this.#protocol.greet({ params, upgrade });
    if (this.#isOver) return;
    if ('refused' in session) return this.#close(session.code, session.refused);
    this.#session = session;
    session.watch(this);
    this.#peer.send('{"type":"connection_ack"}');
  }

  #subscribe(id: string, payload: SubscribePayload): void {
    const session = this.#session;
    if (session === null) this.#close(CLOSE.unauthorized, 'Unauthorized');
    else if (this.#running(id) !== undefined) {
      this.#close(CLOSE.subscriberAlreadyExists, `Subscriber for ${id.slice(0, SHOWN_OF_ID)} already exists`);
    } else if (session.isOver()) this.#close(CLOSE.forbidden, 'Forbidden');
    else this.#begin(session, id, payload);
  }

  #begin(session: Session, id: string, payload: SubscribePayload): void {
    const prepared = this.#protocol.prepare(session, payload, this.#operations.length);
    if ('errors' in prepared) {
      // Nothing was begun: the id stays free.
      this.#peer.send(JSON.stringify({ id, type: 'error', payload: prepared.errors }));
      return;
    }
    const operation = new WsOperation(this.#writer, id, this);
    this.#operations = [...this.#operations, operation];
    this.#watch(this.#run(operation, prepared));
  }

  async #run(operation: WsOperation, { kind, operation: what }: Prepared): Promise<void> {
    const { executor } = this.#protocol;
    if (kind !== OperationTypeNode.SUBSCRIPTION) {
      return this.#answer(operation, await this.#protocol.track(executor.execute(what)));
    }
    const running = await executor.follow(what, operation);
    if ('stop' in running) operation.runs(running);
    else this.#answer(operation, running);
  }

  #answer(operation: WsOperation, result: ExecutionResult): void {
    if (operation.isOver) return;
    operation.send(payloadOf(result), nothing);
    operation.end();
  }

  ended({ id }: WsOperation): void {
    this.#remove(id);
    this.#peer.send(JSON.stringify({ id, type: 'complete' }));
  }

  /** An idle socket is closed too: its client should learn that it is nobody any more. */
  sessionOver(): void {
    this.#close(CLOSE.forbidden, 'Forbidden');
  }

  #running(id: string): WsOperation | undefined {
    return this.#operations.find((operation) => operation.id === id);
  }

  #remove(id: string): void {
    this.#operations = this.#operations.filter((operation) => operation.id !== id);
  }

  /** What goes wrong beside any operation is nothing that the peer can mend. */
  #watch(work: Promise<void>): void {
    work.catch((error: unknown) => {
      this.#protocol.onError(error);
      this.#close(CLOSE.internalError, 'Internal error');
    });
  }

  /** Nothing of what runs is told any more, whether the peer answers or not. */
  #close(code: number, reason: string): void {
    this.closed();
    this.#peer.close(code, reason);
  }
}

/** A reason has 123 octets at most. */
const SHOWN_OF_ID = 20;

const nothing = (): void => {};
