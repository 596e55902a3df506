import { type FormEvent, useState } from 'react';
import { useMutation, useQuery } from 'urql';
import { Link } from 'wouter';
import { problemOf } from '../session/problems.ts';
import { Button } from '../ui/Button.tsx';
import { Field, Select, TextInput } from '../ui/Field.tsx';
import { Trouble } from '../ui/Panel.tsx';
import { QueryLink } from '../ui/QueryLink.tsx';
import { type AddedPhone, type AddFailure, AddPhoneMutation, DriversQuery } from './documents.ts';
import { phoneInput } from './phone-input.ts';

/** Asks where the phone is and how to get in, and adds it. */
export function AddForm({ onAdded }: { readonly onAdded: (phone: AddedPhone) => void }) {
  const [{ data }] = useQuery({ query: DriversQuery });
  const [{ fetching, error }, add] = useMutation(AddPhoneMutation);
  const [failure, setFailure] = useState<AddFailure | null>(null);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = Object.fromEntries(
      [...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value)]),
    );
    setFailure(null);
    const { data } = await add({ input: phoneInput(fields) });
    if (data?.addPhone?.__typename === 'Phone') onAdded(data.addPhone);
    else setFailure(data?.addPhone ?? null);
  };
  return (
    <form className="grid gap-4 sm:grid-cols-2" onSubmit={(event) => void submit(event)}>
      <Field label="Name" hint="Of the desk or the person.">
        {(control) => <TextInput {...control} name="name" required autoComplete="off" />}
      </Field>
      <Field label="Address" hint="Of its web interface, e.g. 192.0.2.20 or https://192.0.2.20.">
        {(control) => <TextInput {...control} name="address" autoComplete="off" />}
      </Field>
      <Field label="User name" hint="Of the phone’s web interface.">
        {(control) => <TextInput {...control} name="username" autoComplete="off" />}
      </Field>
      <Field label="Password" hint="Sealed on disk; never shown again.">
        {(control) => <TextInput {...control} name="password" type="password" autoComplete="new-password" />}
      </Field>
      <details className="sm:col-span-2">
        <summary className="text-[13px] font-medium">What the gateway cannot find out by itself</summary>
        <div className="mt-3 grid gap-4 sm:grid-cols-2">
          <Field label="Vendor" hint="Left open, the gateway asks the device.">
            {(control) => (
              <Select {...control} name="vendor">
                <option value="">Find out</option>
                {data?.drivers.map(({ vendor, name }) => (
                  <option key={vendor} value={vendor}>
                    {name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label="Model">{(control) => <TextInput {...control} name="model" autoComplete="off" />}</Field>
          <Field label="SIP URI" hint="For phones reached by SIP, e.g. sip:101@192.0.2.20.">
            {(control) => <TextInput {...control} name="sipUri" autoComplete="off" />}
          </Field>
          <Field label="Tags" hint="Separated by commas.">
            {(control) => <TextInput {...control} name="tags" autoComplete="off" />}
          </Field>
        </div>
      </details>
      {failure !== null && (
        <div className="sm:col-span-2">
          <FailureAdvice failure={failure} />
        </div>
      )}
      {error !== undefined && (
        <div className="sm:col-span-2">
          <Trouble title={problemOf(error).title}>{problemOf(error).advice}</Trouble>
        </div>
      )}
      <div className="flex items-center gap-2 sm:col-span-2">
        <Button type="submit" look="primary" disabled={fetching}>
          {fetching ? 'Asking the phone…' : 'Find and add'}
        </Button>
        <QueryLink
          label="Add a phone"
          document={AddPhoneMutation}
          variables={{ input: { name: 'Reception', address: '192.0.2.20' } }}
        />
      </div>
    </form>
  );
}

function FailureAdvice({ failure }: { readonly failure: AddFailure }) {
  return (
    <Trouble title="The phone was not added">
      <p>{failure.message}</p>
      {failure.__typename === 'VendorUnidentified' && failure.candidates.length > 0 && (
        <p>It may be of {failure.candidates.map(({ name }) => name).join(' or ')}: choose the vendor and try again.</p>
      )}
      {failure.__typename === 'PhoneConflict' && (
        <p>
          <Link href={`/phones/${encodeURIComponent(failure.existing.id)}`} className="underline">
            Open {failure.existing.name}
          </Link>
        </p>
      )}
      {failure.__typename === 'ApprovalPending' && <p>Answer the question on the phone’s display, then try again.</p>}
    </Trouble>
  );
}
