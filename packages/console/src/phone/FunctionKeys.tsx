import { useState } from 'react';
import { Button } from '../ui/Button.tsx';
import { plainWords } from '../ui/names.ts';
import type { PhoneDetails } from './documents.ts';
import { KeyButton, type OnPress } from './KeyButton.tsx';
import { lightClasses } from './lights.ts';

type Led = PhoneDetails['leds'][number];

interface FunctionKeysProps {
  /** `FUNCTION_1`, `MEMORY_1` and on. */
  readonly names: readonly string[];
  readonly leds: readonly Led[];
  readonly onPress: OnPress;
  readonly disabled: boolean;
}

const SHOWN = 12;

/** The programmable keys with their lights as the gateway wants them to be. */
export function FunctionKeys({ names, leds, onPress, disabled }: FunctionKeysProps) {
  const [showsAll, setShowsAll] = useState(false);
  const shown = showsAll ? names : names.slice(0, SHOWN);
  return (
    <div className="mt-3">
      <div className="grid grid-cols-3 gap-1.5">
        {shown.map((name, index) => {
          const short = `${name.startsWith('MEMORY') ? 'M' : 'P'}${index + 1}`;
          const led = leds.find(({ key }) => key === name);
          const light = led === undefined || led.light === 'OFF' ? 'off' : plainWords(led.light);
          return (
            <KeyButton
              key={name}
              name={name}
              label={`${led?.label ?? short}, ${plainWords(name.replace(/_\d+$/, '')).toLowerCase()} key ${index + 1}, light ${light}`}
              onPress={onPress}
              disabled={disabled}
            >
              <span className="flex w-full min-w-0 items-center gap-1.5 px-2">
                <span aria-hidden className={`h-1.5 w-4 shrink-0 rounded-full ${lightClasses(led)}`} />
                <span className="truncate text-[11px] font-normal text-soft">{led?.label ?? short}</span>
              </span>
            </KeyButton>
          );
        })}
      </div>
      {names.length > SHOWN && (
        <Button small look="ghost" className="mt-1 w-full" onClick={() => setShowsAll(!showsAll)}>
          {showsAll ? 'Fewer keys' : `All ${names.length} keys`}
        </Button>
      )}
    </div>
  );
}
