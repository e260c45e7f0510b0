import type { CreateReportRequest, Report } from "#contract/reports.ts";
import { call, invalidate } from "./client.ts";
import { paths } from "./paths.ts";

export async function createReport(body: CreateReportRequest): Promise<Report> {
  const report = await call<Report>({ method: "POST", path: "/reports", body });
  invalidate(paths.reports(body.siteId));
  return report;
}

export async function deleteReport(report: Report): Promise<void> {
  await call<void>({ method: "DELETE", path: `/reports/${report.id}` });
  invalidate(paths.reports(report.siteId));
}
