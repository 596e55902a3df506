import { mkdir } from 'node:fs/promises';

/** Makes the data directory with mode 0700. One that is there keeps its mode: the files in it are 0600 anyway. */
export async function makeDataDir(dataDir: string): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
}
