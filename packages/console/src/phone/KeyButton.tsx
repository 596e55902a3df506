import { type ReactNode, useRef } from 'react';
import { plainWords } from '../ui/names.ts';

/** A key was pressed; `holdMs` where it was held. */
export type OnPress = (key: string, holdMs: number | null) => void;

/** Shorter than this is a tap. */
const HOLD_FROM_MS = 400;
/** A key that somebody forgot to let go is let go for them. */
const LONGEST_MS = 10_000;
const SHIFT_HOLD_MS = 1_500;

interface KeyButtonProps {
  /** As in `PhoneKey`. */
  readonly name: string;
  /** Null: what stands on the key is its name. Left out: made of `name`. */
  readonly label?: string | null;
  readonly onPress: OnPress;
  /** This phone has no such key. */
  readonly absent?: boolean;
  readonly disabled?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
}

/**
 * A key of the phone. Held down, by pointer or by the space bar, it is held at the phone as long; with Shift, for a second
 * and a half.
 */
export function KeyButton({ name, label, onPress, absent, disabled, className = '', children }: KeyButtonProps) {
  const downAt = useRef<number | null>(null);
  const down = () => {
    downAt.current ??= performance.now();
  };
  if (absent) return <span aria-hidden className="min-h-9" />;
  return (
    <button
      type="button"
      aria-label={label === null ? undefined : (label ?? plainWords(name))}
      title={label === null ? undefined : (label ?? plainWords(name))}
      disabled={disabled}
      onPointerDown={down}
      onPointerLeave={() => {
        downAt.current = null;
      }}
      onKeyDown={({ key, repeat }) => {
        if (key === ' ' && !repeat) down();
      }}
      onClick={({ shiftKey }) => {
        const held = downAt.current === null ? 0 : performance.now() - downAt.current;
        downAt.current = null;
        const holdMs = shiftKey ? SHIFT_HOLD_MS : Math.min(Math.round(held), LONGEST_MS);
        onPress(name, holdMs < HOLD_FROM_MS ? null : holdMs);
      }}
      className={`grid min-h-9 touch-manipulation select-none place-items-center rounded-md border border-line bg-raised text-[13px] font-medium transition-transform hover:border-edge active:translate-y-px active:bg-brand-wash disabled:cursor-not-allowed disabled:opacity-60 ${className}`}
    >
      {children}
    </button>
  );
}
