import { Worker } from 'node:worker_threads';

/** The store's writing threads of this process, which get nothing while they are held back. Let go at the end of the test. */
export interface HeldWrites extends Disposable {
  /** From now on what is to be written stays in this thread. */
  hold(): void;
  /** All that was held goes to the disk, and so does what follows. */
  release(): void;
}

/** A gate in front of the real thread: no lock of the database, which would be waited for only so long. */
export function heldWrites(): HeldWrites {
  const { postMessage } = Worker.prototype;
  const held: (() => void)[] = [];
  let isHeld = false;
  Worker.prototype.postMessage = function (this: Worker, message: unknown): void {
    if (isHeld && isWrite(message)) held.push(() => postMessage.call(this, message));
    else postMessage.call(this, message);
  };
  const release = (): void => {
    isHeld = false;
    for (const send of held.splice(0)) send();
  };
  return {
    hold() {
      isHeld = true;
    },
    release,
    [Symbol.dispose]() {
      release();
      Worker.prototype.postMessage = postMessage;
    },
  };
}

function isWrite(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'kind' in message && message.kind === 'write';
}
