import { type FormEvent, useState } from 'react';
import { useMutation } from 'urql';
import { problemOf } from '../session/problems.ts';
import type { Scope } from '../session/session.ts';
import { Button } from '../ui/Button.tsx';
import { Checkbox, Field, TextInput } from '../ui/Field.tsx';
import { Panel, Trouble } from '../ui/Panel.tsx';
import { QueryLink } from '../ui/QueryLink.tsx';
import { CreateApiKeyMutation } from './documents.ts';
import { RIGHT_NAMES, RIGHTS } from './rights.table.ts';

const AT_FIRST: readonly Scope[] = ['PHONES_READ', 'EVENTS_READ'];

/** Makes a key. It is shown once, and never again. */
export function NewKey({ onMade }: { readonly onMade: () => void }) {
  const [{ fetching, error }, create] = useMutation(CreateApiKeyMutation);
  const [made, setMade] = useState<{ readonly name: string; readonly key: string } | null>(null);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const fields = new FormData(form);
    const tags = String(fields.get('tags') ?? '')
      .split(',')
      .map((tag) => tag.trim())
      .filter(Boolean);
    const day = String(fields.get('until') ?? '');
    const { data } = await create({
      name: String(fields.get('name') ?? ''),
      scopes: RIGHTS.filter((scope) => fields.has(scope)),
      tags: tags.length === 0 ? null : tags,
      maskNumbers: fields.has('mask'),
      expiresAt: day === '' ? null : new Date(`${day}T23:59:59`).toISOString(),
    });
    const result = data?.createApiKey;
    if (result === undefined || result === null) return;
    setMade({ name: result.apiKey.name, key: result.key });
    form.reset();
    onMade();
  };
  return (
    <Panel
      title="New key"
      aside={
        <QueryLink
          label="New key"
          document={CreateApiKeyMutation}
          variables={{ name: 'Wall board', scopes: [...AT_FIRST] }}
        />
      }
    >
      {made !== null && (
        <div role="status" className="mb-4 rounded-lg bg-ok-wash p-3 text-[13px]">
          <p>
            The key of <strong>{made.name}</strong>. Copy it now: it is shown only this once.
          </p>
          <code className="mt-2 block rounded bg-panel p-2 font-mono text-xs break-all select-all">{made.key}</code>
          <Button small className="mt-2" onClick={() => setMade(null)}>
            I have it
          </Button>
        </div>
      )}
      <form className="space-y-4" onSubmit={(event) => void submit(event)}>
        <Field label="Name" hint="Of the program or the person: it stands beside whatever they do.">
          {(control) => <TextInput {...control} name="name" required autoComplete="off" />}
        </Field>
        <fieldset>
          <legend className="mb-1 text-[13px] font-medium">Rights</legend>
          <div className="grid grid-cols-2 gap-x-3">
            {RIGHTS.map((scope) => (
              <Checkbox key={scope} name={scope} label={RIGHT_NAMES[scope]} defaultChecked={AT_FIRST.includes(scope)} />
            ))}
          </div>
        </fieldset>
        <Field label="Tags" hint="Only phones with one of these exist for it. Empty: all.">
          {(control) => <TextInput {...control} name="tags" autoComplete="off" />}
        </Field>
        <Field label="Last day" hint="Empty: until it is revoked.">
          {(control) => <TextInput {...control} name="until" type="date" />}
        </Field>
        <Checkbox name="mask" label="Sees no phone numbers" />
        {error !== undefined && <Trouble title={problemOf(error).title}>{problemOf(error).advice}</Trouble>}
        <Button type="submit" look="primary" className="w-full" disabled={fetching}>
          Make the key
        </Button>
      </form>
    </Panel>
  );
}
