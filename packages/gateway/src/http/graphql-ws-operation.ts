import type { Running } from '../graphql/followed-subscription.ts';
import { FrameOutlet, type FrameWriter } from './frame-writer.ts';

/** Who is told that an operation has nothing more to tell. */
export interface OperationOwner {
  ended(operation: WsOperation): void;
}

/** An operation of a client's, from its `subscribe` until one of both says `complete`. A class, since there is one a subscriber. */
export class WsOperation extends FrameOutlet {
  readonly id: string;
  readonly #owner: OperationOwner;
  /** Null: a query, a mutation, or what does not run yet. */
  #running: Running | null = null;
  isOver = false;

  constructor(writer: FrameWriter, id: string, owner: OperationOwner) {
    super(writer, id);
    this.id = id;
    this.#owner = owner;
  }

  /** Nothing more follows. */
  end(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.#owner.ended(this);
  }

  /** What goes on until it is stopped. */
  runs(running: Running): void {
    // The client may have lost interest before it began.
    if (this.isOver) running.stop();
    else this.#running = running;
  }

  /** Nobody wants to know any more. */
  stop(): void {
    this.isOver = true;
    this.#running?.stop();
    this.#running = null;
  }
}
