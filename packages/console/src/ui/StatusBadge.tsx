import { Check, CircleDashed, CircleHelp, Loader, X } from 'lucide-react';
import type { Command } from '../live/documents.ts';
import { type CommandTone, toneOf } from './command-words.ts';

const LOOKS: Readonly<Record<CommandTone, { readonly icon: typeof Check; readonly classes: string }>> = {
  busy: { icon: Loader, classes: 'bg-calm-wash text-calm' },
  accepted: { icon: CircleDashed, classes: 'bg-ring-wash text-ring' },
  good: { icon: Check, classes: 'bg-ok-wash text-ok' },
  bad: { icon: X, classes: 'bg-bad-wash text-bad' },
  unsure: { icon: CircleHelp, classes: 'bg-hold-wash text-hold' },
};

/** A command's status. */
export function StatusBadge({ command }: { readonly command: Pick<Command, 'status'> }) {
  const { icon: Icon, classes } = LOOKS[toneOf(command)];
  return (
    <span className={`inline-flex items-center gap-1 rounded-md px-1.5 py-0.5 text-[11px] font-semibold ${classes}`}>
      <Icon aria-hidden className="size-3" />
      {command.status}
    </span>
  );
}
