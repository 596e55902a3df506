import { examineNats } from '../engines/examine-nats.ts';
import { examinePostgres } from '../engines/examine-postgres.ts';
import type { EngineFinding } from '../engines/finding.ts';
import { jetStreamOptionsOf, postgresOptionsOf, type StorePlace } from '../store/open-configured.ts';

/** Looks at the engines that a configuration names; at none where everything is in the data directory. It changes nothing. */
export async function examineEngines(place: StorePlace): Promise<readonly EngineFinding[]> {
  const { store, bus } = place;
  if (store?.kind !== 'postgres') return [];
  const postgres = await examinePostgres(await postgresOptionsOf(store, place));
  if (bus == null) return postgres;
  return [...postgres, ...(await examineNats(await jetStreamOptionsOf(bus, place), bus.monitoring ?? []))];
}
