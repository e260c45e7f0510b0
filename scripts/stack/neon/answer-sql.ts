import type { IncomingHttpHeaders } from "node:http";
import type { Pools } from "./pools.ts";
import { runSql } from "./run-sql.ts";
import { ResponseTooLarge, toSqlFailure } from "./sql-error.ts";
import { parseSqlRequest, type SqlRequest } from "./sql-request.ts";
import type { NameStatement } from "./statement-names.ts";

/** Neon's documented limit, for requests and for responses. */
export const MAX_BYTES = 64 * 1024 * 1024;

export type SqlContext = { pools: Pools; target: { host: string; port: number }; nameOf: NameStatement };
export type SqlAnswer = { status: number; headers: Record<string, string>; text: string };

/** Answers a request of Neon's HTTP driver as Neon does, failures too; null when the caller went away meanwhile. */
export async function answerSql(
  context: SqlContext,
  { headers, body }: { headers: IncomingHttpHeaders; body: string },
  signal: AbortSignal,
): Promise<SqlAnswer | null> {
  try {
    const sql = parseSqlRequest(headers, body);
    const results = await runSql(context, sql, signal);
    const text = JSON.stringify(sql.isBatch ? { results } : results[0]);
    if (Buffer.byteLength(text) > MAX_BYTES) {
      throw new ResponseTooLarge(`response is too large (max is ${MAX_BYTES} bytes)`);
    }
    return { status: 200, headers: batchHeaders(headers, sql), text };
  } catch (error) {
    if (signal.aborted) return null;
    const failure = toSqlFailure(error);
    return { status: failure.status, headers: {}, text: JSON.stringify(failure.body) };
  }
}

/** What a batch was asked to be, Neon says again. */
function batchHeaders(headers: IncomingHttpHeaders, sql: SqlRequest): Record<string, string> {
  if (!sql.isBatch) return {};
  const names = ["neon-batch-isolation-level", "neon-batch-read-only", "neon-batch-deferrable"];
  return Object.fromEntries(
    names.flatMap((name) => (headers[name] === undefined ? [] : [[name, String(headers[name])]])),
  );
}
