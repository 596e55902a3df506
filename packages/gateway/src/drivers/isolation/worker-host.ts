import { MessageChannel, Worker } from 'node:worker_threads';
import { DriverFault } from '../driver-port.ts';
import { createRpc, type Rpc, type RpcHandlers } from './rpc.ts';
import { driverWorkerUrl } from './worker-url.ts';

/** How long a driver has, in milliseconds. */
export interface WorkerLimits {
  /** To be loaded. */
  readonly loadMs: number;
  /** For an answer that needs no phone, and to show that it is not stuck while it waits for one. */
  readonly answerMs: number;
  /** The first pause before another worker is started; it doubles with each that is ended soon. */
  readonly pauseMs: number;
  readonly longestPauseMs: number;
  /** A worker that has lasted so long is not the next of a row. */
  readonly steadyMs: number;
  /** Memory of the worker, in megabytes. */
  readonly memoryMb: number;
  /** Messages that it may send in a second. */
  readonly messagesASecond: number;
}

/** What holds where nothing else is said. */
export const WORKER_LIMITS: WorkerLimits = {
  loadMs: 10_000,
  answerMs: 2_000,
  pauseMs: 100,
  longestPauseMs: 60_000,
  steadyMs: 60_000,
  memoryMb: 128,
  messagesASecond: 20_000,
};

/** What a host works with. */
export interface WorkerHostOptions {
  /** For people: the driver's name in the configuration. */
  readonly name: string;
  /** The driver's module, as a URL. */
  readonly file: string;
  readonly limits: WorkerLimits;
  /** Answers what the worker asks. */
  readonly handlers: RpcHandlers;
  /** A worker was ended, and why. */
  readonly onEnded: (fault: DriverFault) => void;
  /** Takes what a new worker says of its driver; throws where it is another driver now. */
  readonly onLoaded: (described: unknown) => void;
  /** A worker that took the place of one that was ended is ready. */
  readonly onRecovered: () => void;
}

type Phase = 'starting' | 'running' | 'pausing' | 'closed';

/** Keeps a worker for one driver: starts it, ends it when it does not answer, starts another one after a pause. */
export class WorkerHost {
  readonly #options: WorkerHostOptions;
  #phase: Phase = 'starting';
  #worker: Worker | null = null;
  #rpc: Rpc | null = null;
  #fault: DriverFault | null = null;
  #reason: string | null = null;
  #restarts = 0;
  /** How many were ended in a row, none of them after a steady time. */
  #row = 0;
  #started = 0;
  #loaded = Promise.withResolvers<void>();
  #pause: NodeJS.Timeout | undefined;
  #watch: NodeJS.Timeout | undefined;
  #asked: Promise<unknown> | null = null;

  constructor(options: WorkerHostOptions) {
    this.#options = options;
  }

  /** Why a worker was ended last; null: none was. */
  get fault(): DriverFault | null {
    return this.#fault;
  }

  get restarts(): number {
    return this.#restarts;
  }

  get isRunning(): boolean {
    return this.#phase === 'running';
  }

  /** Starts the first worker. @throws Error where the driver cannot be loaded; the host is of no use then */
  async open(): Promise<void> {
    try {
      await this.#start();
    } catch (error) {
      await this.close();
      throw new Error(this.#reason ?? 'it cannot be loaded', { cause: error });
    }
  }

  /**
   * Asks the driver what it answers by itself, within `answerMs`.
   * @throws DriverFault where there is no worker, or it did not answer and was ended; what the driver threw
   */
  async ask(method: string, args: unknown): Promise<unknown> {
    const rpc = await this.#ready();
    return this.#within(rpc, this.#options.limits.answerMs, { method, args });
  }

  /**
   * Has the driver do something that takes as long as it takes. Meanwhile it must show that it is not stuck.
   * @throws as {@link ask}
   */
  async run(method: string, args: unknown): Promise<unknown> {
    const rpc = await this.#ready();
    return rpc.call(method, args);
  }

  note(method: string, args: unknown): void {
    this.#rpc?.note(method, args);
  }

  /** Asks the gateway's counterpart in the worker within a dialog: as long as it takes. */
  call(method: string, args: unknown): Promise<unknown> {
    if (this.#rpc === null) return Promise.reject(this.#away());
    return this.#rpc.call(method, args);
  }

  async close(): Promise<void> {
    this.#phase = 'closed';
    clearTimeout(this.#pause);
    clearInterval(this.#watch);
    const worker = this.#worker;
    this.#drop(
      new DriverFault(`The driver "${this.#options.name}" is not there any more: the gateway stops.`, {
        retryable: true,
      }),
    );
    await worker?.terminate();
  }

  async #start(): Promise<void> {
    const { file, name, limits, handlers, onLoaded } = this.#options;
    this.#phase = 'starting';
    this.#loaded = Promise.withResolvers();
    this.#loaded.promise.catch(() => {});
    this.#started = performance.now();
    const { port1, port2 } = new MessageChannel();
    // What it writes to its console is nobody's; the environment holds the gateway's secrets.
    const worker = new Worker(driverWorkerUrl(), {
      workerData: { port: port2, file },
      transferList: [port2],
      name: `driver ${name}`.slice(0, 60),
      env: {},
      argv: [],
      execArgv: [],
      stdin: false,
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: limits.memoryMb, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 },
    });
    worker.unref();
    worker.stdout.resume();
    worker.stderr.resume();
    const mayTake = perSecond(limits.messagesASecond, () =>
      this.#end(`it sent more than ${limits.messagesASecond} messages in a second`, worker),
    );
    const rpc = createRpc(port1, handlers, () => mayTake() && this.#worker === worker);
    port1.unref();
    this.#worker = worker;
    this.#rpc = rpc;
    worker.on('error', (error) => this.#end(reasonOf(error), worker));
    worker.on('exit', (code) => this.#end(`its thread ended with code ${code}`, worker));
    // A hostile module may have found the thread's own port before it was closed.
    worker.on('message', () => mayTake());
    try {
      onLoaded(await this.#within(rpc, limits.loadMs, { method: 'load', args: null }));
    } catch (error) {
      this.#end(error instanceof Error ? error.message : String(error), worker);
      throw error;
    }
    if (this.#worker !== worker) throw this.#away();
    this.#phase = 'running';
    this.#loaded.resolve();
    this.#keepWatch();
    if (this.#restarts > 0) this.#options.onRecovered();
  }

  /** Ends a worker for good and plans the next one. */
  #end(reason: string, worker: Worker): void {
    if (this.#worker !== worker || this.#phase === 'closed') return;
    const { name, limits, onEnded } = this.#options;
    const wasOpen = this.#fault !== null || this.#phase === 'running';
    const fault = new DriverFault(`The driver "${name}" was stopped: ${reason}. It is started again.`, {
      retryable: true,
    });
    this.#row = performance.now() - this.#started >= limits.steadyMs ? 1 : this.#row + 1;
    this.#fault = fault;
    this.#reason = reason;
    this.#phase = 'pausing';
    this.#drop(fault);
    void worker.terminate();
    onEnded(fault);
    // The first one is waited for by whoever opens the host.
    if (!wasOpen) return;
    const pause = Math.min(limits.longestPauseMs, limits.pauseMs * 2 ** Math.min(this.#row - 1, 20));
    this.#pause = setTimeout(() => {
      this.#restarts += 1;
      this.#start().catch(() => {});
    }, pause);
    this.#pause.unref();
  }

  #drop(fault: DriverFault): void {
    clearInterval(this.#watch);
    this.#watch = undefined;
    const rpc = this.#rpc;
    this.#worker = null;
    this.#rpc = null;
    this.#loaded.reject(fault);
    rpc?.close(fault);
  }

  /** A worker that is about to be there is waited for; one that had to be ended is not. */
  async #ready(): Promise<Rpc> {
    if (this.#phase === 'starting') await this.#loaded.promise;
    if (this.#rpc === null || this.#phase !== 'running') throw this.#away();
    return this.#rpc;
  }

  #away(): DriverFault {
    return this.#fault ?? new DriverFault(`The driver "${this.#options.name}" is not running.`, { retryable: true });
  }

  async #within(
    rpc: Rpc,
    ms: number,
    { method, args }: { readonly method: string; readonly args: unknown },
  ): Promise<unknown> {
    const worker = this.#worker;
    const timer = setTimeout(() => {
      // A gateway that was busy itself has answers waiting: they are taken in first.
      setImmediate(() =>
        setImmediate(() => {
          if (!done && worker !== null) this.#end(`it did not answer "${method}" within ${ms} ms`, worker);
        }),
      );
    }, ms);
    timer.unref();
    let done = false;
    try {
      return await rpc.call(method, args);
    } finally {
      done = true;
      clearTimeout(timer);
    }
  }

  /** It is asked again and again whether it is stuck, and how much memory it has outside its heap. */
  #keepWatch(): void {
    const { answerMs, memoryMb } = this.#options.limits;
    this.#watch = setInterval(() => {
      const [rpc, worker] = [this.#rpc, this.#worker];
      if (rpc === null || worker === null) return;
      this.#asked ??= this.#within(rpc, answerMs, { method: 'ping', args: null })
        .catch(() => {})
        .finally(() => {
          this.#asked = null;
        });
      worker.getHeapStatistics().then(
        ({ external_memory: bytes }) => {
          if (bytes > memoryMb * 1_048_576) this.#end(`its buffers took more than ${memoryMb} MB`, worker);
        },
        () => {},
      );
    }, answerMs / 2).unref();
  }
}

/** @returns false once there were more within a second; then `onTooMany` has been called */
function perSecond(most: number, onTooMany: () => void): () => boolean {
  let since = performance.now();
  let count = 0;
  return () => {
    count += 1;
    if (count <= most) return true;
    const now = performance.now();
    const tooMany = now - since < 1_000;
    since = now;
    count = 0;
    if (tooMany) onTooMany();
    return !tooMany;
  };
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') return 'it took more memory than it may have';
  const name = error instanceof Error ? error.name : 'something';
  return `it threw ${name} behind everybody's back`;
}
