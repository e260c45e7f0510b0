import { Hono } from "hono";

import {
  createReportRequest,
  downloadQuery,
  recomputeReportRequest,
  reportComparisonQuery,
  reportsQuery,
} from "#contract/reports.ts";
import { attachmentDisposition } from "#core/report/report-file-name.ts";
import { compareReports } from "#usecases/reports/compare-reports.ts";
import { createReport } from "#usecases/reports/create-report.ts";
import { deleteReport } from "#usecases/reports/delete-report.ts";
import { downloadReport } from "#usecases/reports/download-report.ts";
import { getReportModel } from "#usecases/reports/get-report-model.ts";
import { getReport } from "#usecases/reports/get-report.ts";
import { listReports } from "#usecases/reports/list-reports.ts";
import { recomputeReport } from "#usecases/reports/recompute-report.ts";
import { requireAccess } from "./frame/access.ts";
import type { ApiEnv } from "./frame/api-env.ts";
import { decodeIdCursor, listAnswer } from "./frame/cursor.ts";
import { idempotent } from "./frame/idempotency.ts";
import { problem } from "./frame/problem.ts";
import { validId } from "./frame/public-id.ts";
import { refuseReport } from "./frame/report-refusals.ts";
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
      return ordered.ok ? c.json(ordered.value, 202) : refuseReport(c, ordered.error);
    },
  )
  .get("/reports", requireAccess("reports:read"), validQuery(reportsQuery), async (c) => {
    const { after, limit, ...filters } = c.req.valid("query");
    const cursor = decodeIdCursor(after);
    if (!cursor.ok) return problem(c, "invalid_cursor");
    const { deps, principal } = c.var;
    const page = await listReports(deps, { principal, ...filters, afterId: cursor.value, limit });
    return page.ok ? c.json(listAnswer(page.value, (report) => report)) : refuseReport(c, page.error);
  })
  .get(
    "/sites/:siteId/reports",
    requireAccess("reports:read"),
    requireSite(),
    validQuery(reportsQuery),
    async (c) => {
      const { after, limit, ...filters } = c.req.valid("query");
      const cursor = decodeIdCursor(after);
      if (!cursor.ok) return problem(c, "invalid_cursor");
      const { deps, principal, site } = c.var;
      const asked = { ...filters, site: site.publicId, afterId: cursor.value, limit };
      const page = await listReports(deps, { principal, ...asked });
      return page.ok ? c.json(listAnswer(page.value, (report) => report)) : refuseReport(c, page.error);
    },
  )
  .get("/reports/:reportId", requireAccess("reports:read"), validId("reportId", "rep"), async (c) => {
    const { deps, principal } = c.var;
    const found = await getReport(deps, { principal, reportId: c.req.param("reportId") });
    return found.ok ? c.json(found.value) : refuseReport(c, found.error);
  })
  .delete("/reports/:reportId", requireAccess("reports:write"), validId("reportId", "rep"), async (c) => {
    const { deps, principal } = c.var;
    const deleted = await deleteReport(deps, { principal, reportId: c.req.param("reportId") });
    return deleted.ok ? c.body(null, 204) : refuseReport(c, deleted.error);
  })
  .get("/reports/:reportId/model", requireAccess("reports:read"), validId("reportId", "rep"), async (c) => {
    const { deps, principal } = c.var;
    const model = await getReportModel(deps, { principal, reportId: c.req.param("reportId") });
    return model.ok ? c.json(model.value) : refuseReport(c, model.error);
  })
  .post(
    "/reports/:reportId/recompute",
    requireAccess("reports:write"),
    validId("reportId", "rep"),
    idempotent(),
    validJson(recomputeReportRequest),
    async (c) => {
      const { deps, principal } = c.var;
      const ordered = await recomputeReport(deps, { principal, reportId: c.req.param("reportId") });
      return ordered.ok ? c.json(ordered.value, 202) : refuseReport(c, ordered.error);
    },
  )
  .get(
    "/reports/:reportId/comparison",
    requireAccess("reports:read"),
    validId("reportId", "rep"),
    validQuery(reportComparisonQuery),
    async (c) => {
      const { deps, principal } = c.var;
      const { with: withId = null } = c.req.valid("query");
      const reportId = c.req.param("reportId");
      const compared = await compareReports(deps, { principal, reportId, withId });
      return compared.ok ? c.json(compared.value) : refuseReport(c, compared.error);
    },
  )
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
      if (!file.ok) return refuseReport(c, file.error);
      const { name, contentType, sizeBytes, body } = file.value;
      return c.body(body, 200, {
        "content-type": contentType,
        "content-length": String(sizeBytes),
        "content-disposition": attachmentDisposition(name),
      });
    },
  );
