import { useState } from 'react';
import { type FloorPhone, matches } from '../live/floor-phone.ts';
import { useFloor } from '../live/hooks.ts';
import { STATE_NAMES } from '../live/phone-state.ts';
import { TextInput } from '../ui/Field.tsx';
import { STATE_LOOKS } from '../ui/state-look.ts';
import { CALL_TYPE } from './CallCard.tsx';

interface ColleaguesProps {
  readonly ownId: string;
  readonly onDrop: (callId: string, to: string) => void;
  /** The same by click or keyboard. */
  readonly onChoose: (to: string) => void;
}

const SHOWN = 12;

/** To whom a call may be given, each as they are now. */
export function Colleagues({ ownId, onDrop, onChoose }: ColleaguesProps) {
  const { phones } = useFloor();
  const [search, setSearch] = useState('');
  const others = phones.filter((phone) => phone.id !== ownId && phone.number !== null && matches(phone, search));
  return (
    <div className="mt-4 border-t border-line pt-3">
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <h3 className="mr-auto text-[13px] font-medium">Drop a call on a colleague</h3>
        <TextInput
          type="search"
          aria-label="Search colleagues"
          placeholder="Search…"
          className="!min-h-8 max-w-40"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </div>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(10rem,1fr))] gap-1.5">
        {others.slice(0, SHOWN).map((phone) => (
          <Colleague key={phone.id} phone={phone} onDrop={onDrop} onChoose={onChoose} />
        ))}
      </ul>
      {others.length > SHOWN && (
        <p className="mt-2 text-xs text-soft">{others.length - SHOWN} more: search for them.</p>
      )}
    </div>
  );
}

interface ColleagueProps extends Pick<ColleaguesProps, 'onDrop' | 'onChoose'> {
  readonly phone: FloorPhone;
}

function Colleague({ phone, onDrop, onChoose }: ColleagueProps) {
  const [isOver, setOver] = useState(false);
  const number = phone.number ?? '';
  return (
    <li>
      <button
        type="button"
        onClick={() => onChoose(number)}
        onDragOver={(event) => {
          if (!event.dataTransfer.types.includes(CALL_TYPE)) return;
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          onDrop(event.dataTransfer.getData(CALL_TYPE), number);
        }}
        className={`flex min-h-9 w-full items-center gap-2 rounded-lg border px-2.5 text-left text-[13px] ${isOver ? 'border-brand bg-brand-wash' : 'border-line hover:bg-raised'}`}
      >
        <span aria-hidden className={`size-2.5 shrink-0 rounded-full ${STATE_LOOKS[phone.state].dot}`} />
        <span className="truncate">
          <span className="sr-only">Transfer to </span>
          {phone.name}
        </span>
        <span className="ml-auto text-soft tabular-nums">{number}</span>
        <span className="sr-only">, {STATE_NAMES[phone.state]}</span>
      </button>
    </li>
  );
}
