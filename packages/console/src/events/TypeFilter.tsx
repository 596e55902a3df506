import { ToggleGroup } from 'radix-ui';
import { EVENT_TYPES, type EventType } from './event-words.ts';

const TYPES = Object.keys(EVENT_TYPES).filter((type): type is EventType => type in EVENT_TYPES);

interface TypeFilterProps {
  /** None: all. */
  readonly types: readonly EventType[];
  readonly onChange: (types: readonly EventType[]) => void;
}

/** Which kinds of events are shown. */
export function TypeFilter({ types, onChange }: TypeFilterProps) {
  return (
    <ToggleGroup.Root
      type="multiple"
      aria-label="Kinds of events"
      value={[...types]}
      onValueChange={(values) => onChange(TYPES.filter((type) => values.includes(type)))}
      className="flex flex-wrap gap-1.5"
    >
      {TYPES.map((type) => (
        <ToggleGroup.Item
          key={type}
          value={type}
          className="min-h-8 rounded-full border border-line px-3 text-[13px] hover:bg-raised data-[state=on]:border-brand data-[state=on]:bg-brand-wash"
        >
          {EVENT_TYPES[type]}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
