import { Pool, type PoolClient } from "pg";
import { BadSqlRequest } from "./sql-request.ts";
import { ConnectFailure } from "./sql-error.ts";

const MAX_POOLS = 64;
const MAX_CONNECTIONS_PER_POOL = 20;
const IDLE_TIMEOUT_MS = 10_000;
const CONNECT_TIMEOUT_MS = 15_000;

export type Pools = { connect(connectionString: string): Promise<PoolClient>; close(): Promise<void> };

/**
 * One pool per connection string, the least recently used closed first. User, password and database are the
 * caller's, so that Postgres itself decides about them; host and port are always the configured server's.
 */
export function createPools(target: { host: string; port: number }): Pools {
  const pools = new Map<string, Pool>();

  const poolFor = (connectionString: string): Pool => {
    const pool = pools.get(connectionString) ?? openPool(connectionString, target);
    pools.delete(connectionString);
    pools.set(connectionString, pool);
    const [oldest] = pools.keys();
    if (pools.size > MAX_POOLS && oldest !== undefined) {
      void pools.get(oldest)?.end();
      pools.delete(oldest);
    }
    return pool;
  };

  return {
    async connect(connectionString) {
      const pool = poolFor(connectionString);
      try {
        return await pool.connect();
      } catch (error) {
        throw new ConnectFailure(error);
      }
    },
    async close() {
      await Promise.all([...pools.values()].map(async (pool) => await pool.end()));
      pools.clear();
    },
  };
}

function openPool(connectionString: string, target: { host: string; port: number }): Pool {
  if (!URL.canParse(connectionString)) throw new BadSqlRequest("invalid connection string");
  const url = new URL(connectionString);
  const pool = new Pool({
    ...target,
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
    max: MAX_CONNECTIONS_PER_POOL,
    idleTimeoutMillis: IDLE_TIMEOUT_MS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    allowExitOnIdle: true,
  });
  // A server that goes away breaks idle connections; the pool drops them, and the next query finds a new one.
  pool.on("error", () => undefined);
  // One that breaks while in use, between two statements, says so to nobody else: its next query fails, and that is told.
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}
