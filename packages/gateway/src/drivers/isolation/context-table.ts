import {
  type CallWatcher,
  type DriverContext,
  failed,
  type Outcome,
  type ParsedReport,
  TransportError,
  unknown,
} from '@hookswitch/core';
import { frame } from './request-schemas.ts';
import { outcomeSchema, parsedReport } from './result-schemas.ts';
import type { RpcHandlers } from './rpc.ts';
import type { RungCall } from './rungs-over-rpc.ts';
import { type ServedContext, serveContext } from './serve-context.ts';
import { faultOf, take } from './take.ts';
import type { WireContext, WireRun, WireWatch } from './wire-context.ts';
import { Aborted } from './wire-error.ts';
import type { WorkerHost } from './worker-host.ts';

/** What the table works with. */
export interface ContextTableOptions {
  readonly host: () => Pick<WorkerHost, 'run' | 'note' | 'call'>;
  /** For people: the driver. */
  readonly name: () => string;
  /** The driver threw, or answered what it must not. */
  readonly onFault: (error: unknown) => void;
}

/** A driver that goes on after its command's time is over is not waited for longer than that. */
const PATIENCE_MS = 2_000;

interface Entry {
  readonly served: ServedContext;
  readonly watcher: CallWatcher | null;
}

/** The contexts that a worker works with now, and what it asks of them. */
export class ContextTable implements RpcHandlers {
  readonly #options: ContextTableOptions;
  readonly #entries = new Map<number, Entry>();
  #last = 0;

  constructor(options: ContextTableOptions) {
    this.#options = options;
  }

  /** What the worker asks of a context. One that is over does nothing any more. */
  async call(method: string, args: unknown, signal: AbortSignal): Promise<unknown> {
    const { context, conversation } = frame.parse(args);
    const entry = this.#entries.get(context);
    if (entry === undefined) throw new Error('that command is over');
    if (method !== 'watcher.report') {
      return entry.served.serve({ method, args: Object(args), conversation: conversation ?? null, signal });
    }
    const name = { name: this.#options.name(), method };
    return entry.watcher?.report(take<ParsedReport>(parsedReport, name, Reflect.get(Object(args), 'report')));
  }

  note(method: string, args: unknown): void {
    const parsed = frame.safeParse(args);
    const entry = parsed.success ? this.#entries.get(parsed.data.context) : undefined;
    if (method === 'log') entry?.served.log(args);
    else if (method === 'watcher.listening') entry?.watcher?.listening();
    else if (method === 'watcher.unsure') entry?.watcher?.unsure();
  }

  /** Whether a command is under way; listening to a phone is none: it ends with the driver and begins with the next. */
  get isBusy(): boolean {
    return [...this.#entries.values()].some(({ watcher }) => watcher === null);
  }

  /** Runs a function of a rung. */
  run(call: RungCall, context: DriverContext): Promise<Outcome<unknown>> {
    return this.runWith(context, { method: 'run', args: (wire): WireRun => ({ context: wire, ...call }) }, (value) =>
      this.#outcome(call.method, value),
    );
  }

  /** Listens to a phone. */
  async watch(context: DriverContext, watcher: CallWatcher): Promise<Outcome> {
    const { askEveryMs, enough } = watcher;
    let id = 0;
    const tell = (): void => this.#options.host().note('enough', id);
    const args = (wire: WireContext): WireWatch => {
      id = wire.id;
      return { context: wire, askEveryMs };
    };
    const work = this.runWith(context, { method: 'watch', args, watcher }, (value) =>
      this.#outcome<undefined>('watch', value),
    );
    if (enough.aborted) tell();
    else enough.addEventListener('abort', tell, { once: true });
    try {
      return await work;
    } finally {
      enough.removeEventListener('abort', tell);
    }
  }

  /**
   * Has the worker do something with a context. A driver that throws, or is stopped, comes to UNKNOWN where the phone may
   * have acted, else to FAILED.
   * @throws what the context's transports threw, and the signal's reason
   */
  async runWith<Value>(
    context: DriverContext,
    work: {
      readonly method: string;
      readonly args: (wire: WireContext) => unknown;
      readonly watcher?: CallWatcher;
    },
    read: (value: unknown) => Outcome<Value>,
  ): Promise<Outcome<Value>> {
    const { signal } = context;
    const host = this.#options.host();
    this.#last += 1;
    const id = this.#last;
    const served = serveContext(context, {
      id,
      talk: async (conversation, reply) => void (await host.call('talk', { context: id, conversation, reply })),
    });
    this.#entries.set(id, { served, watcher: work.watcher ?? null });
    const over = Promise.withResolvers<void>();
    const late = Promise.withResolvers<never>();
    late.promise.catch(() => {});
    let patience: NodeJS.Timeout | undefined;
    const abort = (): void => {
      host.note('abort', id);
      over.resolve();
      patience = setTimeout(() => late.reject(new Aborted()), PATIENCE_MS).unref();
    };
    signal.addEventListener('abort', abort, { once: true });
    try {
      return read(await Promise.race([host.run(work.method, work.args(served.wire)), late.promise]));
    } catch (error) {
      if (error instanceof Aborted && signal.aborted) throw signal.reason;
      const isForCaller = TransportError.is(error) || (error instanceof Error && error.name === 'TimeoutError');
      if (isForCaller) throw error;
      this.#options.onFault(error);
      // What is on its way still comes to an end: the phone takes one request at a time.
      if (!signal.aborted) await Promise.race([served.settled(), over.promise]);
      const { message, retryable } = faultOf(error, this.#options.name());
      if (served.mayHaveActed()) return unknown(`${message} The phone may have acted.`);
      return failed({ code: 'DRIVER_FAILED', message, retryable });
    } finally {
      clearTimeout(patience);
      signal.removeEventListener('abort', abort);
      this.#entries.delete(id);
    }
  }

  #outcome<Value>(method: string, value: unknown): Outcome<Value> {
    return take(outcomeSchema(method), { name: this.#options.name(), method }, value);
  }
}
