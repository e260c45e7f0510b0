import type { IncomingMessage, ServerResponse } from "node:http";
import { listenHttp, readBody, sendText } from "#scripts/stack/http/http-server.ts";
import { createPools, type Pools } from "./pools.ts";
import { runSql } from "./run-sql.ts";
import { ResponseTooLarge, toSqlFailure } from "./sql-error.ts";
import { parseSqlRequest, type SqlRequest } from "./sql-request.ts";
import { type NameStatement, repeatedStatements, withoutNames } from "./statement-names.ts";
import { attachWsProxy } from "./ws-proxy.ts";

/** Neon's documented limit, for requests and for responses. */
const MAX_BYTES = 64 * 1024 * 1024;

export type NeonEndpoint = {
  /** What `neonConfig.fetchEndpoint` is set to. */
  url: string;
  /** What `neonConfig.wsProxy` is set to. */
  wsProxy: string;
  port: number;
  close(): Promise<void>;
};

type Target = { host: string; port: number };

export type NeonEndpointOptions = {
  port?: number;
  /**
   * A statement that comes again on a connection is parsed once, and planned no more than Postgres sees fit. Neon plans
   * each time: for those who run the same statements a thousand times and do not ask how.
   */
  keepsPlans?: boolean;
};

/** Speaks the protocol of Neon's HTTP and WebSocket drivers in front of a Postgres of ours. */
export async function startNeonEndpoint(
  target: Target,
  { port = 0, keepsPlans = false }: NeonEndpointOptions = {},
): Promise<NeonEndpoint> {
  const pools = createPools(target);
  const nameOf = keepsPlans ? repeatedStatements() : withoutNames;
  const listening = await listenHttp(
    async (request, response) => await answer(request, response, { pools, target, nameOf }),
    port,
  );
  attachWsProxy(listening.server, target);

  return {
    url: `${listening.url}/sql`,
    wsProxy: `127.0.0.1:${listening.port}/v2`,
    port: listening.port,
    async close() {
      await listening.close();
      await pools.close();
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  context: { pools: Pools; target: Target; nameOf: NameStatement },
): Promise<void> {
  if (request.method !== "POST" || request.url?.split("?")[0] !== "/sql") {
    send(response, 404, { message: "not found" });
    return;
  }
  const body = await readBody(request, MAX_BYTES);
  if (body === null) {
    response.setHeader("connection", "close");
    send(response, 413, { message: `request is too large (max is ${MAX_BYTES} bytes)` });
    return;
  }
  const gone = new AbortController();
  response.once("close", () => {
    if (!response.writableFinished) gone.abort();
  });
  try {
    const sql = parseSqlRequest(request.headers, body.toString("utf8"));
    const results = await runSql(context, sql, gone.signal);
    echoBatchHeaders(request, response, sql);
    send(response, 200, sql.isBatch ? { results } : results[0]);
  } catch (error) {
    if (gone.signal.aborted) return;
    const failure = toSqlFailure(error);
    send(response, failure.status, failure.body);
  }
}

function echoBatchHeaders(request: IncomingMessage, response: ServerResponse, sql: SqlRequest): void {
  if (!sql.isBatch) return;
  for (const name of ["neon-batch-isolation-level", "neon-batch-read-only", "neon-batch-deferrable"]) {
    const value = request.headers[name];
    if (value !== undefined) response.setHeader(name, value);
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  if (status === 200 && Buffer.byteLength(text) > MAX_BYTES) {
    throw new ResponseTooLarge(`response is too large (max is ${MAX_BYTES} bytes)`);
  }
  sendText(
    response,
    status,
    { "content-type": "application/json", "access-control-allow-origin": "*" },
    text,
  );
}
