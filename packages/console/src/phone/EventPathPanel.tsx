import { Check, CircleAlert, Download, Info } from 'lucide-react';
import { useState } from 'react';
import { useQuery } from 'urql';
import type { ResultOf } from '../graphql/graphql.ts';
import type { Command } from '../live/documents.ts';
import { problemOf } from '../session/problems.ts';
import { Button } from '../ui/Button.tsx';
import { outcomeOf } from '../ui/command-words.ts';
import { downloadText } from '../ui/download.ts';
import { Empty, Panel, Trouble } from '../ui/Panel.tsx';
import { QueryLink } from '../ui/QueryLink.tsx';
import { EventPathQuery, type PhoneDetails } from './documents.ts';
import { Hops } from './Hops.tsx';
import { ConfigureActionUrlsMutation, VerifyEventPathMutation } from './mutations.ts';
import { useCommandsOf, useRun } from './use-run.ts';

const ICONS = { OK: Check, NOTICE: Info, PROBLEM: CircleAlert } as const;
const TONES = { OK: 'text-ok', NOTICE: 'text-ring', PROBLEM: 'text-bad' } as const;

/** How the phone's events come in, hop by hop, with a check that makes one travel. */
export function EventPathPanel({ phone }: { readonly phone: Pick<PhoneDetails, 'id' | 'name'> }) {
  const run = useRun(phone.id);
  const variables = { phoneId: phone.id };
  const [{ data, error, fetching }, read] = useQuery({ query: EventPathQuery, variables });
  const checked = useLatest(phone.id, 'verifyEventPath');
  const written = useLatest(phone.id, 'configureActionUrls');
  const again = () => read({ requestPolicy: 'network-only' });
  const findings = data?.diagnosis?.findings ?? [];
  return (
    <Panel title="Event path" aside={<QueryLink label="Event path" document={EventPathQuery} variables={variables} />}>
      <Hops check={checked} />
      {checked !== undefined && (
        <p role="status" className="mt-3 text-[13px]">
          {checked.status === 'CONFIRMED' ? 'The path works: an event came all the way.' : outcomeOf(checked)}
        </p>
      )}
      <div className="mt-4 flex flex-wrap gap-2">
        <Button small look="primary" onClick={() => void run(VerifyEventPathMutation, {}).then(again)}>
          Check the path
        </Button>
        <Button small onClick={() => void run(ConfigureActionUrlsMutation, {}).then(again)}>
          Write the action URLs to the phone
        </Button>
      </div>
      {written !== undefined && <p className="mt-2 text-xs text-soft">Action URLs: {outcomeOf(written)}</p>}
      {error !== undefined && <Trouble title={problemOf(error).title}>{problemOf(error).advice}</Trouble>}
      <h3 className="mt-5 mb-1 text-[13px] font-medium">What the gateway looked at</h3>
      {fetching && findings.length === 0 && <Empty>Asking the phone…</Empty>}
      <ul className="divide-y divide-line">
        {findings.map(({ code, severity, message, fix }) => {
          const Icon = ICONS[severity];
          return (
            <li key={`${code}${message}`} className="flex gap-2.5 py-2 text-[13px]">
              <Icon aria-label={severity} className={`mt-0.5 size-4 shrink-0 ${TONES[severity]}`} />
              <div className="min-w-0">
                <p className="break-words">{message}</p>
                {fix !== null && <p className="mt-0.5 break-words text-soft">{fix}</p>}
              </div>
            </li>
          );
        })}
      </ul>
      <ActionUrls data={data} name={phone.name} />
    </Panel>
  );
}

interface ActionUrlsProps {
  readonly name: string;
  readonly data: ResultOf<typeof EventPathQuery> | undefined;
}

function ActionUrls({ data, name }: ActionUrlsProps) {
  const [isShown, setShown] = useState(false);
  const urls = data?.phone?.actionUrls ?? [];
  const provisioning = data?.phone?.provisioning;
  if (urls.length === 0) return null;
  const text = urls.map(({ setting, url }) => `${setting}=${url}`).join('\n');
  return (
    <div className="mt-4 border-t border-line pt-3">
      <div className="flex flex-wrap gap-2">
        <Button small aria-expanded={isShown} onClick={() => setShown(!isShown)}>
          {isShown ? 'Hide' : 'Show'} the {urls.length} action URLs
        </Button>
        <Button small onClick={() => downloadText(`${name} action URLs.txt`, text, 'text/plain')}>
          <Download aria-hidden className="size-4" /> Action URLs
        </Button>
        {provisioning != null && (
          <Button
            small
            onClick={() =>
              downloadText(
                `${name} provisioning.${/xml/.test(provisioning.mediaType) ? 'xml' : 'cfg'}`,
                provisioning.text,
                provisioning.mediaType,
              )
            }
          >
            <Download aria-hidden className="size-4" /> Provisioning file
          </Button>
        )}
      </div>
      <p className="mt-2 text-xs text-soft">
        They hold a secret by which the gateway knows the phone: give them to nobody else.
      </p>
      {isShown && (
        <dl className="mt-2 space-y-1.5 text-xs">
          {urls.map(({ setting, url }) => (
            <div key={setting}>
              <dt className="font-mono font-medium">{setting}</dt>
              <dd className="font-mono break-all text-soft">{url}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}

function useLatest(phoneId: string, name: string): Command | undefined {
  return useCommandsOf(phoneId).commands.findLast((command) => command.name === name);
}
