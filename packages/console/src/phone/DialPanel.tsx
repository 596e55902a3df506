import { Delete, Grid3x3, Phone } from 'lucide-react';
import { useState } from 'react';
import { useQuery } from 'urql';
import { Button, IconButton } from '../ui/Button.tsx';
import { Field, Select, TextInput } from '../ui/Field.tsx';
import { Panel } from '../ui/Panel.tsx';
import { QueryLink } from '../ui/QueryLink.tsx';
import { AccountsQuery, type PhoneDetails } from './documents.ts';
import { Keypad } from './Keypad.tsx';
import { DialMutation } from './mutations.ts';
import { useRun } from './use-run.ts';

/** Makes the phone call somebody, from the account that is chosen. */
export function DialPanel({ phone }: { readonly phone: PhoneDetails }) {
  const run = useRun(phone.id);
  const [to, setTo] = useState('');
  const [from, setFrom] = useState('');
  const [showsKeys, setShowsKeys] = useState(false);
  const [{ data }] = useQuery({ query: AccountsQuery, variables: { phoneId: phone.id } });
  const accounts = data?.phoneInfo?.__typename === 'PhoneInfo' ? data.phoneInfo.accounts : [];
  const command = { to: to.trim(), ...(from === '' ? {} : { from }) };
  return (
    <Panel
      title="Dial"
      aside={
        <QueryLink
          label="Dial"
          document={DialMutation}
          variables={{ phoneId: phone.id, command: { ...command, to: to || '300' } }}
        />
      }
    >
      <form
        className="flex flex-wrap items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (command.to !== '') void run(DialMutation, { command });
        }}
      >
        <Field label="Number or SIP URI" className="min-w-44 flex-1">
          {(control) => (
            <span className="relative block">
              <TextInput {...control} autoComplete="off" value={to} onChange={(event) => setTo(event.target.value)} />
              {to !== '' && (
                <IconButton
                  label="Delete the last digit"
                  className="!absolute top-0 right-0"
                  onClick={() => setTo(to.slice(0, -1))}
                >
                  <Delete aria-hidden className="size-4" />
                </IconButton>
              )}
            </span>
          )}
        </Field>
        <Field label="From" className="min-w-36">
          {(control) => (
            <Select {...control} value={from} onChange={(event) => setFrom(event.target.value)}>
              <option value="">The phone’s own choice</option>
              {accounts.map(({ account, label, displayName, user, host, registered }) => (
                <option key={account} value={`${user ?? ''}@${host ?? ''}`} disabled={user === null || host === null}>
                  {account}: {displayName || label || user || 'no name'}
                  {registered === false ? ' (not registered)' : ''}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <IconButton label="Keypad" aria-expanded={showsKeys} onClick={() => setShowsKeys(!showsKeys)}>
          <Grid3x3 aria-hidden className="size-4" />
        </IconButton>
        <Button type="submit" look="primary" disabled={command.to === ''}>
          <Phone aria-hidden className="size-4" /> Call
        </Button>
      </form>
      {showsKeys && <Keypad className="mt-3 max-w-60" onPress={(digit) => setTo(to + digit)} />}
    </Panel>
  );
}
