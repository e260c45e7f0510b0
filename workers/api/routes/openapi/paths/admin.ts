import {
  deadLetter,
  deadLetterDetail,
  deadLettersQuery,
  replayAnswer,
  replayRequest,
  unreadableBody,
} from "#contract/admin.ts";
import { monitoring, monitoringQuery } from "#contract/monitoring.ts";
import { auditEntry } from "#contract/audit-log.ts";
import { list, pageQuery } from "#contract/primitives.ts";
import { productMetrics, productMetricsQuery } from "#contract/product-metrics.ts";
import { refusedRequests } from "#contract/tracking.ts";
import type { RouteDoc } from "./route-doc.ts";

export const adminPaths: readonly RouteDoc[] = [
  {
    method: "get",
    path: "/api/v1/admin/monitoring",
    tag: "Admin",
    summary: "How the installation is doing",
    description:
      "Requests and their latencies, ingest, queues, rollups, reports, mails, cache, databases, crons and recent errors of a range that ends now. Figures of receipts are exact, what Workers count of themselves is right to about one per cent.",
    access: "superadmin",
    query: monitoringQuery,
    answer: { status: 200, description: "All of its figures", schema: monitoring },
  },
  {
    method: "get",
    path: "/api/v1/admin/dead-letters",
    tag: "Admin",
    summary: "Bodies that could not be stored",
    description: "Of every database, one after the other, newest first in each. Noted in the audit log.",
    access: "superadmin",
    query: deadLettersQuery,
    answer: { status: 200, description: "A page of dead letters", schema: list(deadLetter) },
    problems: ["invalid_cursor"],
  },
  {
    method: "get",
    path: "/api/v1/admin/dead-letters/{deadLetterId}",
    tag: "Admin",
    summary: "One dead letter, everything personal masked",
    access: "superadmin",
    answer: { status: 200, description: "The letter with its masked message", schema: deadLetterDetail },
  },
  {
    method: "post",
    path: "/api/v1/admin/dead-letters/{deadLetterId}/disclosures",
    tag: "Admin",
    summary: "See a dead letter as it is",
    description: "The message in clear. Who asked for it is noted in the audit log first.",
    access: "superadmin",
    isRepeatable: true,
    answer: { status: 201, description: "The letter with its message", schema: deadLetterDetail },
    problems: ["already_created"],
  },
  {
    method: "post",
    path: "/api/v1/admin/dead-letters/replay",
    tag: "Admin",
    summary: "Ingest dead letters once more",
    description:
      "These letters, or the waiting ones that fit a filter, 100 a call. What is stored moves in the ledger from dead-lettered to its fate; a second replay changes nothing. What fails again keeps its letter with the new reason.",
    access: "superadmin",
    body: replayRequest,
    answer: {
      status: 200,
      description: "What became of each, and where a filter goes on",
      schema: replayAnswer,
    },
    problems: ["invalid_cursor"],
  },
  {
    method: "get",
    path: "/api/v1/admin/refusals",
    tag: "Admin",
    summary: "Requests of the last 24 hours that named no known site",
    description: "By reason, about right. Those of a site are in its tracking health.",
    access: "superadmin",
    answer: { status: 200, description: "How many, by reason", schema: refusedRequests },
  },
  {
    method: "get",
    path: "/api/v1/admin/unreadable-bodies",
    tag: "Admin",
    summary: "Objects in storage that nobody could read",
    access: "superadmin",
    query: pageQuery,
    answer: { status: 200, description: "A page of keys, in their order", schema: list(unreadableBody) },
    problems: ["invalid_cursor"],
  },
  {
    method: "get",
    path: "/api/v1/admin/product-metrics",
    tag: "Admin",
    summary: "Whether users get to what the product is for",
    description:
      "Of users who registered in these ISO weeks (UTC): how many reached each step and how long it took them, time to first value by week, how many campaigns have a report delivered, how many requests failed, each with its target. What has no data is null. Noted in the audit log.",
    access: "superadmin",
    query: productMetricsQuery,
    answer: { status: 200, description: "The figures with their targets", schema: productMetrics },
  },
  {
    method: "get",
    path: "/api/v1/admin/audit-log",
    tag: "Admin",
    summary: "What superadmins have done",
    description:
      "Of all accounts, newest first: what was listed, disclosed, replayed and written, and who was given the right. Noted itself.",
    access: "superadmin",
    query: pageQuery,
    answer: { status: 200, description: "A page of entries", schema: list(auditEntry) },
    problems: ["invalid_cursor"],
  },
];
