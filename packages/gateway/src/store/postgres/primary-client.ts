import pg from 'pg';

/** Where a PostgreSQL may be. */
export interface PostgresHost {
  readonly host: string;
  readonly port: number;
}

const IS_STANDBY = 'SELECT pg_is_in_recovery() AS is_standby';

/** Which of several hosts takes writes: looked for when it is first needed, and again when a connection to it failed. */
class PrimaryHost {
  readonly #hosts: readonly PostgresHost[];
  readonly #config: pg.ClientConfig;
  #found: Promise<PostgresHost> | null = null;

  constructor(hosts: readonly PostgresHost[], config: pg.ClientConfig) {
    this.#hosts = hosts;
    this.#config = config;
  }

  /** @throws AggregateError where none does, with the reason of each */
  get(): Promise<PostgresHost> {
    this.#found ??= this.#look().catch((error: unknown) => {
      this.#found = null;
      throw error;
    });
    return this.#found;
  }

  forget(): void {
    this.#found = null;
  }

  async #look(): Promise<PostgresHost> {
    const faults: unknown[] = [];
    for (const host of this.#hosts) {
      try {
        await this.#ask(host);
        return host;
      } catch (error) {
        faults.push(error);
      }
    }
    throw new AggregateError(faults);
  }

  async #ask(host: PostgresHost): Promise<void> {
    const client = new pg.Client({ ...this.#config, ...host });
    client.on('error', () => {});
    try {
      await client.connect();
      await refuseStandby(client, host);
    } finally {
      await client.end().catch(() => {});
    }
  }
}

async function refuseStandby(client: pg.Client, { host, port }: PostgresHost): Promise<void> {
  const { rows } = await client.query(IS_STANDBY);
  if (rows[0]?.is_standby === true) throw new Error(`${host}:${port} is a standby`);
}

/** As the driver types it; it is given both. */
type Connected = ((error: Error) => void) | ((error: null, client: pg.Client) => void);

/**
 * A class of clients that connect to the one of several hosts that takes writes, as libpq does with
 * `target_session_attrs=read-write`. A standby is refused, also where it was the primary before.
 */
export function primaryClient(hosts: readonly PostgresHost[], config: pg.ClientConfig): typeof pg.Client {
  const primary = new PrimaryHost(hosts, config);
  return class extends pg.Client {
    override connect(): Promise<pg.Client>;
    override connect(callback: Connected): void;
    override connect(callback?: Connected): Promise<pg.Client> | undefined {
      const connecting = this.#connect();
      if (callback === undefined) return connecting;
      const told = callback as (error: Error | null, client: pg.Client) => void;
      connecting.then(
        () => told(null, this),
        (error: Error) => told(error, this),
      );
      return undefined;
    }

    async #connect(): Promise<pg.Client> {
      const found = await primary.get();
      this.host = found.host;
      this.port = found.port;
      try {
        await super.connect();
        await refuseStandby(this, found);
        return this;
      } catch (error) {
        primary.forget();
        await this.end().catch(() => {});
        throw error;
      }
    }
  };
}
