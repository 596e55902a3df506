import { watch } from 'node:fs';
import { dirname, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Compilers write many files: it is over when none was written for so long. */
const QUIET_MS = 150;

/**
 * Calls back once what lies beside a module, or below it, has been written.
 * @param file the module, as a URL
 * @returns ends it
 */
export function watchFolder(
  file: string,
  { onChange, onError }: { readonly onChange: () => void; readonly onError: (error: unknown) => void },
): () => void {
  let quiet: NodeJS.Timeout | undefined;
  const watcher = watch(dirname(fileURLToPath(file)), { recursive: true, persistent: false }, (_event, name) => {
    if (name?.split(sep).includes('node_modules') === true) return;
    clearTimeout(quiet);
    quiet = setTimeout(onChange, QUIET_MS).unref();
  });
  watcher.on('error', onError);
  return () => {
    clearTimeout(quiet);
    watcher.close();
  };
}
