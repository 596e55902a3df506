import type { OperationResult, TypedDocumentNode } from '@urql/core';
import type { Api } from '../session/api.ts';
import { type Problem, problemOf } from '../session/problems.ts';
import { type Command, CommandSubscription } from './documents.ts';
import { follow } from './follow.ts';
import { Store } from './store.ts';

/** A word to the one at the page about what they did. */
export interface Notice {
  readonly id: number;
  /** Where it is about a command: its notice changes as the command does. */
  readonly commandId: string | null;
  readonly problem: Problem | null;
}

/** What the page gave to phones, and what became of it. */
export interface CommandsSnapshot {
  readonly commands: ReadonlyMap<string, Command>;
  readonly notices: readonly Notice[];
}

/** A mutation on a phone, whichever: its one field is a command. */
export type CommandMutation<Variables> = TypedDocumentNode<{ readonly command: Command | null }, Variables>;

const MOST_NOTICES = 4;

/** Gives commands and follows each until it is settled. */
export class CommandStore extends Store {
  readonly #api: Api;
  readonly #signal: AbortSignal;
  readonly #commands = new Map<string, Command>();
  #notices: readonly Notice[] = [];
  #count = 0;
  #snapshot: CommandsSnapshot = { commands: new Map(), notices: [] };

  constructor(api: Api, signal: AbortSignal) {
    super();
    this.#api = api;
    this.#signal = signal;
  }

  /** For `useSyncExternalStore`. */
  readonly snapshot = (): CommandsSnapshot => this.#snapshot;

  /**
   * Gives a command, once: its key keeps a second copy of the request from doing it again.
   * @param options `quiet`: nothing is said where it went well
   * @returns the command as the phone's first reply left it; null where the gateway took none
   */
  async run<Variables extends { idempotencyKey?: string | null }>(
    mutation: CommandMutation<Variables>,
    variables: Omit<Variables, 'idempotencyKey'>,
    { quiet = false }: { readonly quiet?: boolean } = {},
  ): Promise<Command | null> {
    const given = { ...variables, idempotencyKey: newKey() } as Variables;
    const { data, error }: OperationResult<{ readonly command: Command | null }> = await this.#api.http
      .mutation(mutation, given)
      .toPromise();
    const command = data?.command ?? null;
    if (command === null) {
      if (error !== undefined) this.tell({ commandId: null, problem: problemOf(error) });
      return null;
    }
    this.#commands.set(command.id, command);
    const wentWell = command.status !== 'FAILED' && command.status !== 'UNKNOWN';
    if (!(quiet && wentWell)) this.tell({ commandId: command.id, problem: null });
    this.changed();
    if (command.settledAt === null) this.#follow(command.id);
    return command;
  }

  /** Shows a notice. */
  tell(notice: Omit<Notice, 'id'>): void {
    this.#count += 1;
    this.#notices = [...this.#notices, { ...notice, id: this.#count }].slice(-MOST_NOTICES);
    this.changed();
  }

  /** Takes a notice away. */
  dismiss(id: number): void {
    this.#notices = this.#notices.filter((notice) => notice.id !== id);
    this.changed();
  }

  #follow(id: string): void {
    void follow(this.#api.socket, {
      document: CommandSubscription,
      variables: () => ({ id }),
      endsByItself: true,
      onData: ({ command }) => {
        this.#commands.set(id, command);
        this.changed();
      },
      signal: this.#signal,
    });
  }

  protected override beforeTold(): void {
    this.#snapshot = { commands: new Map(this.#commands), notices: this.#notices };
  }
}

/** `crypto.randomUUID` is there on https and localhost only. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `console-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
