import { Hono, type Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { createMiddleware } from "hono/factory";

import { openShareRequest } from "#contract/report-shares.ts";
import { downloadQuery } from "#contract/reports.ts";
import { attachmentDisposition } from "#core/report/report-file-name.ts";
import { PASS_HOURS, type NoShare, type ShareLocked } from "#usecases/report-shares/find-shared.ts";
import {
  downloadShared,
  logoOfShared,
  openShared,
  readShared,
  showShared,
  type OpenRefusal,
} from "#usecases/report-shares/read-shared.ts";
import type { ApiEnv } from "./frame/api-env.ts";
import { clientIp } from "./frame/client-ip.ts";
import { problem } from "./frame/problem.ts";
import { validJson, validQuery } from "./frame/valid.ts";

const COOKIE = "wm_shared";
const NO_SHARE = { detail: "This link does not work, or does no longer" };

/** No odd text reaches Postgres; nothing of it is kept, found by a search, or told to where a link in it leads. */
const behindToken = createMiddleware<ApiEnv>(async (c, next) => {
  if (!/^[0-9a-f]{64}$/.test(c.req.param("token") ?? "")) return problem(c, "not_found", NO_SHARE);
  await next();
  c.header("cache-control", "private, no-store");
  c.header("x-robots-tag", "noindex, nofollow");
  c.header("referrer-policy", "no-referrer");
  return;
});

/** Shared reports, for whoever has the link: no session, and nothing but that one report. */
export const sharedRoutes = new Hono<ApiEnv>()
  .get("/shared/:token", behindToken, async (c) => {
    const shown = await showShared(c.var.deps, readerOf(c, c.req.param("token")));
    return shown.ok ? c.json(shown.value) : refuse(c, shown.error);
  })
  .post("/shared/:token", behindToken, validJson(openShareRequest), async (c) => {
    const { password } = c.req.valid("json");
    const token = c.req.param("token");
    const opened = await openShared(c.var.deps, { token, password, ip: clientIp(c) });
    if (!opened.ok) return refuse(c, opened.error);
    keepPass(c, { token, pass: opened.value.pass });
    return c.json(opened.value.report);
  })
  .get("/shared/:token/model", behindToken, async (c) => {
    const reader = readerOf(c, c.req.param("token"));
    const read = await readShared(c.var.deps, { ...reader, isGlance: isGlance(c) });
    if (!read.ok) return refuse(c, read.error);
    const { model, pass } = read.value;
    if (pass !== null) keepPass(c, { token: reader.token, pass });
    return c.json(model);
  })
  .get("/shared/:token/download", behindToken, validQuery(downloadQuery), async (c) => {
    const { format = "pdf" } = c.req.valid("query");
    const file = await downloadShared(c.var.deps, { ...readerOf(c, c.req.param("token")), format });
    if (!file.ok) return refuse(c, file.error);
    const { name, contentType, sizeBytes, body } = file.value;
    return c.body(body, 200, {
      "content-type": contentType,
      "content-length": String(sizeBytes),
      "content-disposition": attachmentDisposition(name),
    });
  })
  .get("/shared/:token/logo", behindToken, async (c) => {
    const logo = await logoOfShared(c.var.deps, readerOf(c, c.req.param("token")));
    if (!logo.ok) return refuse(c, logo.error);
    const { body, contentType, sizeBytes } = logo.value;
    return c.body(body, 200, {
      "content-type": contentType,
      "content-length": String(sizeBytes),
      "x-content-type-options": "nosniff",
    });
  });

function readerOf(c: Context, token: string): { token: string; pass: string | null } {
  return { token, pass: getCookie(c, COOKIE) ?? null };
}

/** For this link alone: the browser sends it to no other path. */
function keepPass(c: Context<ApiEnv>, { token, pass }: { token: string; pass: string }): void {
  setCookie(c, COOKIE, pass, {
    path: `/api/v1/shared/${token}`,
    httpOnly: true,
    sameSite: "Strict",
    secure: c.var.deps.settings.appOrigin.startsWith("https:"),
    maxAge: PASS_HOURS * 3600,
  });
}

/** A program that looks at what is behind a link before a person does, and a browser that loads ahead. */
function isGlance(c: Context): boolean {
  const purpose = `${c.req.header("sec-purpose") ?? ""} ${c.req.header("purpose") ?? ""}`;
  return c.req.method === "HEAD" || /prefetch|prerender|preview/i.test(purpose);
}

function refuse(c: Context, refusal: NoShare | ShareLocked | OpenRefusal | { kind: "no_logo" }): Response {
  switch (refusal.kind) {
    case "no_share":
      return problem(c, "not_found", NO_SHARE);
    case "no_logo":
      return problem(c, "not_found", { detail: "This report has no logo of its own" });
    case "share_locked":
      return problem(c, "share_locked", { detail: "Open the link with its password first" });
    case "wrong_password":
      return problem(c, "wrong_share_password");
    case "too_many_attempts":
      return problem(c, "too_many_attempts", { retryAfterSeconds: refusal.retryAfterSeconds });
  }
}
