import { Hono, type Context } from "hono";

import { MAX_BODY_BYTES } from "#contract/collect.ts";
import { setCookieHeader } from "#core/privacy/visitor-cookie.ts";
import { acceptEvents, type BodyRefusal } from "#usecases/accept-events.ts";
import { noteRefusal } from "#usecases/collect/note-refusal.ts";

import { answerProblem } from "./answer-problem.ts";
import type { CollectHono } from "./collect-hono.ts";
import { parseBody, type UnreadBody } from "./parse-body.ts";
import { readBoundedBody } from "./read-bounded-body.ts";
import { refusalProblem } from "./refusal-problem.ts";
import { isSentToOwnHost, pageOrigin, requestFacts } from "./request-facts.ts";

const TOO_LARGE = {
  status: 413,
  code: "body_too_large",
  title: "Body too large",
  detail: `A body has at most ${MAX_BODY_BYTES} bytes. Send fewer events at a time.`,
} as const;

const PREFLIGHT_SECONDS = "86400";

/**
 * After these refusals it is not known whether the page is one of the site's. Any other answer may be read by a page that
 * sends to an endpoint of its own, with the visitor's cookie: it says nothing of the visitor, and browsers keep the cookie
 * from requests across sites.
 */
const BEFORE_ORIGIN: ReadonlySet<BodyRefusal["kind"]> = new Set([
  "unknown_site",
  "origin_not_allowed",
  "config_unavailable",
]);

/** `POST /e`: the pixel's way in. */
export const eventRoutes = new Hono<CollectHono>()
  .use("/e", async (c, next) => {
    // The origin is echoed, refusals included, so that the pixel can read what became of its events.
    c.header("Access-Control-Allow-Origin", c.req.header("Origin") ?? "*");
    if (isSentToOwnHost(c)) c.header("Access-Control-Allow-Credentials", "true");
    c.header("Access-Control-Expose-Headers", "Retry-After");
    c.header("Vary", "Origin");
    await next();
  })
  .options("/e", (c) =>
    c.body(null, 204, {
      "Access-Control-Allow-Methods": "POST",
      "Access-Control-Allow-Headers": "Content-Type",
      "Access-Control-Max-Age": PREFLIGHT_SECONDS,
    }),
  )
  .post("/e", async (c) => {
    const text = await readBoundedBody(c.req.raw, MAX_BODY_BYTES);
    if (text === null) return answerUnread(c, TOO_LARGE);
    const body = parseBody(text);
    if (!body.ok) return answerUnread(c, body.error);

    const facts = requestFacts(c, c.get("requestId"));
    const accepted = await acceptEvents(c.get("deps"), { body: body.value, facts, origin: pageOrigin(c) });
    if (accepted.ok || !BEFORE_ORIGIN.has(accepted.error.kind)) {
      c.header("Access-Control-Allow-Credentials", "true");
    }
    if (!accepted.ok) return answerProblem(c, refusalProblem(accepted.error));
    const cookie = setCookieHeader(accepted.value.cookie);
    if (cookie !== null) c.header("Set-Cookie", cookie);
    return c.json(accepted.value.answer, 202);
  });

/** A body that was not read names no site that it could be counted for. */
function answerUnread(c: Context<CollectHono>, facts: UnreadBody): Response {
  noteRefusal(c.get("deps"), { siteKey: null, code: facts.code });
  return answerProblem(c, facts);
}
