import { useState } from 'react';
import { Button } from '../ui/Button.tsx';
import { Field, Select, TextInput } from '../ui/Field.tsx';
import { plainWords } from '../ui/names.ts';
import { Empty, Panel } from '../ui/Panel.tsx';
import { QueryLink } from '../ui/QueryLink.tsx';
import type { PhoneDetails } from './documents.ts';
import { COLORS, LIGHTS, lightClasses } from './lights.ts';
import { type LedCommand, LedMutation } from './mutations.ts';
import { phoneKeys } from './phone-keys.ts';
import { useRun } from './use-run.ts';

const AT_LEAST = Array.from({ length: 12 }, (_, index) => `FUNCTION_${index + 1}`);

/** Says what each light means; the driver knows how its vendor shows it. */
export function LightsPanel({ phone }: { readonly phone: PhoneDetails }) {
  const run = useRun(phone.id);
  const [key, setKey] = useState('FUNCTION_1');
  const [light, setLight] = useState<LedCommand['light']>('ON');
  const [color, setColor] = useState<LedCommand['color']>(null);
  const [label, setLabel] = useState('');
  const [target, setTarget] = useState('');
  const command: LedCommand = {
    key,
    light,
    ...(color == null ? {} : { color }),
    ...(label === '' ? {} : { label }),
    ...(target === '' ? {} : { onPress: { kind: 'DIAL' as const, target } }),
  };
  const { functionKeys } = phoneKeys(phone);
  // Of a model that nobody knows, the first dozen: the phone says itself which it has not.
  const names = functionKeys.length > 0 ? functionKeys : AT_LEAST;
  if (!phone.capabilities.some(({ capability }) => capability === 'LED')) {
    return (
      <Panel title="Lights">
        <Empty>The lights of this phone cannot be set from afar.</Empty>
      </Panel>
    );
  }
  return (
    <Panel
      title="Lights"
      aside={<QueryLink label="Lights" document={LedMutation} variables={{ phoneId: phone.id, command }} />}
    >
      <form
        className="grid gap-3 sm:grid-cols-2"
        onSubmit={(event) => {
          event.preventDefault();
          void run(LedMutation, { command });
        }}
      >
        <Field label="Key">
          {(control) => (
            <Select {...control} value={key} onChange={(event) => setKey(event.target.value)}>
              {names.map((name) => (
                <option key={name} value={name}>
                  {plainWords(name)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Light">
          {(control) => (
            <Select
              {...control}
              value={light}
              onChange={(event) => setLight(LIGHTS.find((one) => one === event.target.value) ?? 'ON')}
            >
              {LIGHTS.map((one) => (
                <option key={one} value={one}>
                  {plainWords(one)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Colour" hint="Where the model has more than one.">
          {(control) => (
            <Select
              {...control}
              value={color ?? ''}
              onChange={(event) => setColor(COLORS.find((one) => one === event.target.value) ?? null)}
            >
              <option value="">The phone’s own</option>
              {COLORS.map((one) => (
                <option key={one} value={one}>
                  {plainWords(one)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Label">
          {(control) => <TextInput {...control} value={label} onChange={(event) => setLabel(event.target.value)} />}
        </Field>
        <Field label="Dials when pressed" hint="Some vendors only.">
          {(control) => <TextInput {...control} value={target} onChange={(event) => setTarget(event.target.value)} />}
        </Field>
        <Button type="submit" look="primary" className="self-start sm:mt-6">
          Set the light
        </Button>
      </form>
      <LightsList phone={phone} onOff={(name) => void run(LedMutation, { command: { key: name, light: 'OFF' } })} />
    </Panel>
  );
}

interface LightsListProps {
  readonly phone: PhoneDetails;
  readonly onOff: (key: string) => void;
}

function LightsList({ phone, onOff }: LightsListProps) {
  const lit = phone.leds.filter(({ light }) => light !== 'OFF');
  if (lit.length === 0) return null;
  return (
    <ul className="mt-4 divide-y divide-line border-t border-line">
      {lit.map((led) => (
        <li key={led.key} className="flex items-center gap-3 py-1.5 text-[13px]">
          <span aria-hidden className={`h-2 w-6 rounded-full ${lightClasses(led)}`} />
          <span className="font-medium">{plainWords(led.key)}</span>
          <span className="text-soft">
            {plainWords(led.light)} {led.label}
          </span>
          <Button
            small
            look="ghost"
            className="ml-auto"
            aria-label={`Turn off ${plainWords(led.key)}`}
            onClick={() => onOff(led.key)}
          >
            Turn off
          </Button>
        </li>
      ))}
    </ul>
  );
}
