import { Hono } from "hono";

import { scrubText } from "#core/operations/scrub-text.ts";
import { stackFrames } from "#core/operations/stack-frames.ts";
import { edgeLog } from "#platform/edge-log.ts";

import { answerProblem } from "./answer-problem.ts";
import type { CollectHono } from "./collect-hono.ts";
import type { CollectEnv } from "./env.ts";
import { eventRoutes } from "./event-routes.ts";
import { healthRoutes } from "./health-routes.ts";
import { imageRoutes } from "./image-routes.ts";
import { linkRoutes } from "./link-routes.ts";
import { measureRequests } from "./measure-requests.ts";
import { optOutRoutes } from "./opt-out-routes.ts";
import { scriptRoutes } from "./script-routes.ts";
import { collectDeps } from "./wiring.ts";

const app = new Hono<CollectHono>()
  .use(async (c, next) => {
    const requestId = c.req.header("CF-Ray") ?? crypto.randomUUID();
    c.set("requestId", requestId);
    c.set(
      "deps",
      collectDeps(c.env, (work) => c.executionCtx.waitUntil(work)),
    );
    // Before the answer is made: a header that is added to one makes Hono build it anew, which takes its time.
    c.header("X-Request-Id", requestId);
    await next();
  })
  .use(measureRequests)
  .route("/", healthRoutes)
  .route("/", eventRoutes)
  .route("/", imageRoutes)
  .route("/", linkRoutes)
  .route("/", optOutRoutes)
  .route("/", scriptRoutes);

app.notFound((c) =>
  answerProblem(c, {
    status: 404,
    code: "not_found",
    title: "Not found",
    detail: "There is nothing at this address.",
  }),
);

app.onError((error, c) => {
  const requestId = c.get("requestId");
  const { name, message } = error;
  const at = stackFrames(error);
  edgeLog({ kind: "bug", requestId, error: name, message: scrubText(message), at }, "error");
  c.get("deps")?.meter.failure({ event: "bug", name, message, requestId });
  const detail = "Something is wrong on our side. Send the events again with the same ids.";
  return answerProblem(c, { status: 500, code: "internal_error", title: "Internal error", detail });
});

export default { fetch: app.fetch } satisfies ExportedHandler<CollectEnv>;
