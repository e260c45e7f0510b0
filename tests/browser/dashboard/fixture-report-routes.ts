import type { CreateReportRequest, DeliveryDetails, ReportComparison } from "#contract/reports.ts";
import type { CreateShareRequest } from "#contract/report-shares.ts";
import { done, list, missing, ok } from "./fixture-answer.ts";
import type { Call, Route } from "./fixture-answer.ts";
import { ago, report, share, SHARE_TOKEN } from "./fixture-reporting.ts";

/** Reports, their mails and their links. */
export const REPORT_ROUTES: Route[] = [
  { method: "GET", path: /^\/reports$/, answer: (call) => list(fitting(call)) },
  { method: "POST", path: /^\/reports$/, answer: create },
  {
    method: "GET",
    path: /^\/reports\/([^/]+)$/,
    answer: (call) => {
      const found = one(call);
      return found ? ok(found) : missing;
    },
  },
  {
    method: "DELETE",
    path: /^\/reports\/([^/]+)$/,
    answer: ({ state, ids }) => {
      state.reporting.reports = state.reporting.reports.filter(({ id }) => id !== ids[0]);
      return done;
    },
  },
  { method: "GET", path: /^\/reports\/([^/]+)\/model$/, answer: ({ state }) => ok(state.reporting.model) },
  {
    method: "POST",
    path: /^\/reports\/([^/]+)\/recompute$/,
    answer: ({ state, ids }) => {
      const again = report("rep_recomputed", { recomputeOf: ids[0] ?? null, deliveries: [] });
      state.reporting.reports.unshift(again);
      return ok(again, 202);
    },
  },
  { method: "GET", path: /^\/reports\/([^/]+)\/comparison$/, answer: () => ok(COMPARISON) },
  { method: "GET", path: /^\/report-deliveries\/([^/]+)$/, answer: details },
  { method: "POST", path: /^\/report-deliveries\/([^/]+)\/resend$/, answer: () => ({ status: 202 }) },
  {
    method: "GET",
    path: /^\/reports\/([^/]+)\/shares$/,
    answer: ({ state }) => list(state.reporting.shares),
  },
  {
    method: "POST",
    path: /^\/reports\/([^/]+)\/shares$/,
    answer: ({ state, body }) => {
      const { password = null } = body as CreateShareRequest;
      const made = share("shr_new", { hasPassword: password !== null });
      state.reporting.shares.unshift(made);
      Object.assign(state.reporting.shared, { password, isOpened: password === null });
      return ok({ ...made, url: `https://waymark.example/shared/${SHARE_TOKEN}` }, 201);
    },
  },
  {
    method: "DELETE",
    path: /^\/report-shares\/([^/]+)$/,
    answer: ({ state, ids }) => {
      const revoked = state.reporting.shares.find(({ id }) => id === ids[0]);
      if (revoked) revoked.revokedAt = ago(0);
      if (ids[0] === "shr_new") state.reporting.shared.isRevoked = true;
      return done;
    },
  },
];

function fitting({ state, query }: Call) {
  const wants = (name: string, value: string | null | undefined): boolean =>
    !query.get(name) || query.get(name) === value;
  return state.reporting.reports.filter(
    ({ siteId, kind, status, schedule, campaigns }) =>
      wants("site", siteId) &&
      wants("kind", kind) &&
      wants("status", status) &&
      wants("schedule", schedule?.id) &&
      (!query.get("campaign") || campaigns.some(({ id }) => id === query.get("campaign"))),
  );
}

/** What was ordered is built by the time it is looked at for the second time. */
function one({ state, ids }: Call) {
  const found = state.reporting.reports.find(({ id }) => id === ids[0]);
  if (found?.id !== "rep_new" || found.status === "ready") return found;
  const asked = { ...found };
  Object.assign(found, { status: "ready", readyAt: ago(0), files: report("x", {}).files });
  return asked;
}

function create({ state, body }: Call) {
  const request = body as CreateReportRequest;
  const made = report("rep_new", {
    kind: request.kind ?? "campaign-performance",
    title: request.title ?? "Report",
    range: { from: request.from ?? "2026-10-01", to: request.to ?? "2026-10-31" },
    status: "pending",
    readyAt: null,
    files: { pdf: null, xlsx: null, csv: null, json: null },
    deliveries: [],
    createdAt: ago(0),
  });
  state.reporting.reports.unshift(made);
  return ok(made, 202);
}

function details({ state, ids }: Call) {
  const found = state.reporting.reports
    .flatMap(({ deliveries, ...rest }) => deliveries.map((delivery) => ({ rest, delivery })))
    .find(({ delivery }) => delivery.id === ids[0]);
  if (!found) return missing;
  const { rest, delivery } = found;
  const answer: DeliveryDetails = {
    ...delivery,
    reportId: rest.id,
    reportTitle: rest.title,
    createdAt: rest.createdAt,
    bounce: null,
    log: Array.from({ length: delivery.attempts }, (_, index) => ({
      attempt: index + 1,
      beganAt: ago(60 - index),
      endedAt: index + 1 < delivery.attempts || delivery.status === "sent" ? ago(60 - index) : null,
      outcome:
        index + 1 < delivery.attempts ? "try_later" : delivery.status === "unknown" ? null : delivery.status,
      reason: index + 1 < delivery.attempts ? "429 too many requests" : delivery.failure,
    })),
  };
  return ok(answer);
}

const COMPARISON: ReportComparison = {
  before: { id: "rep_october", dataVersion: "d184-s12-m7", readyAt: ago(61) },
  after: { id: "rep_again", dataVersion: "d190-s12-m7", readyAt: ago(90) },
  isEqual: false,
  changes: [
    { reason: "late", conversions: 3, revenueMinor: 14_970, spendMinor: 0, count: 3 },
    { reason: "refund", conversions: 0, revenueMinor: -4_990, spendMinor: 0, count: 1 },
    { reason: "spend", conversions: 0, revenueMinor: 0, spendMinor: 25_000, count: 2 },
  ],
  kpis: [
    { key: "revenue", unit: "money", before: 1_284_500, after: 1_294_480 },
    { key: "conversions", unit: "count", before: 309, after: 312 },
    { key: "roas", unit: "ratio", before: 3.04, after: 2.9 },
    { key: "cpa", unit: "money", before: null, after: 1_420 },
  ],
};
