import type { IncomingMessage, ServerResponse } from "node:http";
import { listenHttp, readBody, sendText } from "#scripts/stack/http/http-server.ts";
import { answerSql, MAX_BYTES, type SqlAnswer, type SqlContext } from "./answer-sql.ts";
import { createPools } from "./pools.ts";
import { repeatedStatements, withoutNames } from "./statement-names.ts";
import { attachWsProxy } from "./ws-proxy.ts";

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
  context: SqlContext,
): Promise<void> {
  if (request.method !== "POST" || request.url?.split("?")[0] !== "/sql") {
    send(response, { status: 404, headers: {}, text: JSON.stringify({ message: "not found" }) });
    return;
  }
  const body = await readBody(request, MAX_BYTES);
  if (body === null) {
    const message = `request is too large (max is ${MAX_BYTES} bytes)`;
    send(response, { status: 413, headers: { connection: "close" }, text: JSON.stringify({ message }) });
    return;
  }
  const gone = new AbortController();
  response.once("close", () => {
    if (!response.writableFinished) gone.abort();
  });
  const sql = { headers: request.headers, body: body.toString("utf8") };
  const answered = await answerSql(context, sql, gone.signal);
  if (answered !== null) send(response, answered);
}

function send(response: ServerResponse, { status, headers, text }: SqlAnswer): void {
  sendText(
    response,
    status,
    { "content-type": "application/json", "access-control-allow-origin": "*", ...headers },
    text,
  );
}
