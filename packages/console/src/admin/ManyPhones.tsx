import { type FormEvent, useMemo, useState } from 'react';
import { useMutation } from 'urql';
import { useFloor } from '../live/hooks.ts';
import { problemOf } from '../session/problems.ts';
import { Button } from '../ui/Button.tsx';
import { Field, Select, TextInput } from '../ui/Field.tsx';
import { vendorName } from '../ui/names.ts';
import { Empty, Panel, Trouble } from '../ui/Panel.tsx';
import { QueryLink } from '../ui/QueryLink.tsx';
import { Batch } from './Batch.tsx';
import { RunOnPhonesMutation } from './documents.ts';
import { MANY } from './many.table.ts';

/** The same command on every phone of a tag or a vendor. */
export function ManyPhones() {
  const { phones } = useFloor();
  const [{ fetching, error }, run] = useMutation(RunOnPhonesMutation);
  const [kind, setKind] = useState('message');
  const [whose, setWhose] = useState('');
  const [text, setText] = useState('');
  const [isSure, setSure] = useState(false);
  const [batchId, setBatchId] = useState<string | null>(null);
  const groups = useMemo(() => groupsOf(phones), [phones]);
  const group = groups.find(({ id }) => id === whose);
  const what = MANY[kind];
  const variables = what && { filter: group?.filter ?? { tags: ['office'] }, command: what.command(text) };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (variables === undefined || group === undefined) return;
    if (!isSure) return setSure(true);
    setSure(false);
    const { data } = await run(variables);
    setBatchId(data?.runOnPhones?.id ?? null);
  };
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[22rem_minmax(0,1fr)]">
      <Panel
        title="Many phones at once"
        aside={variables && <QueryLink label="Many phones" document={RunOnPhonesMutation} variables={variables} />}
      >
        <form className="space-y-4" onSubmit={(event) => void submit(event)} onChange={() => setSure(false)}>
          <Field label="Which phones">
            {(control) => (
              <Select {...control} required value={whose} onChange={({ target }) => setWhose(target.value)}>
                <option value="">Choose…</option>
                {groups.map(({ id, name, count }) => (
                  <option key={id} value={id}>
                    {name} ({count})
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label="What they do">
            {(control) => (
              <Select {...control} value={kind} onChange={({ target }) => setKind(target.value)}>
                {Object.entries(MANY).map(([id, { name }]) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          {what?.text !== undefined && (
            <Field label={what.text}>
              {(control) => (
                <TextInput {...control} required value={text} onChange={({ target }) => setText(target.value)} />
              )}
            </Field>
          )}
          {error !== undefined && <Trouble title={problemOf(error).title}>{problemOf(error).advice}</Trouble>}
          <Button type="submit" look={isSure ? 'danger' : 'primary'} className="w-full" disabled={fetching}>
            {isSure ? `Yes, on ${group?.count ?? 0} phones` : 'Run'}
          </Button>
        </form>
      </Panel>
      {batchId === null ? (
        <Panel title="What became of it">
          <Empty>Choose phones and what they do; each tells here how it went.</Empty>
        </Panel>
      ) : (
        <Batch key={batchId} id={batchId} />
      )}
    </div>
  );
}

function groupsOf(phones: readonly { readonly vendor: string; readonly tags: readonly string[] }[]) {
  const of = (words: readonly string[], kind: 'tags' | 'vendors') =>
    [...Map.groupBy(words, (word) => word)].map(([word, all]) => ({
      id: `${kind} ${word}`,
      name: kind === 'tags' ? `Tag ${word}` : `All of ${vendorName(word)}`,
      count: all.length,
      filter: { [kind]: [word] },
    }));
  return [
    ...of(phones.flatMap(({ tags }) => tags).sort(), 'tags'),
    ...of(phones.map(({ vendor }) => vendor).sort(), 'vendors'),
  ];
}
