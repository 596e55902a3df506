import {
  ArrowDown,
  ArrowLeft,
  ArrowRight,
  ArrowUp,
  BookUser,
  Check,
  Circle,
  Headphones,
  Mail,
  Menu,
  MicOff,
  Pause,
  Phone,
  PhoneForwarded,
  PhoneOff,
  Redo2,
  Speaker,
  Users,
  Volume1,
  Volume2,
  VolumeX,
  X,
} from 'lucide-react';
import type { FloorPhone } from '../live/floor-phone.ts';
import { useMay } from '../session/session.ts';
import { Display } from './Display.tsx';
import type { PhoneDetails } from './documents.ts';
import { FunctionKeys } from './FunctionKeys.tsx';
import { KeyButton, type OnPress } from './KeyButton.tsx';
import { Keypad } from './Keypad.tsx';
import { PressMutation } from './mutations.ts';
import { phoneKeys } from './phone-keys.ts';
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
  ['RECORD', Circle],
] as const;

const SOFT_KEYS = ['SOFT_1', 'SOFT_2', 'SOFT_3', 'SOFT_4'];

const HOOK_LOOKS: Readonly<Record<string, string>> = { OFF_HOOK: 'text-ok', ON_HOOK: 'text-bad' };

const AUDIO_KEYS = [
  ['OFF_HOOK', Phone],
  ['VOLUME_DOWN', Volume1],
  ['VOLUME_UP', Volume2],
  ['MUTE', MicOff],
  ['SPEAKER', Speaker],
  ['HEADSET', Headphones],
  ['ON_HOOK', PhoneOff],
] as const;

/** The phone as it stands on the desk: display, keys of its model, lights. Every key can be pressed and held. */
export function PhoneDrawing({ phone, live }: { readonly phone: PhoneDetails; readonly live: FloorPhone | undefined }) {
  const run = useRun(phone.id);
  const mayPress = useMay('KEYS_PRESS');
  const { has, functionKeys, memoryKeys } = phoneKeys(phone);
  const canPress = mayPress && phone.capabilities.some(({ capability }) => capability === 'PRESS_KEYS');
  const onPress: OnPress = (key, holdMs) =>
    void run(PressMutation, { command: { keys: [{ key, ...(holdMs === null ? {} : { holdMs }) }] } }, { quiet: true });
  const press = (name: string) => ({ name, onPress, disabled: !canPress, absent: !has(name) });
  const softKeys = SOFT_KEYS.filter(has);
  const featureKeys = FEATURE_KEYS.filter(([name]) => has(name));
  const audioKeys = AUDIO_KEYS.filter(([name]) => has(name));
  return (
    <section
      aria-label={`${phone.name}, the phone`}
      className="mx-auto w-full max-w-md rounded-3xl border border-line bg-panel p-4 shadow-sm"
    >
      <Display phone={phone} live={live} />
      {softKeys.length > 0 && (
        <div className="mt-3 flex gap-1.5">
          {softKeys.map((name) => (
            <KeyButton key={name} {...press(name)} className="flex-1">
              <span aria-hidden className="h-1 w-6 rounded-full bg-edge" />
            </KeyButton>
          ))}
        </div>
      )}
      {[functionKeys, memoryKeys].map(
        (names) =>
          names.length > 0 && (
            <FunctionKeys key={names[0]} names={names} leds={phone.leds} onPress={onPress} disabled={!canPress} />
          ),
      )}
      <div className="mt-4 grid grid-cols-[1fr_auto] gap-4">
        <div className="grid auto-rows-fr grid-cols-3 gap-1.5">
          {featureKeys.map(([name, Icon]) => (
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
      <div className="mt-3 flex gap-1.5">
        {audioKeys.map(([name, Icon]) => (
          <KeyButton key={name} {...press(name)} className={`flex-1 ${HOOK_LOOKS[name] ?? ''}`}>
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
