import type { ComponentProps } from 'react';

const LOOKS = {
  primary: 'bg-brand text-on-brand border-transparent hover:bg-brand-strong',
  plain: 'bg-panel text-ink border-line hover:bg-raised',
  ghost: 'bg-transparent text-ink border-transparent hover:bg-raised',
  good: 'bg-ok-wash text-ok border-transparent hover:border-current',
  danger: 'bg-bad-wash text-bad border-transparent hover:border-current',
} as const;

/** How a button looks. */
export type ButtonLook = keyof typeof LOOKS;

interface ButtonProps extends ComponentProps<'button'> {
  readonly look?: ButtonLook;
  /** Smaller, for rows of buttons. */
  readonly small?: boolean;
}

/** A button. `type` is `button` unless said. */
export function Button({ look = 'plain', small = false, className = '', ...props }: ButtonProps) {
  const size = small ? 'min-h-8 px-2.5 text-[13px]' : 'min-h-10 px-4 text-sm';
  return (
    <button
      type="button"
      className={`inline-flex items-center justify-center gap-2 rounded-lg border font-medium transition-colors disabled:cursor-not-allowed disabled:opacity-60 ${LOOKS[look]} ${size} ${className}`}
      {...props}
    />
  );
}

/** A square button with a picture; `label` says what it does. */
export function IconButton({ label, className = '', ...props }: ButtonProps & { readonly label: string }) {
  return <Button look="ghost" aria-label={label} title={label} className={`size-10 !px-0 ${className}`} {...props} />;
}
