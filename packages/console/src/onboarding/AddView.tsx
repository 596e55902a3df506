import { Tabs } from 'radix-ui';
import { AddOne } from './AddOne.tsx';
import { CsvImport } from './CsvImport.tsx';

const TAB =
  'min-h-9 rounded-lg px-3 text-sm font-medium text-soft hover:bg-raised data-[state=active]:bg-brand-wash data-[state=active]:text-brand';

/** Phones come in: one by one, or many from a file. */
export function AddView() {
  return (
    <div className="mx-auto max-w-4xl p-4 md:p-6">
      <h1 className="mb-4 text-xl font-semibold tracking-tight">Add phones</h1>
      <Tabs.Root defaultValue="one">
        <Tabs.List aria-label="How" className="mb-4 flex gap-1">
          <Tabs.Trigger value="one" className={TAB}>
            One phone
          </Tabs.Trigger>
          <Tabs.Trigger value="csv" className={TAB}>
            From a CSV file
          </Tabs.Trigger>
        </Tabs.List>
        <Tabs.Content value="one" tabIndex={-1}>
          <AddOne />
        </Tabs.Content>
        <Tabs.Content value="csv" tabIndex={-1}>
          <CsvImport />
        </Tabs.Content>
      </Tabs.Root>
    </div>
  );
}
