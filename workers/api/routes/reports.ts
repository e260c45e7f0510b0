import { Hono, type Context } from "hono";

import { createReportRequest, downloadQuery, reportsQuery } from "#contract/reports.ts";
import { attachmentDisposition } from "#core/report/report-file-name.ts";
import { createReport, type CreateReportRefusal } from "#usecases/reports/create-report.ts";
import { deleteReport } from "#usecases/reports/delete-report.ts";
import { downloadReport, type DownloadRefusal } from "#usecases/reports/download-report.ts";
import { getReport } from "#usecases/reports/get-report.ts";
import { listReports } from "#usecases/reports/list-reports.ts";
import { requireAccess } from "./frame/access.ts";
import type { ApiEnv } from "./frame/api-env.ts";
import { decodeIdCursor, listAnswer } from "./frame/cursor.ts";
import { idempotent } from "./frame/idempotency.ts";
import { problem } from "./frame/problem.ts";
import { validId } from "./frame/public-id.ts";
import { requireSite } from "./frame/require-site.ts";
import { validJson, validQuery } from "./frame/valid.ts";

/** Reports: ordered here, built and mailed by a queue. */
export const reportRoutes = new Hono<ApiEnv>()
  .post(
    "/reports",
    requireAccess("reports:write"),
    idempotent(),
    validJson(createReportRequest),
    async (c) => {
      const { deps, principal } = c.var;
      const ordered = await createReport(deps, { principal, request: c.req.valid("json") });
      return ordered.ok ? c.json(ordered.value, 202) : refuse(c, ordered.error);
    },
  )
  .get(
    "/sites/:siteId/reports",
    requireAccess("reports:read"),
    requireSite(),
    validQuery(reportsQuery),
    async (c) => {
      const { campaign, after, limit } = c.req.valid("query");
      const cursor = decodeIdCursor(after);
      if (!cursor.ok) return problem(c, "invalid_cursor");
      const { deps, site } = c.var;
      const page = await listReports(deps, { site, campaignId: campaign, afterId: cursor.value, limit });
      return page.ok ? c.json(listAnswer(page.value, (report) => report)) : refuse(c, page.error);
    },
  )
  .get("/reports/:reportId", requireAccess("reports:read"), validId("reportId", "rep"), async (c) => {
    const { deps, principal } = c.var;
    const found = await getReport(deps, { principal, reportId: c.req.param("reportId") });
    return found.ok ? c.json(found.value) : refuse(c, found.error);
  })
  .delete("/reports/:reportId", requireAccess("reports:write"), validId("reportId", "rep"), async (c) => {
    const { deps, principal } = c.var;
    const deleted = await deleteReport(deps, { principal, reportId: c.req.param("reportId") });
    return deleted.ok ? c.body(null, 204) : refuse(c, deleted.error);
  })
  .get(
    "/reports/:reportId/download",
    requireAccess("reports:read"),
    validId("reportId", "rep"),
    validQuery(downloadQuery),
    async (c) => {
      const { deps, principal } = c.var;
      const { format = "pdf" } = c.req.valid("query");
      const reportId = c.req.param("reportId");
      const file = await downloadReport(deps, { principal, reportId, format });
      if (!file.ok) return refuse(c, file.error);
      const { name, contentType, sizeBytes, body } = file.value;
      return c.body(body, 200, {
        "content-type": contentType,
        "content-length": String(sizeBytes),
        "content-disposition": attachmentDisposition(name),
      });
    },
  );

function refuse(c: Context, refusal: CreateReportRefusal | DownloadRefusal): Response {
  switch (refusal.kind) {
    case "site_not_found":
      return problem(c, "not_found", { detail: "There is no such site" });
    case "unknown_campaign":
      return problem(c, "not_found", { detail: "This site has no such campaign" });
    case "report_not_found":
      return problem(c, "not_found", { detail: "There is no such report" });
    case "invalid_range":
      return problem(c, "invalid_range", {
        detail: "from is not after to, and the two span 800 days at most",
      });
    case "email_unconfirmed":
      return problem(c, "email_unconfirmed", {
        detail: `To mail to ${refusal.outside.join(", ")}, confirm your own address first: the link is in your mailbox`,
      });
    case "report_not_ready":
      return problem(c, "report_not_ready", {
        detail:
          refusal.status === "pending"
            ? "The report is still being built"
            : `The report could not be built: ${refusal.failure ?? "no reason is known"}`,
      });
  }
}
