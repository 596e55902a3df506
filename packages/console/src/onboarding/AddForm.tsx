import { type FormEvent, useRef, useState } from 'react';
import { useMutation, useQuery } from 'urql';
import { Link } from 'wouter';
import { problemOf } from '../session/problems.ts';
import { Button } from '../ui/Button.tsx';
import { Field, Select, TextInput } from '../ui/Field.tsx';
import { Trouble } from '../ui/Panel.tsx';
import { QueryLink } from '../ui/QueryLink.tsx';
import { Candidates } from './Candidates.tsx';
import { Discovered } from './Discovered.tsx';
import {
  type AddedPhone,
  type AddFailure,
  AddPhoneMutation,
  type DeviceCandidate,
  DriversQuery,
  IdentifyDeviceMutation,
  type UnknownDevice,
} from './documents.ts';
import { phoneInput } from './phone-input.ts';

type Fields = Readonly<Record<string, string>>;

/** Whose the device may be that the form names. */
interface Found {
  readonly candidates: readonly DeviceCandidate[];
  /** It made itself known: nothing that is typed but another address changes that. */
  readonly isDiscovered: boolean;
}

/** Asks where the phone is and how to get in, shows whose it may be, and adds it. */
export function AddForm({ onAdded }: { readonly onAdded: (phone: AddedPhone) => void }) {
  const [{ data }] = useQuery({ query: DriversQuery });
  const [{ fetching: isAdding, error: addError }, add] = useMutation(AddPhoneMutation);
  const [{ fetching: isAsking, error: askError }, identify] = useMutation(IdentifyDeviceMutation);
  const [failure, setFailure] = useState<AddFailure | null>(null);
  const [unasked, setUnasked] = useState<string | null>(null);
  const [found, setFound] = useState<Found | null>(null);
  const [vendor, setVendor] = useState('');
  const form = useRef<HTMLFormElement>(null);
  const error = addError ?? askError;
  const forget = () => {
    setFound(null);
    setUnasked(null);
    setFailure(null);
  };
  const addAs = async (fields: Fields, candidate: DeviceCandidate | null) => {
    setFailure(null);
    const typed = phoneInput(fields);
    const told = candidate === null ? {} : withoutNulls(candidate);
    const { data } = await add({ input: { ...told, ...typed } });
    if (data?.addPhone?.__typename === 'Phone') onAdded(data.addPhone);
    else setFailure(data?.addPhone ?? null);
  };
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = fieldsOf(event.currentTarget);
    forget();
    if (vendor !== '') return await addAs(fields, null);
    const { address, username, password } = phoneInput(fields);
    const { data } = await identify({
      input: { address: address ?? '', username: username ?? null, password: password ?? null },
    });
    const result = data?.identifyDevice;
    if (result?.__typename === 'DeviceIdentification') setFound({ candidates: result.candidates, isDiscovered: false });
    else if (result !== undefined && result !== null) setUnasked(adviceOn(result));
  };
  const choose = (device: UnknownDevice) => {
    if (form.current === null) return;
    forget();
    fill(form.current, { address: device.address, sipUri: device.sipUri ?? '' });
    setVendor('');
    setFound({ candidates: claimsOn(device), isDiscovered: true });
    form.current.querySelector<HTMLInputElement>('input[name=name]')?.focus();
  };
  const addChosen = (candidate: DeviceCandidate) => {
    if (form.current?.reportValidity() === true) void addAs(fieldsOf(form.current), candidate);
  };
  return (
    <>
      <Discovered onChoose={choose} />
      <form
        ref={form}
        className="grid gap-4 sm:grid-cols-2"
        onSubmit={(event) => void submit(event)}
        // What was found was found with other words than these.
        onChange={({ target }) => {
          const isAddress = target instanceof HTMLInputElement && target.name === 'address';
          if (found?.isDiscovered !== true || isAddress) forget();
        }}
      >
        <Field label="Name" hint="Of the desk or the person.">
          {(control) => <TextInput {...control} name="name" required autoComplete="off" />}
        </Field>
        <Field label="Address" hint="Of its web interface, e.g. 192.0.2.20 or https://192.0.2.20.">
          {(control) => <TextInput {...control} name="address" required={vendor === ''} autoComplete="off" />}
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
                <Select {...control} name="vendor" value={vendor} onChange={(event) => setVendor(event.target.value)}>
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
        {found !== null && (
          <div className="sm:col-span-2">
            <Candidates candidates={found.candidates} isAdding={isAdding} onChoose={addChosen} />
          </div>
        )}
        {unasked !== null && (
          <div className="sm:col-span-2">
            <Trouble title="The device could not be asked">{unasked}</Trouble>
          </div>
        )}
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
          <Button type="submit" look={found === null ? 'primary' : 'plain'} disabled={isAsking || isAdding}>
            {isAsking
              ? 'Asking the phone…'
              : vendor !== ''
                ? 'Add without asking'
                : found === null
                  ? 'Find the phone'
                  : 'Ask again'}
          </Button>
          <QueryLink
            label="Find a phone"
            document={IdentifyDeviceMutation}
            variables={{ input: { address: '192.0.2.20' } }}
          />
        </div>
      </form>
    </>
  );
}

/** What no driver claims is what the gateway makes of it otherwise. */
function claimsOn({
  candidates,
  explainMatch: { vendor, reason },
  ...told
}: UnknownDevice): readonly DeviceCandidate[] {
  if (candidates.length > 0 || vendor === null) return candidates;
  const { model, firmware, mac } = told;
  return [{ vendor, score: 0, reasons: [reason], model, firmware, mac }];
}

function fieldsOf(form: HTMLFormElement): Fields {
  return Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]));
}

/** Puts texts into the fields of those names. */
function fill(form: HTMLFormElement, values: Fields): void {
  for (const [name, value] of Object.entries(values)) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement) field.value = value;
  }
}

/** What a candidate tells of the phone, as `addPhone` takes it. */
function withoutNulls({ vendor, model, firmware, mac }: DeviceCandidate) {
  return {
    vendor,
    ...(model !== null && { model }),
    ...(firmware !== null && { firmware }),
    ...(mac !== null && { mac }),
  };
}

const ADVICE: Readonly<Partial<Record<string, string>>> = {
  PHONE_UNREACHABLE: 'See that the phone has power and network, and that the address is the one on its display.',
  PHONE_UNAUTHORIZED: 'Type the login of its web interface; several wrong ones lock some phones for minutes.',
  APPROVAL_PENDING: 'Answer the question on the phone’s display, then try again.',
  POLICY_DENIED: 'The gateway’s configuration says which addresses it may ask.',
};

function adviceOn({ code, message }: { readonly code: string; readonly message: string }): string {
  return [message, ADVICE[code]].filter(Boolean).join(' ');
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
