import {
  ArrowDown,
  ArrowLeft,
  ArrowRight,
  ArrowUp,
  BookUser,
  Check,
  Headphones,
  Mail,
  Menu,
  MicOff,
  Pause,
  PhoneForwarded,
  Redo2,
  Speaker,
  Users,
  Volume1,
  Volume2,
  VolumeX,
  X,
} from 'lucide-react';
import { useQuery } from 'urql';
import type { FloorPhone } from '../live/floor-phone.ts';
import { useMay } from '../session/session.ts';
import { Display } from './Display.tsx';
import type { PhoneDetails } from './documents.ts';
import { FunctionKeys } from './FunctionKeys.tsx';
import { KeyButton, type OnPress } from './KeyButton.tsx';
import { Keypad } from './Keypad.tsx';
import { KeysQuery } from './keys.table.ts';
import { PressMutation } from './mutations.ts';
import { useRun } from './use-run.ts';

const FEATURE_KEYS = [
  ['MESSAGE', Mail],
  ['DND', VolumeX],
  ['DIRECTORY', BookUser],
  ['MENU', Menu],
  ['TRANSFER', PhoneForwarded],
  ['HOLD', Pause],
  ['CONFERENCE', Users],
  ['REDIAL', Redo2],
] as const;

const AUDIO_KEYS = [
  ['VOLUME_DOWN', Volume1],
  ['VOLUME_UP', Volume2],
  ['MUTE', MicOff],
  ['SPEAKER', Speaker],
  ['HEADSET', Headphones],
] as const;

/** The phone as it stands on the desk: display, keys of its model, lights. Every key can be pressed and held. */
export function PhoneDrawing({ phone, live }: { readonly phone: PhoneDetails; readonly live: FloorPhone | undefined }) {
  const run = useRun(phone.id);
  const mayPress = useMay('KEYS_PRESS');
  const [{ data: keys }] = useQuery({ query: KeysQuery, variables: { phoneId: phone.id } });
  const canPress = mayPress && phone.capabilities.some(({ capability }) => capability === 'PRESS_KEYS');
  const onPress: OnPress = (key, holdMs) =>
    void run(PressMutation, { command: { keys: [{ key, ...(holdMs === null ? {} : { holdMs }) }] } }, { quiet: true });
  const press = (name: keyof NonNullable<typeof keys>) => ({
    name,
    onPress,
    disabled: !canPress,
    absent: keys?.[name]?.failure?.code === 'INVALID_ARGUMENT',
  });
  const functionKeys = phone.driver?.models.find(({ model }) => model === phone.model)?.functionKeys ?? 0;
  return (
    <section
      aria-label={`${phone.name}, the phone`}
      className="mx-auto w-full max-w-md rounded-3xl border border-line bg-panel p-4 shadow-sm"
    >
      <Display phone={phone} live={live} />
      <div className="mt-3 grid grid-cols-4 gap-1.5">
        {(['SOFT_1', 'SOFT_2', 'SOFT_3', 'SOFT_4'] as const).map((name) => (
          <KeyButton key={name} {...press(name)}>
            <span aria-hidden className="h-1 w-6 rounded-full bg-edge" />
          </KeyButton>
        ))}
      </div>
      {functionKeys > 0 && (
        <FunctionKeys count={functionKeys} leds={phone.leds} onPress={onPress} disabled={!canPress} />
      )}
      <div className="mt-4 grid grid-cols-[1fr_auto] gap-4">
        <div className="grid grid-cols-4 gap-1.5">
          {FEATURE_KEYS.map(([name, Icon]) => (
            <KeyButton key={name} {...press(name)}>
              <Icon aria-hidden className="size-4" />
            </KeyButton>
          ))}
        </div>
        <div className="grid grid-cols-3 gap-1">
          <KeyButton {...press('CANCEL')} className="w-9 text-bad">
            <X aria-hidden className="size-4" />
          </KeyButton>
          <KeyButton {...press('UP')} className="w-9">
            <ArrowUp aria-hidden className="size-4" />
          </KeyButton>
          <span />
          <KeyButton {...press('LEFT')} className="w-9">
            <ArrowLeft aria-hidden className="size-4" />
          </KeyButton>
          <KeyButton {...press('OK')} className="w-9 text-ok">
            <Check aria-hidden className="size-4" />
          </KeyButton>
          <KeyButton {...press('RIGHT')} className="w-9">
            <ArrowRight aria-hidden className="size-4" />
          </KeyButton>
          <span />
          <KeyButton {...press('DOWN')} className="w-9">
            <ArrowDown aria-hidden className="size-4" />
          </KeyButton>
        </div>
      </div>
      <Keypad className="mt-4" onPress={onPress} disabled={!canPress} />
      <div className="mt-3 grid grid-cols-5 gap-1.5">
        {AUDIO_KEYS.map(([name, Icon]) => (
          <KeyButton key={name} {...press(name)}>
            <Icon aria-hidden className="size-4" />
          </KeyButton>
        ))}
      </div>
      <p className="mt-3 text-xs text-soft">
        {canPress
          ? 'Hold a key to hold it at the phone; Shift holds it for 1.5 seconds.'
          : mayPress
            ? 'This phone takes no keys from afar.'
            : 'Your key does not allow pressing keys.'}
      </p>
    </section>
  );
}
