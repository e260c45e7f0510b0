import { neon, neonConfig, type NeonQueryFunction } from "@neondatabase/serverless";

/** What the platform's configuration says about databases. `DATABASE_URL` is the one named `main`. */
export type DatabaseEnv = {
  DATABASE_URL: string;
  /** Local stack only: where our endpoint speaks Neon's HTTP protocol. */
  NEON_HTTP_ENDPOINT?: string;
};

export type NeonClient = NeonQueryFunction<false, false>;

/** Clients by the database's name: `main` is `DATABASE_URL`, any other `NAME` is `DATABASE_URL_NAME`. */
export type NeonClients = { named(name: string): NeonClient; names(): string[] };

const LOOPBACK = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?\//;
const NAME_PREFIX = "DATABASE_URL_";

/**
 * The databases the environment names. `neonConfig.fetchEndpoint` is global to the isolate, so it is set once and
 * databases differ by connection string only (decisions 4).
 * Throws when a database is asked for that the environment does not name, or when the endpoint would carry the
 * password in clear over a network.
 */
export function openNeonClients(env: DatabaseEnv): NeonClients {
  const endpoint = env.NEON_HTTP_ENDPOINT;
  if (endpoint) {
    if (endpoint.startsWith("http:") && !LOOPBACK.test(endpoint)) {
      throw new Error("NEON_HTTP_ENDPOINT must be https or loopback: it carries the password");
    }
    neonConfig.fetchEndpoint = endpoint;
  }
  const values = new Map(Object.entries(env));
  const open = new Map<string, NeonClient>();
  return {
    named(name) {
      const known = open.get(name);
      if (known) return known;
      const url = name === "main" ? env.DATABASE_URL : values.get(NAME_PREFIX + name.toUpperCase());
      if (!url) throw new Error(`No connection string for database "${name}"`);
      const client = neon(url);
      open.set(name, client);
      return client;
    },
    names: () => [
      "main",
      ...[...values.keys()]
        .filter((key) => key.startsWith(NAME_PREFIX) && values.get(key))
        .map((key) => key.slice(NAME_PREFIX.length).toLowerCase()),
    ],
  };
}
