import { ExternalLink } from 'lucide-react';
import { useState } from 'react';
import { useFloor } from '../live/hooks.ts';
import { GRAPHQL_PATH } from '../session/api.ts';
import { Select } from '../ui/Field.tsx';
import { examplesFor } from './examples.ts';
import { operationOf } from './operation-path.ts';

/** GraphiQL, with the key of this page and examples; links of other views bring their operation. */
export function ExplorerView({ operation = '' }: { readonly operation?: string | undefined }) {
  const { phones } = useFloor();
  const examples = examplesFor(phones[0]?.id ?? '');
  const [chosen, setChosen] = useState('');
  const given = operationOf(operation);
  const shown = examples.find(({ name }) => name === chosen) ?? given;
  const source =
    shown === null
      ? GRAPHQL_PATH
      : `${GRAPHQL_PATH}?${new URLSearchParams({ query: shown.query, variables: shown.variables })}`;
  return (
    <div className="flex h-full flex-col">
      <h1 className="sr-only">Explorer</h1>
      <div className="flex flex-wrap items-center gap-3 border-b border-line bg-panel px-4 py-2.5 md:px-5">
        <Select
          aria-label="Example"
          className="!w-auto min-w-0 max-sm:flex-1"
          value={chosen}
          onChange={(event) => setChosen(event.target.value)}
        >
          <option value="">{given === null ? 'Choose an example…' : 'From the page that you came from'}</option>
          {examples.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </Select>
        <p className="text-[13px] text-soft max-sm:hidden">
          Whatever this page does, it does by this API; your key is in it already.
        </p>
        <a
          href={source}
          target="_blank"
          rel="noreferrer"
          className="ml-auto inline-flex min-h-10 items-center gap-2 rounded-lg px-2 text-[13px] text-soft hover:text-ink"
        >
          <ExternalLink aria-hidden className="size-4" />
          <span className="max-sm:sr-only">In its own tab</span>
        </a>
      </div>
      <iframe key={source} title="GraphiQL" src={source} className="min-h-0 w-full flex-1 border-0 bg-panel" />
    </div>
  );
}
