import { ArrowLeft } from 'lucide-react';
import { Tabs } from 'radix-ui';
import { type ReactNode, useEffect, useState } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { useFloor } from '../live/hooks.ts';
import { problemOf } from '../session/problems.ts';
import { Empty, Trouble } from '../ui/Panel.tsx';
import { CallsPanel } from './CallsPanel.tsx';
import { CapabilitiesPanel } from './CapabilitiesPanel.tsx';
import { DialPanel } from './DialPanel.tsx';
import { type PhoneDetails, PhonePageQuery } from './documents.ts';
import { EventPathPanel } from './EventPathPanel.tsx';
import { ForwardingPanel } from './ForwardingPanel.tsx';
import { HistoryPanel } from './HistoryPanel.tsx';
import { LightsPanel } from './LightsPanel.tsx';
import { MessagePanel } from './MessagePanel.tsx';
import { PhoneDrawing } from './PhoneDrawing.tsx';
import { PhoneHeader } from './PhoneHeader.tsx';
import { SettingsPanel } from './SettingsPanel.tsx';
import { useCommandsOf } from './use-run.ts';

/** One phone, with everything that can be done with it. */
export function PhoneView({ id }: { readonly id: string }) {
  const [{ data, error }, read] = useQuery({ query: PhonePageQuery, variables: { id } });
  const { version } = useCommandsOf(id);
  const live = useFloor().byId.get(id);
  const seen = `${version} ${live?.lastEventAt} ${live?.reachability} ${live?.doNotDisturb}`;
  useEffect(() => {
    if (seen !== '') read({ requestPolicy: 'network-only' });
  }, [seen, read]);
  const phone = data?.phone;
  if (error !== undefined && phone === undefined) {
    const { title, advice } = problemOf(error);
    return (
      <Frame title="A phone">
        <Trouble title={title}>{advice}</Trouble>
      </Frame>
    );
  }
  if (phone === null)
    return (
      <Frame title="No such phone">
        <Empty>There is no such phone, or your key does not show it. The floor has all that it shows.</Empty>
      </Frame>
    );
  if (phone === undefined)
    return (
      <Frame title="A phone">
        <Empty>Reading the phone…</Empty>
      </Frame>
    );
  return (
    <Frame>
      <PhoneHeader phone={phone} live={live} />
      <div className="grid items-start gap-4 lg:grid-cols-[22rem_minmax(0,1fr)] lg:grid-rows-[auto_1fr] 2xl:grid-cols-[24rem_minmax(0,1fr)_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-4 lg:col-start-2">
          <DialPanel phone={phone} />
          {/* On a small screen a call comes before what makes the next one. */}
          <div className={(live?.calls.length ?? 0) > 0 ? 'max-lg:order-first' : ''}>
            <CallsPanel phone={phone} live={live} />
          </div>
        </div>
        <div className="min-w-0 lg:col-start-1 lg:row-span-2 lg:row-start-1">
          <PhoneDrawing phone={phone} live={live} />
        </div>
        <div className="min-w-0 lg:col-start-2 2xl:col-start-3 2xl:row-start-1">
          <PhoneTabs phone={phone} />
        </div>
      </div>
    </Frame>
  );
}

const TABS: readonly (readonly [name: string, render: (phone: PhoneDetails) => ReactNode])[] = [
  ['History', (phone) => <HistoryPanel phone={phone} />],
  ['Lights', (phone) => <LightsPanel phone={phone} />],
  ['Message', (phone) => <MessagePanel phone={phone} />],
  ['Forwarding', (phone) => <ForwardingPanel phone={phone} />],
  ['Settings', (phone) => <SettingsPanel phone={phone} />],
  ['Capabilities', (phone) => <CapabilitiesPanel phone={phone} />],
  ['Event path', (phone) => <EventPathPanel phone={phone} />],
];

/** Radix makes ids of it, which have no spaces. */
const idOf = (name: string) => name.toLowerCase().replaceAll(' ', '-');

function PhoneTabs({ phone }: { readonly phone: PhoneDetails }) {
  const [tab, setTab] = useState('history');
  return (
    <Tabs.Root value={tab} onValueChange={setTab}>
      <Tabs.List
        aria-label="More of this phone"
        className="mb-2 flex gap-x-1 overflow-x-auto pb-1 md:flex-wrap md:overflow-visible"
      >
        {TABS.map(([name]) => (
          <Tabs.Trigger
            key={name}
            value={idOf(name)}
            className="min-h-9 shrink-0 rounded-lg px-3 text-[13px] font-medium text-soft hover:bg-raised data-[state=active]:bg-brand-wash data-[state=active]:text-brand"
          >
            {name}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      {TABS.map(([name, render]) => (
        <Tabs.Content key={name} value={idOf(name)} tabIndex={-1}>
          {render(phone)}
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
}

/** @param title for those who hear the page, while no phone is there to name it */
function Frame({ title, children }: { readonly title?: string; readonly children: ReactNode }) {
  return (
    <div className="mx-auto max-w-[110rem] space-y-4 p-4 md:p-5">
      <Link
        href="/"
        className="inline-flex min-h-8 items-center gap-1.5 rounded-lg text-[13px] text-soft hover:text-ink"
      >
        <ArrowLeft aria-hidden className="size-4" /> Floor
      </Link>
      {title !== undefined && <h1 className="sr-only">{title}</h1>}
      {children}
    </div>
  );
}
