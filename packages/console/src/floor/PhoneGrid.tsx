import { useVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef, useState } from 'react';
import type { FloorPhone } from '../live/floor-phone.ts';
import { PhoneCard } from './PhoneCard.tsx';

const CARD_HEIGHT = 96;
const GAP = 10;
const CARD_WIDTH = 248;

/** Cards in as many columns as there is room for. Only those in sight are there. */
export function PhoneGrid({ phones }: { readonly phones: readonly FloorPhone[] }) {
  const scroller = useRef<HTMLDivElement>(null);
  const columns = useColumns(scroller);
  const rows = Math.ceil(phones.length / columns);
  const virtualizer = useVirtualizer({
    count: rows,
    getScrollElement: () => scroller.current,
    estimateSize: () => CARD_HEIGHT + GAP,
    overscan: 4,
  });
  return (
    <section ref={scroller} aria-label="Phones" className="min-h-0 flex-1 overflow-y-auto p-4 md:p-5">
      <ul className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().flatMap((row) =>
          phones.slice(row.index * columns, (row.index + 1) * columns).map((phone, column) => (
            <li
              key={phone.id}
              aria-setsize={phones.length}
              aria-posinset={row.index * columns + column + 1}
              className="absolute"
              style={{
                top: row.start,
                height: CARD_HEIGHT,
                left: `calc((100% + ${GAP}px) / ${columns} * ${column})`,
                width: `calc((100% + ${GAP}px) / ${columns} - ${GAP}px)`,
              }}
            >
              <PhoneCard phone={phone} />
            </li>
          )),
        )}
      </ul>
    </section>
  );
}

function useColumns(element: React.RefObject<HTMLElement | null>): number {
  const [columns, setColumns] = useState(1);
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return;
    const observer = new ResizeObserver(([entry]) => {
      const width = entry?.contentRect.width ?? 0;
      setColumns(Math.max(1, Math.floor((width + GAP) / (CARD_WIDTH + GAP))));
    });
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
  return columns;
}
