import { X } from 'lucide-react';
import { useEffect } from 'react';
import type { Notice } from '../live/command-store.ts';
import { useCommands } from '../live/hooks.ts';
import { useSession } from '../session/session.ts';
import { IconButton } from '../ui/Button.tsx';
import { commandName, outcomeOf } from '../ui/command-words.ts';
import { StatusBadge } from '../ui/StatusBadge.tsx';

const LINGER_MS = 6_000;

/** What became of what was just done. Failures stay until they are put away. */
export function Notices() {
  const { notices } = useCommands();
  return (
    <section
      aria-label="Notices"
      aria-live="polite"
      className="pointer-events-none fixed right-3 bottom-16 z-40 flex w-80 max-w-[calc(100vw-1.5rem)] flex-col gap-2 md:bottom-3"
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
  const isDone = problem === null && command?.failure === null && command.settledAt !== null;
  useEffect(() => {
    if (!isDone) return;
    const timer = setTimeout(() => commands.dismiss(id), LINGER_MS);
    return () => clearTimeout(timer);
  }, [commands, id, isDone]);
  return (
    <div className="pointer-events-auto flex items-start gap-2 rounded-xl border border-line bg-panel p-3 text-[13px] shadow-lg">
      <div className="min-w-0 flex-1">
        {problem !== null && (
          <>
            <strong className="font-semibold text-bad">{problem.title}</strong>
            <p className="mt-0.5">{problem.advice}</p>
          </>
        )}
        {command !== undefined && (
          <>
            <p className="flex flex-wrap items-center gap-2">
              <strong className="font-semibold">{commandName(command.name)}</strong>
              <span className="truncate text-soft">{command.phone.name}</span>
              <StatusBadge command={command} />
            </p>
            <p className="mt-1">{outcomeOf(command)}</p>
          </>
        )}
      </div>
      <IconButton small label="Put away" className="!size-8 shrink-0" onClick={() => commands.dismiss(id)}>
        <X aria-hidden className="size-4" />
      </IconButton>
    </div>
  );
}
