import { useDeferredValue, useState } from 'react';
import { useQuery } from 'urql';
import { useFloor } from '../live/hooks.ts';
import { Button } from '../ui/Button.tsx';
import { Checkbox, Field, TextArea, TextInput } from '../ui/Field.tsx';
import { plainWords, vendorName } from '../ui/names.ts';
import { Panel } from '../ui/Panel.tsx';
import { QueryLink } from '../ui/QueryLink.tsx';
import { ExplainQuery, type PhoneDetails } from './documents.ts';
import { MessageMutation } from './mutations.ts';
import { shownXml } from './shown-xml.ts';
import { useRun } from './use-run.ts';

interface Message {
  readonly title: string;
  readonly text: string;
  readonly timeoutSeconds?: number;
  readonly beep: boolean;
}

/** Writes on the display, and shows what each vendor's phones here would be sent, without sending it. */
export function MessagePanel({ phone }: { readonly phone: PhoneDetails }) {
  const run = useRun(phone.id);
  const { phones } = useFloor();
  const [title, setTitle] = useState('Reception');
  const [text, setText] = useState('Your visitor is here.');
  const [seconds, setSeconds] = useState('20');
  const [beep, setBeep] = useState(false);
  const command: Message = { title, text, beep, ...(Number(seconds) > 0 ? { timeoutSeconds: Number(seconds) } : {}) };
  const other = phones.find(({ vendor, model }) => vendor !== phone.vendor && model !== null);
  return (
    <Panel
      title="Message"
      aside={<QueryLink label="Message" document={MessageMutation} variables={{ phoneId: phone.id, command }} />}
    >
      <form
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          void run(MessageMutation, { command });
        }}
      >
        <Field label="Title">
          {(control) => (
            <TextInput {...control} required value={title} onChange={(event) => setTitle(event.target.value)} />
          )}
        </Field>
        <Field label="Text">
          {(control) => (
            <TextArea {...control} required rows={3} value={text} onChange={(event) => setText(event.target.value)} />
          )}
        </Field>
        <div className="flex flex-wrap items-end gap-4">
          <Field label="Goes away after" hint="Seconds; empty: stays." className="w-36">
            {(control) => (
              <TextInput
                {...control}
                inputMode="numeric"
                value={seconds}
                onChange={(event) => setSeconds(event.target.value)}
              />
            )}
          </Field>
          <Checkbox label="Beep" checked={beep} onChange={(event) => setBeep(event.target.checked)} />
          <Button type="submit" look="primary" className="ml-auto">
            Show it
          </Button>
        </div>
      </form>
      <h3 className="mt-5 mb-2 text-[13px] font-medium">What is sent</h3>
      <div className="space-y-3">
        <Preview phoneId={phone.id} name={`${vendorName(phone.vendor)} (${phone.name})`} command={command} />
        {other !== undefined && (
          <Preview phoneId={other.id} name={`${vendorName(other.vendor)} (${other.name})`} command={command} />
        )}
      </div>
      {other === undefined && (
        <p className="mt-2 text-xs text-soft">There is no phone of another vendor to compare with.</p>
      )}
    </Panel>
  );
}

interface PreviewProps {
  readonly phoneId: string;
  readonly name: string;
  readonly command: Message;
}

function Preview({ phoneId, name, command }: PreviewProps) {
  const showMessage = useDeferredValue(command);
  const variables = { phoneId, command: { showMessage } };
  const [{ data }] = useQuery({ query: ExplainQuery, variables });
  const told = data?.explainCommand;
  return (
    <section aria-label={`Preview for ${name}`} className="rounded-lg border border-line">
      <header className="flex flex-wrap items-center gap-2 border-b border-line px-3 py-1 text-xs">
        <strong className="mr-auto font-medium">{name}</strong>
        {told?.transport != null && <span>{told.transport}</span>}
        {told?.evidence != null && <span title={told.source ?? ''}>{plainWords(told.evidence)}</span>}
        <QueryLink label={`Preview for ${name}`} document={ExplainQuery} variables={variables} />
      </header>
      {told?.failure != null && <p className="p-3 text-xs text-bad">{told.failure.message}</p>}
      {told?.exchanges.map((exchange) => (
        <Exchange key={exchange} exchange={exchange} />
      ))}
    </section>
  );
}

/** The document as the phone reads it; around what it travels in only where somebody asks. */
function Exchange({ exchange }: { readonly exchange: string }) {
  const xml = shownXml(exchange);
  const whole = <pre className="p-3 font-mono text-xs break-all whitespace-pre-wrap">{exchange}</pre>;
  if (xml === null) return whole;
  return (
    <>
      <pre className="p-3 font-mono text-xs break-words whitespace-pre-wrap">{xml}</pre>
      <details className="border-t border-line text-xs">
        <summary className="px-3 py-2 text-soft">The whole request</summary>
        {whole}
      </details>
    </>
  );
}
