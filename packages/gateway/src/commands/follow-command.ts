import type { Command, Instant } from '../model.ts';
import type { PhoneStore } from '../store/ports.ts';
import type { ResolvedCommand } from './resolve-command.ts';

/** What follows from a command that the phone took: lights are kept as they were wished. */
export async function followCommand(
  { phones, now }: { readonly phones: PhoneStore; readonly now: () => Instant },
  command: Command,
  resolved: ResolvedCommand | null,
): Promise<void> {
  if (resolved?.name !== 'setLed' || (command.status !== 'ACCEPTED' && command.status !== 'CONFIRMED')) return;
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
