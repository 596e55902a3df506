import { Tabs } from 'radix-ui';
import { useMay } from '../session/session.ts';
import { ApiKeys } from './ApiKeys.tsx';
import { AuditLog } from './AuditLog.tsx';
import { ManyPhones } from './ManyPhones.tsx';

const TAB =
  'min-h-9 rounded-lg px-3 text-sm font-medium text-soft hover:bg-raised data-[state=active]:bg-brand-wash data-[state=active]:text-brand';

/** What whoever runs the gateway looks after: many phones at once, keys, and who did what. */
export function AdminView() {
  const isAdmin = useMay('ADMIN');
  const mayAudit = useMay('AUDIT_READ');
  const parts = [
    ...(isAdmin ? [{ id: 'keys', name: 'API keys', part: <ApiKeys /> }] : []),
    ...(mayAudit ? [{ id: 'audit', name: 'Audit', part: <AuditLog /> }] : []),
    ...(isAdmin ? [{ id: 'many', name: 'Many phones', part: <ManyPhones /> }] : []),
  ];
  if (parts.length === 0)
    return (
      <div className="space-y-2 p-6 text-sm">
        <h1 className="text-xl font-semibold tracking-tight">Administration</h1>
        <p>Your key does not allow this page. Ask whoever runs the gateway for one with the right ADMIN.</p>
      </div>
    );
  return (
    <div className="mx-auto max-w-6xl p-4 md:p-6">
      <h1 className="mb-4 text-xl font-semibold tracking-tight">Administration</h1>
      <Tabs.Root defaultValue={parts[0]?.id ?? ''}>
        <Tabs.List aria-label="What" className="mb-4 flex flex-wrap gap-1">
          {parts.map(({ id, name }) => (
            <Tabs.Trigger key={id} value={id} className={TAB}>
              {name}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        {parts.map(({ id, part }) => (
          <Tabs.Content key={id} value={id} tabIndex={-1}>
            {part}
          </Tabs.Content>
        ))}
      </Tabs.Root>
    </div>
  );
}
