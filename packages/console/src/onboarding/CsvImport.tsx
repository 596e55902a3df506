import { Download } from 'lucide-react';
import { useState } from 'react';
import { useSession } from '../session/session.ts';
import { Button } from '../ui/Button.tsx';
import { downloadText } from '../ui/download.ts';
import { Field } from '../ui/Field.tsx';
import { Panel, Trouble } from '../ui/Panel.tsx';
import { QueryLink } from '../ui/QueryLink.tsx';
import { AddPhoneMutation } from './documents.ts';
import { ImportTable } from './ImportTable.tsx';
import { importRows, type RowState } from './import-rows.ts';
import { COLUMNS } from './phone-input.ts';
import { CSV_TEMPLATE, type CsvFile, type CsvRow, readCsv } from './read-csv.ts';

const EXAMPLE = { name: 'Reception', address: '192.0.2.20' };

/** Many phones from a file: each row tells how it went. */
export function CsvImport() {
  const { api, floor } = useSession();
  const [file, setFile] = useState<CsvFile | null>(null);
  const [states, setStates] = useState<ReadonlyMap<number, RowState>>(new Map());
  const [isRunning, setRunning] = useState(false);
  const rows = file !== null && 'rows' in file ? file.rows : [];
  const good = rows.filter(({ fault }) => fault === null);
  // A row that is wrong in the file fails each time: the file has to be corrected.
  const failed = good.filter(({ line }) => states.get(line)?.kind === 'failed');
  const start = async (chosen: readonly CsvRow[]) => {
    setRunning(true);
    await importRows(api, chosen, (line, state) => setStates((before) => new Map(before).set(line, state)));
    setRunning(false);
    await floor.reload();
  };
  return (
    <div className="space-y-4">
      <Panel
        title="The file"
        aside={
          <>
            <Button small onClick={() => downloadText('phones.csv', CSV_TEMPLATE, 'text/csv')}>
              <Download aria-hidden className="size-4" /> Template
            </Button>
            <QueryLink label="CSV file" document={AddPhoneMutation} variables={{ input: EXAMPLE }} />
          </>
        }
      >
        <Field
          label="CSV file"
          hint={`The first line names the columns: ${COLUMNS.join(', ')}. Only the name, and an address or a SIP URI, are needed. The gateway is sent the phones in it, not the file.`}
        >
          {(control) => (
            <input
              {...control}
              type="file"
              accept=".csv,text/csv"
              disabled={isRunning}
              className="block w-full rounded-lg border border-edge p-2 text-sm file:mr-3 file:rounded-md file:border-0 file:bg-raised file:px-3 file:py-1.5 file:text-ink"
              onChange={(event) => {
                setStates(new Map());
                void event.target.files?.[0]?.text().then((text) => setFile(readCsv(text)));
              }}
            />
          )}
        </Field>
        {file !== null && 'fault' in file && (
          <div className="mt-3">
            <Trouble title="This file cannot be read">{file.fault}</Trouble>
          </div>
        )}
        {rows.length > 0 && (
          <div className="mt-4 flex flex-wrap gap-2">
            <Button
              look="primary"
              disabled={isRunning || states.size > 0 || good.length === 0}
              onClick={() => void start(rows)}
            >
              Add {good.length} {good.length === 1 ? 'phone' : 'phones'}
            </Button>
            {failed.length > 0 && !isRunning && (
              <Button onClick={() => void start(failed)}>Try the {failed.length} that failed again</Button>
            )}
          </div>
        )}
      </Panel>
      {rows.length > 0 && <ImportTable rows={rows} states={states} />}
    </div>
  );
}
