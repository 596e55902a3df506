// Opens the store, says `open` or why not, and for each line on stdin tries to write; says `written`, or the code and message of the error.
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { openSqliteStore } from '../../../src/store/sqlite/index.ts';

const [dataDir = ''] = process.argv.slice(2);
const store = await openSqliteStore({ dataDir }).catch((error) => {
  writeSync(1, `${error.code} ${error.message}\n`);
  process.exit(1);
});
writeSync(1, 'open\n');
for await (const _ of createInterface({ input: process.stdin })) {
  const said = await store.check().then(
    () => 'written',
    (error) => `${error.code} ${error.message}`,
  );
  writeSync(1, `${said}\n`);
}
await store.close();
