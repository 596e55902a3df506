import { useMemo, useState } from 'react';
import { useQuery } from 'urql';
import type { Command } from '../live/documents.ts';
import { Button } from '../ui/Button.tsx';
import { commandName, outcomeOf } from '../ui/command-words.ts';
import { clock } from '../ui/now.ts';
import { Empty, Panel } from '../ui/Panel.tsx';
import { QueryLink } from '../ui/QueryLink.tsx';
import { StatusBadge } from '../ui/StatusBadge.tsx';
import { HistoryQuery, type PhoneDetails } from './documents.ts';
import { useLiveCommands } from './use-live-commands.ts';

const PAGE = 20;

/** What was asked of the phone, by whomever, and what became of it, as it changes. */
export function HistoryPanel({ phone }: { readonly phone: PhoneDetails }) {
  const [first, setFirst] = useState(PAGE);
  const variables = { phoneId: phone.id, first };
  const [{ data }] = useQuery({ query: HistoryQuery, variables });
  const live = useLiveCommands(phone.id);
  const commands = useMemo(() => {
    const byId = new Map<string, Command>((data?.commands.nodes ?? []).map((command) => [command.id, command]));
    for (const command of live.values()) byId.set(command.id, command);
    return [...byId.values()].sort((a, b) => b.requestedAt.localeCompare(a.requestedAt));
  }, [data, live]);
  return (
    <Panel title="Commands" aside={<QueryLink label="Commands" document={HistoryQuery} variables={variables} />}>
      {commands.length === 0 && <Empty>Nothing was asked of this phone yet.</Empty>}
      <ol className="divide-y divide-line">
        {commands.map((command) => (
          <Row key={command.id} command={command} />
        ))}
      </ol>
      {data?.commands.pageInfo.hasNextPage === true && (
        <Button small className="mt-3 w-full" onClick={() => setFirst(first + PAGE)}>
          Older ones
        </Button>
      )}
    </Panel>
  );
}

function Row({ command }: { readonly command: Command }) {
  // Ids tell people nothing, and would push out of the line what does: where a call went.
  const given = Object.entries(command.arguments).filter(([name, value]) => value !== null && !/^id$|Ids?$/.test(name));
  return (
    <li className="py-2 first:pt-0">
      <details>
        <summary className="flex min-h-6 flex-wrap items-center gap-x-2 gap-y-1 text-[13px]">
          <StatusBadge command={command} />
          <strong className="font-medium">{commandName(command.name)}</strong>
          <span className="max-w-52 truncate text-soft">{given.map(([, value]) => shortly(value)).join(', ')}</span>
          <time dateTime={command.requestedAt} className="ml-auto text-xs text-soft tabular-nums">
            {clock(command.requestedAt)}
          </time>
          {command.failure !== null && <span className="w-full text-xs text-soft">{command.failure.message}</span>}
        </summary>
        <dl className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-0.5 rounded-lg bg-raised p-2.5 text-xs">
          <Fact name="Outcome">{outcomeOf(command)}</Fact>
          <Fact name="By">{command.requestedBy}</Fact>
          <Fact name="Over">{command.transport}</Fact>
          {command.skippedTransports.map(({ transport, reason }) => (
            <Fact key={transport} name={`Not ${transport}`}>
              {reason}
            </Fact>
          ))}
          <Fact name="Sent">{command.sentAt === null ? null : clock(command.sentAt)}</Fact>
          <Fact name="Answered">{command.repliedAt === null ? null : clock(command.repliedAt)}</Fact>
          <Fact name="Settled">{command.settledAt === null ? 'not yet' : clock(command.settledAt)}</Fact>
          <Fact name="Failure">{command.failure?.code}</Fact>
        </dl>
      </details>
    </li>
  );
}

/** An argument in a line: lists by their length, objects by what stands in them. */
function shortly(value: unknown): string {
  if (Array.isArray(value)) return value.length === 1 ? shortly(value[0]) : `${value.length} of them`;
  if (typeof value === 'object' && value !== null) {
    const named = Object.entries(value).filter(([, one]) => one !== null);
    return named.map(([name, one]) => `${name} ${shortly(one)}`).join(', ');
  }
  return typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value);
}

function Fact({ name, children }: { readonly name: string; readonly children: string | null | undefined }) {
  if (children === null || children === undefined) return null;
  return (
    <>
      <dt className="text-soft">{name}</dt>
      <dd className="break-words">{children}</dd>
    </>
  );
}
