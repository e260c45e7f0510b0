import { Hono } from "hono";
import { createMiddleware } from "hono/factory";

import { changeSubscriptionRequest } from "#contract/unsubscribe.ts";
import {
  changeSubscription,
  showSubscription,
  unsubscribeByClick,
} from "#usecases/delivery/change-subscription.ts";
import type { ApiEnv } from "./frame/api-env.ts";
import { problem } from "./frame/problem.ts";
import { readBodyText } from "./frame/read-body.ts";
import { validJson } from "./frame/valid.ts";

const MAX_FORM_BYTES = 4_096;
const NOT_FOUND = { detail: "This link belongs to no mail of ours" };

/** No odd text reaches Postgres. */
const validToken = createMiddleware<ApiEnv>(async (c, next) => {
  const token = c.req.param("token") ?? "";
  return /^[\w-]{20,128}$/.test(token) ? await next() : problem(c, "not_found", NOT_FOUND);
});

/** The links in mails by which their readers end them; no session, and no cookie is read. */
export const unsubscribeRoutes = new Hono<ApiEnv>()
  .get("/unsubscribe/:token", validToken, async (c) => {
    const token = c.req.param("token");
    // A person whose mail program opens the one-click address as a page.
    if (c.req.header("accept")?.includes("text/html") === true) {
      return c.redirect(`${c.var.deps.settings.appOrigin}/unsubscribe/${token}`, 303);
    }
    const found = await showSubscription(c.var.deps, token);
    return found.ok ? c.json(found.value) : problem(c, "not_found", NOT_FOUND);
  })
  .post("/unsubscribe/:token", validToken, async (c) => {
    const form = await readBodyText(c, MAX_FORM_BYTES);
    if (form instanceof Response) return form;
    if (!isOneClick(form)) {
      return problem(c, "invalid_request", {
        detail: "Send the form List-Unsubscribe=One-Click (RFC 8058), or choose with PUT",
      });
    }
    const ended = await unsubscribeByClick(c.var.deps, c.req.param("token"));
    return ended.ok ? c.body(null, 204) : problem(c, "not_found", NOT_FOUND);
  })
  .put("/unsubscribe/:token", validToken, validJson(changeSubscriptionRequest), async (c) => {
    const change = c.req.valid("json");
    const changed = await changeSubscription(c.var.deps, { token: c.req.param("token"), change });
    return changed.ok ? c.json(changed.value) : problem(c, "not_found", NOT_FOUND);
  });

/** RFC 8058 lets mail programs send it as either kind of form. */
function isOneClick(form: string): boolean {
  return (
    new URLSearchParams(form.trim()).get("List-Unsubscribe") === "One-Click" ||
    /name="?List-Unsubscribe"?\r?\n\r?\nOne-Click\r?\n/i.test(form)
  );
}
