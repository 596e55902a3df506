import { Check } from 'lucide-react';
import type { ReactNode } from 'react';

interface StepProps {
  readonly number: number;
  readonly title: string;
  readonly state: 'done' | 'now' | 'later';
  readonly children?: ReactNode;
}

/** A step of a way through. */
export function Step({ number, title, state, children }: StepProps) {
  const mark =
    state === 'done' ? 'bg-ok-wash text-ok' : state === 'now' ? 'bg-brand text-on-brand' : 'bg-calm-wash text-calm';
  return (
    <li
      aria-current={state === 'now' ? 'step' : undefined}
      className={`rounded-xl border border-line ${state === 'later' ? 'bg-transparent' : 'bg-panel'}`}
    >
      <h2 className="flex items-center gap-3 px-4 py-3 text-sm font-semibold">
        <span aria-hidden className={`grid size-6 place-items-center rounded-full text-xs ${mark}`}>
          {state === 'done' ? <Check className="size-3.5" /> : number}
        </span>
        {title}
        {state === 'done' && <span className="sr-only">, done</span>}
      </h2>
      {children !== undefined && state !== 'later' && <div className="border-t border-line p-4">{children}</div>}
    </li>
  );
}
