import type { StreamState } from '../live/follow.ts';
import { useFloor } from '../live/hooks.ts';

const WORDS: Readonly<Record<StreamState, { readonly text: string; readonly dot: string }>> = {
  live: { text: 'Live', dot: 'bg-ok' },
  connecting: { text: 'Connecting…', dot: 'bg-ring animate-ring' },
  waiting: { text: 'Offline, trying again', dot: 'bg-bad animate-ring' },
  refused: { text: 'No live calls for this key', dot: 'bg-bad' },
};

/** Whether what the page shows is as it is now. */
export function Connection() {
  const { stream } = useFloor();
  const { text, dot } = WORDS[stream];
  return (
    <p role="status" className="flex items-center gap-2 px-2 text-[13px] text-soft">
      <span aria-hidden className={`size-2 shrink-0 rounded-full ${dot}`} />
      {text}
    </p>
  );
}
