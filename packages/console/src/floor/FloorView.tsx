import { useDeferredValue, useMemo, useState } from 'react';
import { matches } from '../live/floor-phone.ts';
import { useFloor } from '../live/hooks.ts';
import type { PhoneState } from '../live/phone-state.ts';
import { Empty, Trouble } from '../ui/Panel.tsx';
import { FloorToolbar } from './FloorToolbar.tsx';
import { PhoneGrid } from './PhoneGrid.tsx';

/** All phones with their live state. */
export function FloorView() {
  const { phones, isLoaded, problem } = useFloor();
  const [search, setSearch] = useState('');
  const [state, setState] = useState<PhoneState | null>(null);
  const [tag, setTag] = useState<string | null>(null);
  const sought = useDeferredValue(search);
  const found = useMemo(
    () => phones.filter((phone) => (tag === null || phone.tags.includes(tag)) && matches(phone, sought)),
    [phones, tag, sought],
  );
  const shown = useMemo(
    () => (state === null ? found : found.filter((phone) => phone.state === state)),
    [found, state],
  );
  return (
    <div className="flex h-full flex-col">
      <h1 className="sr-only">Floor</h1>
      <FloorToolbar phones={found} all={phones} {...{ search, setSearch, state, setState, tag, setTag }} />
      {problem !== null && (
        <div className="px-4 pt-3 md:px-5">
          <Trouble title={problem.title}>{problem.advice}</Trouble>
        </div>
      )}
      {isLoaded && phones.length === 0 && <Empty>No phone yet. “Add phones” takes the first.</Empty>}
      {isLoaded && phones.length > 0 && shown.length === 0 && <Empty>No phone is like that. Take a filter away.</Empty>}
      {!isLoaded && problem === null && phones.length === 0 && <Empty>Reading the phones…</Empty>}
      <PhoneGrid phones={shown} />
    </div>
  );
}
