import { useCallback } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { problemOf } from '../session/problems.ts';
import { Empty, Panel, Trouble } from '../ui/Panel.tsx';
import { QueryLink } from '../ui/QueryLink.tsx';
import { StatusBadge } from '../ui/StatusBadge.tsx';
import { BatchQuery } from './documents.ts';
import { useCommandChanges } from './use-command-changes.ts';

/** What became of a command on each of many phones, until all are settled. */
export function Batch({ id }: { readonly id: string }) {
  const [{ data, error }, read] = useQuery({ query: BatchQuery, variables: { id } });
  const batch = data?.node?.__typename === 'CommandBatch' ? data.node : null;
  const again = useCallback(() => read({ requestPolicy: 'network-only' }), [read]);
  useCommandChanges(batch === null || batch.pending === 0 ? null : (batch.commands.nodes[0]?.name ?? null), again);
  const done = batch === null ? 0 : batch.total - batch.pending;
  return (
    <Panel
      title={batch === null ? 'Asking…' : `${done} of ${batch.total} settled`}
      aside={<QueryLink label="Batch" document={BatchQuery} variables={{ id }} />}
    >
      {error !== undefined && <Trouble title={problemOf(error).title}>{problemOf(error).advice}</Trouble>}
      {batch !== null && (
        <progress aria-label="Settled" className="mb-3 h-1.5 w-full accent-brand" value={done} max={batch.total} />
      )}
      {batch?.total === 0 && <Empty>No phone matched.</Empty>}
      <ul className="divide-y divide-line">
        {batch?.commands.nodes.map(({ id: commandId, status, failure, phone }) => (
          <li key={commandId} className="flex flex-wrap items-center gap-x-2 gap-y-1 py-2 text-[13px]">
            <StatusBadge command={{ status }} />
            <Link href={`/phones/${encodeURIComponent(phone.id)}`} className="font-medium hover:underline">
              {phone.name}
            </Link>
            {failure !== null && <span className="min-w-0 text-soft">{failure.message}</span>}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
