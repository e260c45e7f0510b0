import type { PoolClient } from "pg";

/** The name under which a connection keeps a statement; none when it comes for the first time. */
export type NameStatement = (client: PoolClient, text: string) => string | undefined;

export const withoutNames: NameStatement = () => undefined;

/**
 * Names what comes again on a connection, so that Postgres parses it once and may keep its plan. What comes once leaves
 * nothing behind there.
 */
export function repeatedStatements(): NameStatement {
  const ofClients = new WeakMap<PoolClient, Map<string, string>>();
  return (client, text) => {
    const names = ofClients.get(client) ?? new Map<string, string>();
    ofClients.set(client, names);
    const name = names.get(text);
    if (name === undefined) names.set(text, `repeated_${names.size}`);
    return name;
  };
}
