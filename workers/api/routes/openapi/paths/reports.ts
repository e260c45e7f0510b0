import { list } from "#contract/primitives.ts";
import { reportModel } from "#contract/report-model.ts";
import {
  createReportRequest,
  downloadQuery,
  recomputeReportRequest,
  report,
  reportComparison,
  reportComparisonQuery,
  reportsQuery,
} from "#contract/reports.ts";
import type { RouteDoc } from "./route-doc.ts";

/** CSV is a zip where the report has several tables. */
export const DOWNLOADS = [
  "application/pdf",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  "text/csv",
  "application/zip",
  "application/json",
];

export const reportPaths: readonly RouteDoc[] = [
  {
    method: "post",
    path: "/api/v1/reports",
    tag: "Reports",
    summary: "Make a report",
    description:
      "It is built by a queue, usually within seconds, then mailed to the recipients with the files that were asked for. Either from and to, or a rolling period that ends yesterday. An executive summary may be of all sites of the account: then siteId is left out. A sponsor report names campaignIds, and no other campaign in any of its formats. Addresses outside the account need a confirmed e-mail address of the sender, and agree once themselves.",
    access: "reports:write",
    body: createReportRequest,
    isRepeatable: true,
    answer: { status: 202, description: "The report, still pending", schema: report },
    problems: ["not_found", "invalid_range", "invalid_currency", "email_unconfirmed"],
  },
  {
    method: "get",
    path: "/api/v1/reports",
    tag: "Reports",
    summary: "The account's reports",
    access: "reports:read",
    query: reportsQuery,
    answer: { status: 200, description: "A page of reports, newest first", schema: list(report) },
    problems: ["invalid_cursor", "not_found"],
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
    path: "/api/v1/reports/{reportId}/model",
    tag: "Reports",
    summary: "What a report's files were made of",
    description: "Every figure that any of its formats shows, with money in minor units.",
    access: "reports:read",
    answer: { status: 200, description: "The model", schema: reportModel },
    problems: ["report_not_ready", "report_expired"],
  },
  {
    method: "post",
    path: "/api/v1/reports/{reportId}/recompute",
    tag: "Reports",
    summary: "Work a report out anew",
    description: "A new report with the same question, on the data of now. Nothing is mailed.",
    access: "reports:write",
    body: recomputeReportRequest,
    isRepeatable: true,
    answer: { status: 202, description: "The new report, still pending", schema: report },
  },
  {
    method: "get",
    path: "/api/v1/reports/{reportId}/comparison",
    tag: "Reports",
    summary: "What differs between two reports, and why",
    description:
      "With the report that it is worked out anew from, or another of the same kind and site. The changes add up to the difference of revenue, conversions and spend; they are null where the two ask for different campaigns or models, and for reports of several sites.",
    access: "reports:read",
    query: reportComparisonQuery,
    answer: { status: 200, description: "The differences, later minus earlier", schema: reportComparison },
    problems: ["nothing_to_compare", "not_comparable", "report_not_ready", "report_expired"],
  },
  {
    method: "get",
    path: "/api/v1/reports/{reportId}/download",
    tag: "Reports",
    summary: "Download a report",
    access: "reports:read",
    query: downloadQuery,
    answer: { status: 200, description: "The file", contentTypes: DOWNLOADS },
    problems: ["report_not_ready", "report_expired"],
  },
];
