import { list } from "#contract/primitives.ts";
import { createReportRequest, downloadQuery, report, reportsQuery } from "#contract/reports.ts";
import type { RouteDoc } from "./route-doc.ts";

export const reportPaths: readonly RouteDoc[] = [
  {
    method: "post",
    path: "/api/v1/reports",
    tag: "Reports",
    summary: "Make a report",
    description:
      "It is built by a queue, usually within seconds, then mailed to the recipients with the PDF attached. Addresses outside the account need a confirmed e-mail address of the sender.",
    access: "reports:write",
    body: createReportRequest,
    isRepeatable: true,
    answer: { status: 202, description: "The report, still pending", schema: report },
    problems: ["not_found", "invalid_range", "email_unconfirmed"],
  },
  {
    method: "get",
    path: "/api/v1/sites/{siteId}/reports",
    tag: "Reports",
    summary: "A site's reports",
    access: "reports:read",
    query: reportsQuery,
    answer: { status: 200, description: "A page of reports, newest first", schema: list(report) },
    problems: ["invalid_cursor"],
  },
  {
    method: "get",
    path: "/api/v1/reports/{reportId}",
    tag: "Reports",
    summary: "One report and its deliveries",
    access: "reports:read",
    answer: { status: 200, description: "The report", schema: report },
  },
  {
    method: "delete",
    path: "/api/v1/reports/{reportId}",
    tag: "Reports",
    summary: "Delete a report and its files",
    access: "reports:write",
    answer: { status: 204, description: "Deleted" },
  },
  {
    method: "get",
    path: "/api/v1/reports/{reportId}/download",
    tag: "Reports",
    summary: "Download a report",
    access: "reports:read",
    query: downloadQuery,
    answer: { status: 200, description: "The file", contentTypes: ["application/pdf", "text/csv"] },
    problems: ["report_not_ready"],
  },
];
