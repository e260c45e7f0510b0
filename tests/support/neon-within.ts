import { answerSql, type SqlContext } from "#scripts/stack/neon/answer-sql.ts";
import { createPools } from "#scripts/stack/neon/pools.ts";
import { repeatedStatements } from "#scripts/stack/neon/statement-names.ts";

/** What Neon's driver hands over instead of calling `fetch`. */
type DriverRequest = { headers: Record<string, string>; body: string; signal?: AbortSignal | null };
type DriverFetch = (address: string, request: DriverRequest) => Promise<Response>;

let shared: { port: number; fetch: DriverFetch } | undefined;

/**
 * `neonConfig.fetchFunction`: the Neon endpoint without HTTP, in the test's own process. The driver, its protocol and
 * Postgres are the same; requests do not pass through sockets and a process that all others wait for as well.
 */
export function neonWithin(port: number): DriverFetch {
  if (shared?.port !== port) shared = { port, fetch: fetchWithin({ host: "127.0.0.1", port }) };
  return shared.fetch;
}

function fetchWithin(target: SqlContext["target"]): DriverFetch {
  const context = { pools: createPools(target), target, nameOf: repeatedStatements() };
  return async (_address, { headers, body, signal }) => {
    const lowered = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
    );
    const answer = await answerSql(
      context,
      { headers: lowered, body },
      signal ?? new AbortController().signal,
    );
    if (answer === null) throw new DOMException("The request was aborted", "AbortError");
    return new Response(answer.text, { status: answer.status, headers: answer.headers });
  };
}
