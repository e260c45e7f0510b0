import * as z from "zod/mini";

import { attributionModel } from "./attribution.ts";
import { comparison, reportContent, reportFormat, reportKind } from "./report-options.ts";
import { rollingPeriod } from "./report-schedules.ts";
import { day, email, instant, limit, optionalLine } from "./primitives.ts";

/** `skipped`: of a schedule that sends nothing when nothing happened. */
export const reportStatus = z.enum(["pending", "ready", "failed", "skipped"]);

/**
 * `POST /reports` → 202: built by a queue, then mailed to the recipients. Either `from` and `to`, or a rolling `period`
 * that ends yesterday in the site's zone.
 */
export const createReportRequest = z.object({
  ...reportContent,
  from: z.optional(day),
  to: z.optional(day),
  period: z.optional(rollingPeriod),
  /** Addresses outside the account's members need a confirmed e-mail of the sender, and agree once themselves. */
  recipients: z.optional(z.array(email).check(z.maxLength(20))),
  /** Files to attach; the PDF unless said. */
  formats: z.optional(z.array(reportFormat).check(z.minLength(1))),
  subject: optionalLine(200),
  note: optionalLine(1_000),
});
export type CreateReportRequest = z.infer<typeof createReportRequest>;

/** Kinds of a failed delivery: for filters and programs; `failure` says it in words. */
export const deliveryFailure = z.enum([
  "rejected",
  "not_built",
  "deleted",
  "expired",
  "not_confirmed",
  "unsubscribed",
  "suppressed",
  "files_gone",
  "too_large",
]);
export type DeliveryFailure = z.infer<typeof deliveryFailure>;

/**
 * `pending`: its report is not built. `built`: it is about to be sent. `unknown`: nobody can say whether it was sent, and
 * no program tries again.
 */
export const deliveryStatus = z.enum(["pending", "built", "sent", "failed", "unknown"]);
export type DeliveryStatus = z.infer<typeof deliveryStatus>;

export const delivery = z.object({
  id: z.string(),
  recipient: z.string(),
  status: deliveryStatus,
  /** Of `failed`; `not_confirmed` also of `built`: it goes out once the recipient has agreed, within seven days. */
  failureKind: z.nullable(deliveryFailure),
  failure: z.nullable(z.string()),
  attempts: z.number(),
  sentAt: z.nullable(instant),
  /** Told by the mail provider afterwards. */
  bouncedAt: z.nullable(instant),
  complainedAt: z.nullable(instant),
  /** Of `built`: not before. */
  nextAttemptAt: z.nullable(instant),
});
export type Delivery = z.infer<typeof delivery>;

/** `GET /report-deliveries`: of all reports, or of one, newest first. */
export const deliveriesQuery = z.object({
  report: z.optional(z.string()),
  status: z.optional(deliveryStatus),
  after: z.optional(z.string()),
  limit,
});
export const listedDelivery = z.extend(delivery, {
  reportId: z.string(),
  reportTitle: z.string(),
  createdAt: instant,
});
export type ListedDelivery = z.infer<typeof listedDelivery>;

/**
 * `GET /report-deliveries/:id`: with each attempt. `POST /report-deliveries/:id/resend` → 202 sends one that is `failed`
 * or `unknown` once more: a person decided that a second mail does less harm than none.
 */
export const deliveryDetails = z.extend(listedDelivery, {
  bounce: z.nullable(z.string()),
  log: z.array(
    z.object({
      attempt: z.number(),
      beganAt: instant,
      endedAt: z.nullable(instant),
      outcome: z.nullable(z.string()),
      reason: z.nullable(z.string()),
    }),
  ),
});
export type DeliveryDetails = z.infer<typeof deliveryDetails>;

/** Bytes of each file; null while it is built, or after it expired. */
export const reportFiles = z.object({
  pdf: z.nullable(z.number()),
  xlsx: z.nullable(z.number()),
  csv: z.nullable(z.number()),
  json: z.nullable(z.number()),
});
export type ReportFiles = z.infer<typeof reportFiles>;

/** `GET /reports/:id`, `DELETE /reports/:id` → 204, `GET /reports/:id/download?format=`, `GET /reports/:id/model`. */
export const report = z.object({
  id: z.string(),
  /** Null: all sites of the account. */
  siteId: z.nullable(z.string()),
  campaigns: z.array(z.object({ id: z.string(), name: z.string() })),
  kind: reportKind,
  title: z.string(),
  range: z.object({ from: day, to: day }),
  compare: comparison,
  model: attributionModel,
  lookbackDays: z.number(),
  currency: z.nullable(z.string()),
  status: reportStatus,
  failure: z.nullable(z.string()),
  /** `period`: the day of sending, `now-<minute>` of a run by hand, `test-<minute>-<user>` of a test. */
  schedule: z.nullable(z.object({ id: z.string(), name: z.string(), period: z.string() })),
  /** The report that it is worked out anew from. */
  recomputeOf: z.nullable(z.string()),
  dataVersion: z.nullable(z.string()),
  files: reportFiles,
  replacedGlyphs: z.array(z.string()),
  deliveries: z.array(delivery),
  createdAt: instant,
  readyAt: z.nullable(instant),
  /** When its files were taken away, as the account's settings say. */
  expiredAt: z.nullable(instant),
});
export type Report = z.infer<typeof report>;

/** `GET /reports`: of all sites or of one, newest first. */
export const reportsQuery = z.object({
  site: z.optional(z.string()),
  campaign: z.optional(z.string()),
  schedule: z.optional(z.string()),
  kind: z.optional(reportKind),
  status: z.optional(reportStatus),
  after: z.optional(z.string()),
  limit,
});
export const downloadQuery = z.object({ format: z.optional(reportFormat) });

/** `POST /reports/:id/recompute` → 202: the same question on the data of now; nothing is mailed. */
export const recomputeReportRequest = z.object({});

/** Why two reports differ, in the reasons of runs. Money in minor units of their currency. */
const reportChange = z.object({
  reason: z.enum(["late", "refund", "matcher", "spend", "rates", "erased", "options", "chain"]),
  conversions: z.number(),
  revenueMinor: z.number(),
  spendMinor: z.number(),
  count: z.number(),
});

export const reportComparisonQuery = z.object({
  /** The earlier report; absent: the one that this is worked out anew from. */
  with: z.optional(z.string()),
});

/** `GET /reports/:id/comparison?with=`: what differs, `after − before`, and why; the changes add up to the difference. */
export const reportComparison = z.object({
  before: z.object({ id: z.string(), dataVersion: z.nullable(z.string()), readyAt: z.nullable(instant) }),
  after: z.object({ id: z.string(), dataVersion: z.nullable(z.string()), readyAt: z.nullable(instant) }),
  isEqual: z.boolean(),
  /** Null where the two answer other questions: then only the figures are set side by side. */
  changes: z.nullable(z.array(reportChange)),
  kpis: z.array(
    z.object({
      key: z.string(),
      unit: z.string(),
      before: z.nullable(z.number()),
      after: z.nullable(z.number()),
    }),
  ),
});
export type ReportComparison = z.infer<typeof reportComparison>;
