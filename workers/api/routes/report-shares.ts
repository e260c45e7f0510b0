import { Hono, type Context } from "hono";

import { createShareRequest } from "#contract/report-shares.ts";
import { createShare } from "#usecases/report-shares/create-share.ts";
import { listShares } from "#usecases/report-shares/list-shares.ts";
import { revokeShare } from "#usecases/report-shares/revoke-share.ts";
import type { DownloadRefusal } from "#usecases/reports/download-report.ts";
import { requireAccess } from "./frame/access.ts";
import type { ApiEnv } from "./frame/api-env.ts";
import { idempotent } from "./frame/idempotency.ts";
import { problem } from "./frame/problem.ts";
import { validId } from "./frame/public-id.ts";
import { validJson } from "./frame/valid.ts";

/** Links by which others read a report, as the account sees them; what is behind them is in `shared.ts`. */
export const reportShareRoutes = new Hono<ApiEnv>()
  .post(
    "/reports/:reportId/shares",
    requireAccess("reports:write"),
    validId("reportId", "rep"),
    // The link is told once.
    idempotent({ isSecret: true }),
    validJson(createShareRequest),
    async (c) => {
      const { deps, principal } = c.var;
      const request = c.req.valid("json");
      const made = await createShare(deps, { principal, reportId: c.req.param("reportId"), request });
      return made.ok ? c.json(made.value, 201) : refuse(c, made.error);
    },
  )
  .get("/reports/:reportId/shares", requireAccess("reports:read"), validId("reportId", "rep"), async (c) => {
    const { deps, principal } = c.var;
    const found = await listShares(deps, { principal, reportId: c.req.param("reportId") });
    return found.ok ? c.json({ items: found.value, next: null }) : refuse(c, found.error);
  })
  .delete("/report-shares/:shareId", requireAccess("reports:write"), validId("shareId", "shr"), async (c) => {
    const { deps, principal } = c.var;
    const revoked = await revokeShare(deps, { principal, shareId: c.req.param("shareId") });
    return revoked.ok ? c.body(null, 204) : problem(c, "not_found", { detail: "There is no such link" });
  });

function refuse(c: Context, refusal: DownloadRefusal): Response {
  switch (refusal.kind) {
    case "report_not_found":
      return problem(c, "not_found", { detail: "There is no such report" });
    case "report_expired":
      return problem(c, "report_expired");
    case "report_not_ready":
      return problem(c, "report_not_ready", { detail: "Only a report that is ready can be shared" });
  }
}
