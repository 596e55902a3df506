import { KeyButton, type OnPress } from './KeyButton.tsx';

const ROWS = [
  ['1', ''],
  ['2', 'ABC'],
  ['3', 'DEF'],
  ['4', 'GHI'],
  ['5', 'JKL'],
  ['6', 'MNO'],
  ['7', 'PQRS'],
  ['8', 'TUV'],
  ['9', 'WXYZ'],
  ['*', ''],
  ['0', '+'],
  ['#', ''],
] as const;

const SPOKEN: Readonly<Record<string, string>> = { '*': '* star', '#': '# hash' };

interface KeypadProps {
  readonly onPress: OnPress;
  readonly disabled?: boolean;
  readonly className?: string;
}

/** The twelve keys. */
export function Keypad({ onPress, disabled = false, className = '' }: KeypadProps) {
  return (
    <div className={`grid grid-cols-3 gap-1.5 ${className}`}>
      {ROWS.map(([digit, letters]) => (
        <KeyButton
          key={digit}
          name={digit}
          label={SPOKEN[digit] ?? null}
          onPress={onPress}
          disabled={disabled}
          className="min-h-11"
        >
          <span className="text-base leading-none font-semibold tabular-nums">{digit}</span>
          {letters !== '' && <span className="text-[10px] leading-none tracking-wider text-soft">{letters}</span>}
        </KeyButton>
      ))}
    </div>
  );
}
