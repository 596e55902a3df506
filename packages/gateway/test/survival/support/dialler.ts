import type { Api, OfficePhone } from './office.ts';

/** What a client was told of a dial, once it was told anything. */
export interface ToldDial {
  readonly number: string;
  readonly commandId: string;
  readonly status: string;
  /** How often the client asked. */
  readonly asked: number;
}

const DIAL = `mutation ($id: ID!, $to: String!) {
  dial(phoneId: $id, command: { to: $to }, idempotencyKey: $to) { id status }
}`;

/** How a client goes on. */
export interface DiallerOptions {
  /** The numbers that it dials begin with it: nobody else dials them. */
  readonly prefix: string;
  /** Resolves when a gateway runs again. */
  readonly whenUp: () => Promise<void>;
  readonly isOver: () => boolean;
  readonly onTold: (dial: ToldDial) => void;
}

/**
 * Dials one number after the other, each under an idempotency key of its own: where no answer comes it asks again with the same key, as
 * often as it takes.
 */
export async function dialOn(
  api: Api,
  { id }: OfficePhone,
  { prefix, whenUp, isOver, onTold }: DiallerOptions,
): Promise<void> {
  for (let count = 0; !isOver(); count += 1) {
    const number = `${prefix}${count}`;
    for (let asked = 1; ; asked += 1) {
      await whenUp();
      const answer = await api.graphql(DIAL, { id, to: number }).catch((error: unknown) => error);
      // Only what the network lost is asked again: an answer of the gateway is one.
      if (answer instanceof TypeError || answer instanceof SyntaxError) continue;
      if (answer instanceof Error) throw answer;
      const { dial } = answer as { readonly dial: { readonly id: string; readonly status: string } };
      onTold({ number, commandId: dial.id, status: dial.status, asked });
      break;
    }
  }
}

/** A command as the gateway keeps it. */
export interface KeptCommand {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly settledAt: string | null;
  readonly arguments: { readonly to: string };
  readonly failure: { readonly code: string; readonly message: string } | null;
}

const COMMANDS = `query ($after: String) {
  commands(first: 200, after: $after) {
    nodes { id name status settledAt arguments failure { code message } }
    pageInfo { hasNextPage endCursor }
  }
}`;

/** All commands of that name that the gateway has kept. */
export async function keptCommands(api: Api, name: string): Promise<readonly KeptCommand[]> {
  const kept: KeptCommand[] = [];
  for (let after: string | null = null; ; ) {
    const { commands } = (await api.graphql(COMMANDS, { after })) as {
      commands: {
        nodes: readonly KeptCommand[];
        pageInfo: { hasNextPage: boolean; endCursor: string | null };
      };
    };
    kept.push(...commands.nodes);
    if (!commands.pageInfo.hasNextPage) return kept.filter((command) => command.name === name);
    after = commands.pageInfo.endCursor;
  }
}

/** Whether a dial was told as it was: not failed where the phone has dialled, not taken where it has not, never twice. */
export function faultOfDial(
  { status, settledAt, arguments: { to }, failure }: KeptCommand,
  times: number,
): string | null {
  const told = `${to}: ${status} ${failure?.code ?? ''}, dialled ${times} times`;
  if (times > 1 || settledAt === null) return told;
  if (status === 'FAILED') return times === 0 ? null : told;
  return status === 'UNKNOWN' || times === 1 ? null : told;
}
