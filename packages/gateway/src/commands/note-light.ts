import type { Command, Instant } from '../model.ts';
import type { PhoneStore } from '../store/ports.ts';
import type { ResolvedCommand } from './resolve-command.ts';

/** Keeps how a light was wished, where the phone took the command; of other commands there is nothing to keep. */
export async function noteLight(
  { phones, now }: { readonly phones: PhoneStore; readonly now: () => Instant },
  command: Command,
  resolved: ResolvedCommand,
): Promise<void> {
  if (resolved.name !== 'setLed' || (command.status !== 'ACCEPTED' && command.status !== 'CONFIRMED')) return;
  const { key, light, color, label, onPress } = resolved.command;
  await phones.putLed(command.phoneId, {
    key,
    light,
    color: color ?? null,
    label: label ?? null,
    onPress: onPress ?? null,
    appliedAt: command.repliedAt ?? now(),
  });
}
