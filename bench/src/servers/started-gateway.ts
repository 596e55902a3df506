/** A gateway over a data directory that is there; says how long its start took, and what memory it has. */
import { createGateway } from '@hookswitch/gateway';
import { prepareProcess } from '@hookswitch/gateway/command-line';
import { benchConfig } from './bench-config.ts';
import { argument, serve } from './child.ts';

/** What a start came to. */
export interface Started {
  readonly url: string;
  /** The largest that the process has been, in bytes. */
  readonly peakRss: number;
}

prepareProcess();
const { dataDir } = argument<{ readonly dataDir: string }>();
const gateway = await createGateway({ config: benchConfig(dataDir) });
const ready: Started = { url: gateway.url, peakRss: process.resourceUsage().maxRSS * 1024 };
serve(ready, () => gateway.stop());
