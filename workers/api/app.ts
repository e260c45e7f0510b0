import { Hono } from "hono";

import type { ApiDeps } from "#usecases/deps.ts";
import { mountRoutes } from "./mount-routes.ts";
import type { ApiEnv } from "./routes/frame/api-env.ts";
import { refuseForeignOrigins } from "./routes/frame/csrf.ts";
import { answerFailure } from "./routes/frame/failures.ts";
import { measureRequests } from "./routes/frame/measure-requests.ts";
import { problem } from "./routes/frame/problem.ts";

/** Makes what the use cases reach outside for, from the platform's bindings, for one request. */
export type Wire<Bindings> = (env: Bindings, request: WiredRequest) => ApiDeps;

export type WiredRequest = {
  requestId: string;
  /** Lets work go on after the answer. */
  defer: (work: Promise<unknown>) => void;
};

type App<Bindings> = { Bindings: Bindings } & ApiEnv;

/** The whole API: what every request passes, then the routes. */
export function buildApp<Bindings extends object>(wire: Wire<Bindings>): Hono<App<Bindings>> {
  const app = new Hono<App<Bindings>>();

  app.use(async (c, next) => {
    c.set("requestId", `req_${crypto.randomUUID().replaceAll("-", "")}`);
    c.header("x-request-id", c.var.requestId);
    c.set(
      "deps",
      wire(c.env, { requestId: c.var.requestId, defer: (work) => c.executionCtx.waitUntil(work) }),
    );
    await next();
    c.header("x-content-type-options", "nosniff");
    // Everything here is one account's: no cache on the way may keep it unless a route says otherwise.
    if (!c.res.headers.has("cache-control")) c.header("cache-control", "no-store");
  });
  app.use(measureRequests);
  app.use(async (c, next) => {
    // NUL is in no address of ours, and Postgres would choke on it.
    if (/%00/.test(c.req.path)) return problem(c, "not_found");
    return await next();
  });
  app.use(refuseForeignOrigins);
  mountRoutes(app);
  app.notFound((c) =>
    problem(c, "not_found", { detail: `There is nothing at ${c.req.method} ${c.req.path}` }),
  );
  app.onError(answerFailure);
  return app;
}
