import { RefreshCw } from 'lucide-react';
import { type MouseEvent, useEffect, useRef } from 'react';
import { useQuery } from 'urql';
import type { FloorPhone } from '../live/floor-phone.ts';
import { STATE_NAMES } from '../live/phone-state.ts';
import { IconButton } from '../ui/Button.tsx';
import { partyFull, plainWords } from '../ui/names.ts';
import { QueryLink } from '../ui/QueryLink.tsx';
import { type PhoneDetails, ScreenQuery } from './documents.ts';
import { TouchMutation } from './mutations.ts';
import { useCommandsOf, useRun } from './use-run.ts';

interface DisplayProps {
  readonly phone: PhoneDetails;
  readonly live: FloorPhone | undefined;
}

/** The phone's display: its own picture where it gives one, else what the gateway knows. */
export function Display({ phone, live }: DisplayProps) {
  const can = (name: string) => phone.capabilities.some(({ capability }) => capability === name);
  if (!can('SCREEN')) return <KnownState live={live} phone={phone} why="This model gives no picture of its display." />;
  return <Picture phone={phone} live={live} canTouch={can('TOUCH')} />;
}

function Picture({ phone, live, canTouch }: DisplayProps & { readonly canTouch: boolean }) {
  const run = useRun(phone.id);
  const variables = { phoneId: phone.id };
  const [{ data, error, fetching }, ask] = useQuery({ query: ScreenQuery, variables });
  const { version } = useCommandsOf(phone.id);
  const calls = live?.calls.map(({ id, state }) => `${id}${state}`).join();
  const seen = `${version} ${calls}`;
  // The display changes with what was pressed and with calls; asking all the time would keep the phone from its work.
  useEffect(() => {
    if (seen !== '') ask({ requestPolicy: 'network-only' });
  }, [seen, ask]);
  const screen = data?.screen;
  const image = useRef<HTMLImageElement>(null);
  const touch = ({ clientX, clientY, detail }: MouseEvent) => {
    if (image.current === null) return;
    const { naturalWidth, naturalHeight } = image.current;
    const box = image.current.getBoundingClientRect();
    // The picture is fitted into its box: it may have bars beside it or above it. A keyboard touches its middle.
    const scale = Math.min(box.width / naturalWidth, box.height / naturalHeight);
    const place = (at: number, size: number) => Math.round((detail === 0 ? 0 : at) / scale + size / 2);
    const xPx = place(clientX - box.left - box.width / 2, naturalWidth);
    const yPx = place(clientY - box.top - box.height / 2, naturalHeight);
    if (xPx < 0 || yPx < 0 || xPx >= naturalWidth || yPx >= naturalHeight) return;
    void run(TouchMutation, { command: { touches: [{ xPx, yPx }] } }, { quiet: true });
  };
  if (screen?.__typename !== 'PhoneScreen') {
    const why = screen?.message ?? error?.message ?? 'Asking the phone for its display…';
    return <KnownState phone={phone} live={live} why={why} onRetry={() => ask({ requestPolicy: 'network-only' })} />;
  }
  const picture = (
    <img
      ref={image}
      alt={`The display of ${phone.name} as it was just now`}
      src={`data:${screen.mediaType};base64,${screen.base64}`}
      className="max-h-52 w-full bg-black object-contain [image-rendering:pixelated]"
    />
  );
  return (
    <figure className="relative overflow-hidden rounded-xl border border-line bg-black">
      {canTouch ? (
        <button type="button" className="block w-full" onClick={touch}>
          {picture}
        </button>
      ) : (
        picture
      )}
      <figcaption className="flex items-center border-t border-line bg-panel pl-3 text-xs text-soft">
        <span className="mr-auto">The phone’s own picture{canTouch ? ': tap it to touch the display' : ''}</span>
        <QueryLink label="Display" document={ScreenQuery} variables={variables} />
        <IconButton
          small
          label="Read the display again"
          className="!size-8"
          disabled={fetching}
          onClick={() => ask({ requestPolicy: 'network-only' })}
        >
          <RefreshCw aria-hidden className="size-3.5" />
        </IconButton>
      </figcaption>
    </figure>
  );
}

function KnownState({
  phone,
  live,
  why,
  onRetry,
}: DisplayProps & { readonly why: string; readonly onRetry?: () => void }) {
  const [call] = live?.calls ?? [];
  return (
    <figure className="overflow-hidden rounded-xl border border-line">
      <div className="grid min-h-32 content-between bg-calm-wash p-4">
        <p className="flex justify-between text-xs text-soft">
          <span>{live?.number ?? ''}</span>
          <span>{live === undefined ? '' : STATE_NAMES[live.state]}</span>
        </p>
        <p className="text-center text-lg font-semibold">{call === undefined ? phone.name : partyFull(call.remote)}</p>
        <p className="text-center text-xs text-soft">
          {call === undefined ? `${phone.model ?? ''} ${phone.firmware ?? ''}` : plainWords(call.state)}
        </p>
      </div>
      <figcaption className="flex items-center gap-2 border-t border-line px-3 py-1.5 text-xs text-soft">
        <span className="mr-auto">Not the phone’s own picture: {why}</span>
        {onRetry !== undefined && (
          <IconButton small label="Read the display again" className="!size-8" onClick={onRetry}>
            <RefreshCw aria-hidden className="size-3.5" />
          </IconButton>
        )}
      </figcaption>
    </figure>
  );
}
