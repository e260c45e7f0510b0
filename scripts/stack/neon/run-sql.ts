import type { PoolClient, QueryArrayResult } from "pg";
import { cancelBackend } from "./cancel-backend.ts";
import type { Pools } from "./pools.ts";
import type { SqlQuery, SqlRequest } from "./sql-request.ts";
import type { NameStatement } from "./statement-names.ts";
import { toJsonValue } from "./sql-values.ts";

export type SqlResult = {
  command: string;
  rowCount: number | null;
  rowAsArray: boolean;
  fields: Record<string, unknown>[];
  rows: unknown[];
};

type Target = { host: string; port: number };

/** Runs a request on a pooled connection. When the caller goes away meanwhile, its statement is cancelled. */
export async function runSql(
  { pools, target, nameOf }: { pools: Pools; target: Target; nameOf: NameStatement },
  request: SqlRequest,
  signal: AbortSignal,
): Promise<SqlResult[]> {
  const client = await pools.connect(request.connectionString);
  const cancel = (): void => cancelBackend(client, target);
  signal.addEventListener("abort", cancel, { once: true });
  try {
    signal.throwIfAborted();
    const run = async (query: SqlQuery): Promise<SqlResult> =>
      toSqlResult(await runQuery(client, query, nameOf(client, query.text)), query, request.rawText);
    return await (request.isBatch ? runBatch(client, request, run) : runEach(request, run));
  } finally {
    signal.removeEventListener("abort", cancel);
    // Cancelled, broken, or still inside a transaction that a statement opened: not fit for the next caller.
    client.release(signal.aborted || client.getTransactionStatus() !== "I");
  }
}

type Run = (query: SqlQuery) => Promise<SqlResult>;

async function runEach({ queries }: SqlRequest, run: Run): Promise<SqlResult[]> {
  const results: SqlResult[] = [];
  for (const query of queries) results.push(await run(query));
  return results;
}

async function runBatch(client: PoolClient, request: SqlRequest, run: Run): Promise<SqlResult[]> {
  await client.query(startTransaction(request));
  try {
    const results = await runEach(request, run);
    await client.query("COMMIT");
    return results;
  } catch (error) {
    // On a broken connection there is nothing to roll back; the caller must hear of the first failure.
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  }
}

function startTransaction({ isolationLevel, readOnly, deferrable }: SqlRequest): string {
  // ReadCommitted → READ COMMITTED
  const level = isolationLevel?.replaceAll(/(?<=[a-z])(?=[A-Z])/g, " ").toUpperCase();
  const modes = [
    level === undefined ? "" : `ISOLATION LEVEL ${level}`,
    readOnly ? "READ ONLY" : "",
    deferrable ? "DEFERRABLE" : "",
  ];
  return ["START TRANSACTION", ...modes].filter((mode) => mode !== "").join(" ");
}

const AS_TEXT = { getTypeParser: () => (value: string) => value };

async function runQuery(
  client: PoolClient,
  query: SqlQuery,
  name: string | undefined,
): Promise<QueryArrayResult<(string | null)[]>> {
  return await client.query<(string | null)[]>({
    text: query.text,
    values: query.values,
    rowMode: "array",
    types: AS_TEXT as never,
    ...(name !== undefined && { name }),
    // Always the extended protocol, as Neon: so several statements in one text fail here too.
    ...({ queryMode: "extended" } as object),
  });
}

function toSqlResult(
  result: QueryArrayResult<(string | null)[]>,
  query: SqlQuery,
  rawText: boolean,
): SqlResult {
  const { fields } = result;
  const value = (text: string | null, column: number): unknown =>
    text === null || rawText ? text : toJsonValue(text, fields[column]?.dataTypeID ?? 0);
  const toObject = (row: (string | null)[]): Record<string, unknown> =>
    Object.fromEntries(fields.map((field, column) => [field.name, value(row[column] ?? null, column)]));

  return {
    // Postgres' command tag counts only what has a count; a definition has none.
    command: result.command ?? "",
    rowCount: result.rowCount,
    rowAsArray: query.arrayMode,
    fields: fields.map((field) => ({
      name: field.name,
      dataTypeID: field.dataTypeID,
      tableID: field.tableID,
      columnID: field.columnID,
      dataTypeSize: field.dataTypeSize,
      dataTypeModifier: field.dataTypeModifier,
      format: "text",
    })),
    rows: query.arrayMode ? result.rows.map((row) => row.map(value)) : result.rows.map(toObject),
  };
}
