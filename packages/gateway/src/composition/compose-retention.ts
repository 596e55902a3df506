import { addRetentionMetrics } from '../observability/retention-metrics.ts';
import { createRetentionKeeper } from '../retention/retention-keeper.ts';
import { KEEP_ALL } from '../store/retention.ts';
import type { Container } from './container.ts';
import { CONFIG, LOG, METRICS, NOW, resolve, STORE } from './tokens.ts';

/** Begins to drop what the configuration does not want kept any longer. @returns what ends that; the store must still be open then */
export function startRetention(container: Container): () => Promise<void> {
  const log = resolve(container, LOG);
  const { onDropped, onVolume } = addRetentionMetrics(resolve(container, METRICS).registry);
  const keeper = createRetentionKeeper({
    store: resolve(container, STORE),
    limits: resolve(container, CONFIG).retention ?? KEEP_ALL,
    now: resolve(container, NOW),
    onVolume,
    onDropped,
    onError: (what, error) =>
      log.error({ err: error, what }, 'what is too old could not be dropped; it is tried again'),
  });
  keeper.start();
  return () => keeper.stop();
}
