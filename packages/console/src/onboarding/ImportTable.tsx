import { Link } from 'wouter';
import { Panel } from '../ui/Panel.tsx';
import type { RowState } from './import-rows.ts';
import type { CsvRow } from './read-csv.ts';

interface ImportTableProps {
  readonly rows: readonly CsvRow[];
  readonly states: ReadonlyMap<number, RowState>;
}

/** How far the import has come, and each row of it. */
export function ImportTable({ rows, states }: ImportTableProps) {
  const count = (kind: RowState['kind']) => rows.filter(({ line }) => states.get(line)?.kind === kind).length;
  const [added, failed] = [count('added'), count('failed')];
  return (
    <Panel title={`${added} of ${rows.length} added${failed > 0 ? `, ${failed} failed` : ''}`}>
      <progress aria-label="Import" max={rows.length} value={added + failed} className="h-2 w-full accent-brand" />
      <div className="mt-3 overflow-x-auto">
        <table className="w-full text-left text-[13px]">
          <thead className="text-xs text-soft">
            <tr>
              {['Line', 'Name', 'Address', 'Outcome'].map((name) => (
                <th key={name} scope="col" className="py-1 pr-4 font-medium">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {rows.map((row) => (
              <tr key={row.line}>
                <td className="py-1.5 pr-4 align-top text-soft tabular-nums">{row.line}</td>
                <th scope="row" className="py-1.5 pr-4 align-top font-medium">
                  {row.name || '–'}
                </th>
                <td className="py-1.5 pr-4 align-top">{row.input.address ?? row.input.sipUri ?? '–'}</td>
                <td className="py-1.5 align-top">
                  <Outcome row={row} state={states.get(row.line)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

function Outcome({ row, state }: { readonly row: CsvRow; readonly state: RowState | undefined }) {
  if (state === undefined) return row.fault === null ? <>Ready</> : <span className="text-bad">{row.fault}</span>;
  switch (state.kind) {
    case 'asking':
      return <>Asking the phone…</>;
    case 'added':
      return (
        <Link href={`/phones/${encodeURIComponent(state.phoneId)}`} className="text-ok underline">
          Added: {state.what || 'not asked yet'}
        </Link>
      );
    case 'failed':
      return <span className="text-bad">{state.message}</span>;
  }
}
