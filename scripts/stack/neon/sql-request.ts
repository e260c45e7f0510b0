import type { IncomingHttpHeaders } from "node:http";

export type SqlQuery = { text: string; values: (string | null)[]; arrayMode: boolean };

export type SqlRequest = {
  connectionString: string;
  /** Values leave as Postgres wrote them; otherwise they become JSON of their type. */
  rawText: boolean;
  isBatch: boolean;
  queries: SqlQuery[];
  isolationLevel: string | undefined;
  readOnly: boolean;
  deferrable: boolean;
};

/** What the caller did wrong, before Postgres was asked. */
export class BadSqlRequest extends Error {}

const ISOLATION_LEVELS: ReadonlySet<string> = new Set([
  "ReadUncommitted",
  "ReadCommitted",
  "RepeatableRead",
  "Serializable",
]);

export function parseSqlRequest(headers: IncomingHttpHeaders, body: string): SqlRequest {
  const connectionString = headers["neon-connection-string"];
  if (typeof connectionString !== "string")
    throw new BadSqlRequest("missing header 'neon-connection-string'");

  const isolationLevel = headers["neon-batch-isolation-level"];
  if (isolationLevel !== undefined && !ISOLATION_LEVELS.has(String(isolationLevel))) {
    throw new BadSqlRequest("invalid isolation level");
  }
  const payload = parsePayload(body);
  const arrayMode = headers["neon-array-mode"] === "true";
  const isBatch = Array.isArray(payload["queries"]);
  const queries = isBatch ? (payload["queries"] as unknown[]) : [payload];

  return {
    connectionString,
    rawText: headers["neon-raw-text-output"] === "true",
    isBatch,
    queries: queries.map((query) => parseQuery(query, arrayMode)),
    isolationLevel: isolationLevel === undefined ? undefined : String(isolationLevel),
    readOnly: headers["neon-batch-read-only"] === "true",
    deferrable: headers["neon-batch-deferrable"] === "true",
  };
}

function parsePayload(body: string): Record<string, unknown> {
  let payload: unknown;
  try {
    payload = JSON.parse(body);
  } catch (error) {
    throw new BadSqlRequest(`could not parse the HTTP request body: ${(error as Error).message}`);
  }
  if (typeof payload !== "object" || payload === null) {
    throw new BadSqlRequest("could not parse the HTTP request body: expected an object");
  }
  return payload as Record<string, unknown>;
}

function parseQuery(query: unknown, defaultArrayMode: boolean): SqlQuery {
  const { query: text, params = [], arrayMode } = (query ?? {}) as Record<string, unknown>;
  if (typeof text !== "string" || !Array.isArray(params)) {
    throw new BadSqlRequest("could not parse the HTTP request body: expected query and params");
  }
  return {
    text,
    values: params.map(toPostgresText),
    arrayMode: typeof arrayMode === "boolean" ? arrayMode : defaultArrayMode,
  };
}

/** A JSON parameter as the text Postgres reads: arrays in its own notation, everything else as JSON writes it. */
export function toPostgresText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "string") return value;
  return Array.isArray(value) ? toArrayElement(value) : JSON.stringify(value);
}

function toArrayElement(value: unknown): string {
  if (value === null || value === undefined) return "NULL";
  if (Array.isArray(value)) return `{${value.map(toArrayElement).join(",")}}`;
  // An object within an array is text within text: written as JSON twice.
  if (typeof value === "object") return JSON.stringify(JSON.stringify(value));
  return JSON.stringify(value);
}
