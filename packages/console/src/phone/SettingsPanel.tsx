import { useState } from 'react';
import { useQuery } from 'urql';
import { problemOf } from '../session/problems.ts';
import { useMay } from '../session/session.ts';
import { Button } from '../ui/Button.tsx';
import { Field, TextInput } from '../ui/Field.tsx';
import { Empty, Panel, Trouble } from '../ui/Panel.tsx';
import { QueryLink } from '../ui/QueryLink.tsx';
import { type PhoneDetails, SettingsQuery } from './documents.ts';
import { WriteSettingsMutation } from './mutations.ts';
import { useRun } from './use-run.ts';

const SHOWN = 100;

/** The phone's settings by the vendor's names, read from the phone, and a way to write them. */
export function SettingsPanel({ phone }: { readonly phone: PhoneDetails }) {
  const run = useRun(phone.id);
  const may = useMay('SETTINGS_WRITE');
  const variables = { phoneId: phone.id };
  const [{ data, error, fetching }, read] = useQuery({ query: SettingsQuery, variables });
  const [search, setSearch] = useState('');
  const [name, setName] = useState('');
  const [value, setValue] = useState('');
  const again = () => read({ requestPolicy: 'network-only' });
  const told = data?.settings;
  const settings = told?.__typename === 'PhoneSettings' ? told.settings : [];
  const found = settings.filter((setting) =>
    `${setting.name} ${setting.value ?? ''}`.toLowerCase().includes(search.toLowerCase()),
  );
  return (
    <Panel title="Settings" aside={<QueryLink label="Settings" document={SettingsQuery} variables={variables} />}>
      {told !== null && told !== undefined && told.__typename !== 'PhoneSettings' && (
        <Trouble title="The phone tells no settings">{told.message}</Trouble>
      )}
      {error !== undefined && <Trouble title={problemOf(error).title}>{problemOf(error).advice}</Trouble>}
      {fetching && settings.length === 0 && <Empty>Reading the phone…</Empty>}
      {may && (
        <form
          className="mb-4 flex flex-wrap items-end gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            void run(WriteSettingsMutation, { command: { settings: [{ name, value }] } }).then(again);
          }}
        >
          <Field label="Setting" className="min-w-40 flex-1">
            {(control) => (
              <TextInput {...control} required value={name} onChange={(event) => setName(event.target.value)} />
            )}
          </Field>
          <Field label="New value" className="min-w-40 flex-1">
            {(control) => <TextInput {...control} value={value} onChange={(event) => setValue(event.target.value)} />}
          </Field>
          <Button type="submit" look="primary">
            Write
          </Button>
        </form>
      )}
      {settings.length > 0 && (
        <>
          <TextInput
            type="search"
            aria-label="Search settings"
            placeholder={`Search ${settings.length} settings…`}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
          {found.length === 0 && <Empty>No setting is like that.</Empty>}
          <ul className="mt-2 max-h-[34rem] divide-y divide-line overflow-y-auto">
            {found.slice(0, SHOWN).map((setting) => (
              <li key={setting.name}>
                <button
                  type="button"
                  className="flex min-h-8 w-full flex-wrap items-baseline gap-x-4 px-1 py-1.5 text-left text-xs hover:bg-raised"
                  onClick={() => {
                    setName(setting.name);
                    setValue(setting.value ?? '');
                  }}
                >
                  <span className="font-mono break-all">
                    <span className="sr-only">Change </span>
                    {setting.name}
                  </span>
                  <span className="ml-auto font-mono break-all text-soft">
                    {setting.value === '' ? 'empty' : (setting.value ?? '••• (secret)')}
                  </span>
                </button>
              </li>
            ))}
          </ul>
          {found.length > SHOWN && (
            <p className="mt-2 text-xs text-soft">{found.length - SHOWN} more: search for them.</p>
          )}
        </>
      )}
    </Panel>
  );
}
