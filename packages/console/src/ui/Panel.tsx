import { type ReactNode, useId } from 'react';

interface PanelProps {
  readonly title: string;
  /** Beside the title: counts, buttons, the link to the query. */
  readonly aside?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A titled part of a view. */
export function Panel({ title, aside, className = '', children }: PanelProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={`min-w-0 rounded-xl border border-line bg-panel ${className}`}>
      <header className="flex min-h-12 flex-wrap items-center gap-2 border-b border-line px-4 py-1.5">
        <h2 id={id} className="mr-auto text-sm font-semibold">
          {title}
        </h2>
        {aside}
      </header>
      <div className="p-4">{children}</div>
    </section>
  );
}

/** What stands where there is nothing (yet). */
export function Empty({ children }: { readonly children: ReactNode }) {
  return <p className="py-6 text-center text-sm text-soft">{children}</p>;
}

/** Something went wrong; `children` say what to do. */
export function Trouble({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <div role="alert" className="rounded-lg bg-bad-wash px-3 py-2 text-sm text-bad">
      <strong className="font-semibold">{title}</strong>
      {children !== undefined && <div className="mt-0.5">{children}</div>}
    </div>
  );
}
