import { type ComponentProps, type ReactNode, useId } from 'react';

/** What ties a control to its label and hint. */
interface ControlProps {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
}

interface FieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly className?: string;
  /** The control: it spreads what it is given. */
  readonly children: (control: ControlProps) => ReactNode;
}

/** A control with its label above and a hint below. */
export function Field({ label, hint, className = '', children }: FieldProps) {
  const id = useId();
  const hintId = hint === undefined ? undefined : `${id}-hint`;
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block text-[13px] font-medium">
        {label}
      </label>
      {children({ id, 'aria-describedby': hintId })}
      {hint !== undefined && (
        <p id={hintId} className="mt-1 text-xs text-soft">
          {hint}
        </p>
      )}
    </div>
  );
}

const BOX =
  'w-full min-h-10 rounded-lg border border-edge bg-panel px-3 text-sm text-ink placeholder:text-soft disabled:opacity-60';

/** A line of text. */
export function TextInput({ className = '', ...props }: ComponentProps<'input'>) {
  return <input className={`${BOX} ${className}`} {...props} />;
}

/** Lines of text. */
export function TextArea({ className = '', ...props }: ComponentProps<'textarea'>) {
  return <textarea className={`${BOX} py-2 ${className}`} {...props} />;
}

/** One of a few. The browser's own: it works with every keyboard and reader. */
export function Select({ className = '', ...props }: ComponentProps<'select'>) {
  return <select className={`${BOX} ${className}`} {...props} />;
}

/** Yes or no. */
export function Checkbox({ label, ...props }: ComponentProps<'input'> & { readonly label: string }) {
  return (
    <label className="inline-flex min-h-8 items-center gap-2 text-sm">
      <input type="checkbox" className="size-4 accent-brand" {...props} />
      {label}
    </label>
  );
}
