import type { NatsConnection } from '@nats-io/transport-node';

/** What gateways over one store speak to each other by. Lost, it is made anew for ever. */
export interface Bus {
  readonly connection: NatsConnection;
  /** The name that the gateways share: their subjects and buckets begin with it. */
  readonly stream: string;
  /** The domain of its JetStream; left out: that of the servers. */
  readonly domain?: string | undefined;
  /** Whether a server is there now. What is given while none is would go out later, when nobody counts on it any more. */
  readonly isConnected: boolean;
}
