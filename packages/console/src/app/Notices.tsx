import { X } from 'lucide-react';
import { useEffect } from 'react';
import type { Notice } from '../live/command-store.ts';
import { useCommands } from '../live/hooks.ts';
import { useSession } from '../session/session.ts';
import { IconButton } from '../ui/Button.tsx';
import { commandName, needsLook, outcomeOf } from '../ui/command-words.ts';
import { StatusBadge } from '../ui/StatusBadge.tsx';

const LINGER_MS = 6_000;

/** What became of what was just done: a line each. What somebody should look at is said in full, and stays until it is put away. */
export function Notices() {
  const { notices } = useCommands();
  return (
    <section
      aria-label="Notices"
      aria-live="polite"
      className="pointer-events-none fixed top-14 right-3 z-40 flex w-80 max-w-[calc(100vw-1.5rem)] flex-col gap-1.5 md:top-auto md:bottom-3"
    >
      {notices.map((notice) => (
        <NoticeCard key={notice.id} notice={notice} />
      ))}
    </section>
  );
}

function NoticeCard({ notice: { id, commandId, problem } }: { readonly notice: Notice }) {
  const { commands } = useSession();
  const command = useCommands().commands.get(commandId ?? '');
  const isToSee = problem !== null || (command !== undefined && needsLook(command));
  const isDone = !isToSee && command !== undefined && command.settledAt !== null;
  useEffect(() => {
    if (!isDone) return;
    const timer = setTimeout(() => commands.dismiss(id), LINGER_MS);
    return () => clearTimeout(timer);
  }, [commands, id, isDone]);
  return (
    <div className="pointer-events-auto flex items-start gap-2 rounded-xl border border-line bg-panel py-1.5 pr-1.5 pl-3 text-[13px] shadow-lg">
      <div className="min-w-0 flex-1 py-1">
        {problem !== null && (
          <>
            <strong className="font-semibold text-bad">{problem.title}</strong>
            <p className="mt-0.5">{problem.advice}</p>
          </>
        )}
        {command !== undefined && (
          <>
            <p className="flex items-center gap-2">
              <strong className="shrink-0 font-semibold">{commandName(command.name)}</strong>
              <span className="truncate text-soft">{command.phone.name}</span>
              <StatusBadge command={command} />
            </p>
            <p className={isToSee ? 'mt-1' : 'sr-only'}>{outcomeOf(command)}</p>
          </>
        )}
      </div>
      <IconButton small label="Put away" className="!size-8 shrink-0" onClick={() => commands.dismiss(id)}>
        <X aria-hidden className="size-4" />
      </IconButton>
    </div>
  );
}
