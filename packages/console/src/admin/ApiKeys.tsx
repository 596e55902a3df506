import { useState } from 'react';
import { useMutation, useQuery } from 'urql';
import { problemOf } from '../session/problems.ts';
import { Button } from '../ui/Button.tsx';
import { clock, useNow } from '../ui/now.ts';
import { Empty, Panel, Trouble } from '../ui/Panel.tsx';
import { QueryLink } from '../ui/QueryLink.tsx';
import { type ApiKey, ApiKeysQuery, RevokeApiKeyMutation } from './documents.ts';
import { NewKey } from './NewKey.tsx';
import { RIGHT_NAMES } from './rights.table.ts';

/** Who may come in, and with what. */
export function ApiKeys() {
  const [{ data, error, fetching }, read] = useQuery({ query: ApiKeysQuery });
  const [{ error: revokeError }, revoke] = useMutation(RevokeApiKeyMutation);
  const again = () => read({ requestPolicy: 'network-only' });
  const problem = revokeError ?? error;
  const keys = data?.apiKeys?.toReversed() ?? [];
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <Panel title="API keys" aside={<QueryLink label="API keys" document={ApiKeysQuery} />}>
        {problem !== undefined && <Trouble title={problemOf(problem).title}>{problemOf(problem).advice}</Trouble>}
        {keys.length === 0 && <Empty>{fetching ? 'Reading the keys…' : 'No key has been made yet.'}</Empty>}
        <ul className="divide-y divide-line">
          {keys.map((key) => (
            <Row key={key.id} apiKey={key} onRevoke={() => void revoke({ id: key.id }).then(again)} />
          ))}
        </ul>
      </Panel>
      <NewKey onMade={again} />
    </div>
  );
}

function Row({ apiKey, onRevoke }: { readonly apiKey: ApiKey; readonly onRevoke: () => void }) {
  const { name, scopes, tags, masksNumbers, createdAt, expiresAt, revokedAt } = apiKey;
  const [isSure, setSure] = useState(false);
  const isOver = expiresAt !== null && Date.parse(expiresAt) <= useNow(false);
  const state = revokedAt !== null ? `revoked ${clock(revokedAt)}` : isOver ? 'expired' : null;
  const facts = [
    `made ${clock(createdAt)}`,
    state === null && expiresAt !== null && `until ${clock(expiresAt)}`,
    tags !== null && `phones of ${tags.join(', ')}`,
    masksNumbers && 'sees no numbers',
  ];
  return (
    <li aria-label={name} className="flex flex-wrap items-center gap-x-3 gap-y-2 py-3 first:pt-0 last:pb-0">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <strong className={`text-sm font-medium break-all ${state === null ? '' : 'text-soft line-through'}`}>
            {name}
          </strong>
          {state !== null && <span className="text-xs text-bad">{state}</span>}
        </p>
        <p className="mt-0.5 text-xs text-soft">{scopes.map((scope) => RIGHT_NAMES[scope]).join(' · ')}</p>
        <p className="text-xs text-soft">{facts.filter(Boolean).join(' · ')}</p>
      </div>
      {state === null && (
        <Button
          small
          look={isSure ? 'danger' : 'plain'}
          onClick={() => (isSure ? onRevoke() : setSure(true))}
          onBlur={() => setSure(false)}
        >
          {isSure ? 'Yes, end it now' : 'Revoke'}
        </Button>
      )}
    </li>
  );
}
