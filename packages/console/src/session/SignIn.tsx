import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../ui/Button.tsx';
import { Field, TextInput } from '../ui/Field.tsx';

/** Asks for a key. */
export function SignIn({ reason, onKey }: { readonly reason: string | null; readonly onKey: (key: string) => void }) {
  const [key, setKey] = useState('');
  return (
    <main className="grid min-h-dvh place-items-center p-4">
      <form
        className="w-full max-w-md rounded-xl border border-line bg-panel p-6 shadow-sm sm:p-8"
        onSubmit={(event) => {
          event.preventDefault();
          if (key.trim() !== '') onKey(key.trim());
        }}
      >
        <img src="./favicon.svg" alt="" width="40" height="40" className="mb-5" />
        <h1 className="text-xl font-semibold tracking-tight">Hookswitch console</h1>
        <p className="mt-1 mb-6 text-sm text-soft">All desk phones of the office on one page.</p>
        {reason !== null && (
          <p role="alert" className="mb-4 rounded-lg bg-bad-wash px-3 py-2 text-sm text-bad">
            {reason}
          </p>
        )}
        <Field
          label="API key or JWT"
          hint="Kept in this tab until you close it. The gateway printed a key at its first start; `hookswitch keys create` makes more."
        >
          {(control) => (
            <TextInput
              {...control}
              type="password"
              name="key"
              autoComplete="off"
              spellCheck={false}
              required
              value={key}
              onChange={(event) => setKey(event.target.value)}
            />
          )}
        </Field>
        <Button type="submit" look="primary" className="mt-5 w-full">
          <KeyRound aria-hidden className="size-4" /> Sign in
        </Button>
      </form>
    </main>
  );
}
