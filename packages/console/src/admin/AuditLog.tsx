import { useState } from 'react';
import { useQuery } from 'urql';
import type { VariablesOf } from '../graphql/graphql.ts';
import { problemOf } from '../session/problems.ts';
import { Button } from '../ui/Button.tsx';
import { commandName } from '../ui/command-words.ts';
import { Select } from '../ui/Field.tsx';
import { clock } from '../ui/now.ts';
import { Empty, Panel, Trouble } from '../ui/Panel.tsx';
import { QueryLink } from '../ui/QueryLink.tsx';
import { AuditQuery, type AuditRow } from './documents.ts';

const PAGE = 50;

type Kind = 'all' | 'denied' | 'failed';

const FILTERS: Readonly<Record<Kind, VariablesOf<typeof AuditQuery>['filter']>> = {
  all: null,
  denied: { outcomes: ['DENIED'] },
  failed: { outcomes: ['FAILED'] },
};

const LOOKS: Readonly<Partial<Record<AuditRow['outcome'], string>>> = {
  DENIED: 'bg-bad-wash text-bad',
  FAILED: 'bg-bad-wash text-bad',
  DONE: 'bg-ok-wash text-ok',
  CONFIRMED: 'bg-ok-wash text-ok',
  UNKNOWN: 'bg-hold-wash text-hold',
};

/** Who did what, newest first; numbers as the key may see them. */
export function AuditLog() {
  const [first, setFirst] = useState(PAGE);
  const [kind, setKind] = useState<Kind>('all');
  const variables = { first, filter: FILTERS[kind] ?? null };
  const [{ data, error, fetching }, read] = useQuery({ query: AuditQuery, variables });
  const rows = data?.audit?.nodes ?? [];
  return (
    <Panel
      title="Audit"
      aside={
        <>
          <Select
            aria-label="Rows"
            className="!min-h-8 !w-auto"
            value={kind}
            onChange={({ target }) =>
              setKind(target.value === 'denied' || target.value === 'failed' ? target.value : 'all')
            }
          >
            <option value="all">All rows</option>
            <option value="denied">What was denied</option>
            <option value="failed">What failed</option>
          </Select>
          <Button small onClick={() => read({ requestPolicy: 'network-only' })} disabled={fetching}>
            Read again
          </Button>
          <QueryLink label="Audit" document={AuditQuery} variables={variables} />
        </>
      }
    >
      {error !== undefined && <Trouble title={problemOf(error).title}>{problemOf(error).advice}</Trouble>}
      {rows.length === 0 && error === undefined && <Empty>{fetching ? 'Reading the audit…' : 'Nothing here.'}</Empty>}
      <ol className="divide-y divide-line">
        {rows.map((row) => (
          <Row key={row.sequence} row={row} />
        ))}
      </ol>
      {data?.audit?.pageInfo.hasNextPage === true && (
        <Button small className="mt-3 w-full" onClick={() => setFirst(first + PAGE)}>
          Older ones
        </Button>
      )}
    </Panel>
  );
}

function Row({ row }: { readonly row: AuditRow }) {
  const { at, caller, action, phone, numbers, outcome, failureCode, rule } = row;
  const why = [failureCode, rule].filter(Boolean).join(', ');
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5 py-2 text-[13px] first:pt-0 sm:grid-cols-[9.5rem_6.5rem_minmax(0,1fr)_minmax(0,12rem)]">
      <time dateTime={at} className="text-soft tabular-nums">
        {clock(at)}
      </time>
      <span>
        <span
          className={`rounded-md px-1.5 py-0.5 text-[11px] font-semibold ${LOOKS[outcome] ?? 'bg-calm-wash text-calm'}`}
        >
          {outcome}
        </span>
      </span>
      <span className="col-span-2 min-w-0 break-words sm:col-span-1">
        <strong className="font-medium">{commandName(action)}</strong>
        {phone !== null && <span className="text-soft"> on {phone.name}</span>}
        {numbers.length > 0 && <span className="tabular-nums"> {numbers.join(', ')}</span>}
        {why !== '' && <span className="text-bad"> {why}</span>}
      </span>
      <span className="col-span-2 truncate text-xs text-soft sm:col-span-1 sm:text-right" title={caller.id}>
        {caller.name || caller.id || 'not known'}
      </span>
    </li>
  );
}
