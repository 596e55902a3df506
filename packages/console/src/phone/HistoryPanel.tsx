import { useEffect, useMemo, useState } from 'react';
import { useQuery } from 'urql';
import type { Command } from '../live/documents.ts';
import { Button } from '../ui/Button.tsx';
import { commandName, outcomeOf } from '../ui/command-words.ts';
import { clock } from '../ui/now.ts';
import { Empty, Panel } from '../ui/Panel.tsx';
import { QueryLink } from '../ui/QueryLink.tsx';
import { StatusBadge } from '../ui/StatusBadge.tsx';
import { HistoryQuery, type PhoneDetails } from './documents.ts';
import { useCommandsOf } from './use-run.ts';

const PAGE = 20;
/** What others ask of this phone is told by no subscription. */
const OTHERS_EVERY_MS = 8_000;

/** What was asked of the phone and what became of it; this page's own commands change as they do. */
export function HistoryPanel({ phone }: { readonly phone: PhoneDetails }) {
  const [first, setFirst] = useState(PAGE);
  const variables = { phoneId: phone.id, first };
  const [{ data }, read] = useQuery({ query: HistoryQuery, variables });
  const { commands: own } = useCommandsOf(phone.id);
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') read({ requestPolicy: 'network-only' });
    }, OTHERS_EVERY_MS);
    return () => clearInterval(timer);
  }, [read]);
  const commands = useMemo(() => {
    const byId = new Map<string, Command>((data?.commands.nodes ?? []).map((command) => [command.id, command]));
    for (const command of own) {
      const read = byId.get(command.id);
      if (read === undefined || read.settledAt === null) byId.set(command.id, command);
    }
    return [...byId.values()].sort((a, b) => b.requestedAt.localeCompare(a.requestedAt));
  }, [data, own]);
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
  const given = Object.entries(command.arguments).filter(([, value]) => value !== null);
  return (
    <li className="py-2 first:pt-0">
      <details>
        <summary className="flex flex-wrap items-center gap-x-2 gap-y-1 text-[13px]">
          <StatusBadge command={command} />
          <strong className="font-medium">{commandName(command.name)}</strong>
          <span className="max-w-52 truncate text-soft">
            {given.map(([, value]) => JSON.stringify(value)).join(' ')}
          </span>
          <time dateTime={command.requestedAt} className="ml-auto text-xs text-soft tabular-nums">
            {clock(command.requestedAt)}
          </time>
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

function Fact({ name, children }: { readonly name: string; readonly children: string | null | undefined }) {
  if (children === null || children === undefined) return null;
  return (
    <>
      <dt className="text-soft">{name}</dt>
      <dd className="break-words">{children}</dd>
    </>
  );
}
