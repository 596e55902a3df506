import { Search } from 'lucide-react';
import { ToggleGroup } from 'radix-ui';
import { FloorQuery } from '../live/documents.ts';
import type { FloorPhone } from '../live/floor-phone.ts';
import { PHONE_STATES, type PhoneState, STATE_NAMES } from '../live/phone-state.ts';
import { Select, TextInput } from '../ui/Field.tsx';
import { QueryLink } from '../ui/QueryLink.tsx';
import { STATE_LOOKS } from '../ui/state-look.ts';

interface FloorToolbarProps {
  /** Those that search and tag leave. */
  readonly phones: readonly FloorPhone[];
  readonly all: readonly FloorPhone[];
  readonly search: string;
  readonly setSearch: (search: string) => void;
  readonly state: PhoneState | null;
  readonly setState: (state: PhoneState | null) => void;
  readonly tag: string | null;
  readonly setTag: (tag: string | null) => void;
}

/** What the floor is narrowed by: words, a tag, a state with its count. */
export function FloorToolbar(props: FloorToolbarProps) {
  const { phones, all, search, setSearch, state, setState, tag, setTag } = props;
  const tags = [...new Set(all.flatMap((phone) => phone.tags))].sort();
  const counts = Map.groupBy(phones, (phone) => phone.state);
  const states = PHONE_STATES.filter((one) => counts.has(one) || one === state);
  return (
    <div className="flex flex-wrap items-center gap-2 border-b border-line bg-panel px-4 py-2.5 md:px-5">
      <div className="relative min-w-52 flex-1 sm:max-w-72">
        <Search aria-hidden className="pointer-events-none absolute top-3 left-3 size-4 text-soft" />
        <TextInput
          type="search"
          aria-label="Search phones"
          className="pl-9"
          placeholder="Name, number, model…"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </div>
      {tags.length > 0 && (
        <Select
          aria-label="Tag"
          className="!w-auto max-w-40"
          value={tag ?? ''}
          onChange={(event) => setTag(event.target.value || null)}
        >
          <option value="">All tags</option>
          {tags.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </Select>
      )}
      <ToggleGroup.Root
        type="single"
        aria-label="State"
        value={state ?? ''}
        onValueChange={(value) => setState(PHONE_STATES.find((one) => one === value) ?? null)}
        className="flex gap-1.5 max-sm:min-w-0 max-sm:flex-1 max-sm:basis-60 max-sm:overflow-x-auto max-sm:py-1 sm:flex-wrap"
      >
        {states.map((one) => (
          <ToggleGroup.Item
            key={one}
            value={one}
            className="inline-flex min-h-8 shrink-0 items-center gap-2 rounded-full border border-line px-3 text-[13px] hover:bg-raised data-[state=on]:border-brand data-[state=on]:bg-brand-wash"
          >
            <span aria-hidden className={`size-2.5 rounded-full ${STATE_LOOKS[one].dot}`} />
            {STATE_NAMES[one]}
            <span className="font-semibold tabular-nums">{counts.get(one)?.length ?? 0}</span>
          </ToggleGroup.Item>
        ))}
      </ToggleGroup.Root>
      <span className="ml-auto">
        <QueryLink label="Floor" document={FloorQuery} variables={{ first: 50, filter: search ? { search } : {} }} />
      </span>
    </div>
  );
}
