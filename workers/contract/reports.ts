import * as z from "zod/mini";

import { directRule, model } from "./analytics.ts";
import { day, email, instant, limit, optionalLine } from "./primitives.ts";

export const reportStatus = z.enum(["pending", "ready", "failed"]);

/** `POST /reports` → 202: built by a queue, then mailed to the recipients with the PDF attached. */
export const createReportRequest = z.object({
  siteId: z.string(),
  /** Absent: the whole site. */
  campaignId: z.optional(z.string()),
  from: day,
  to: day,
  title: optionalLine(160),
  preparedFor: optionalLine(160),
  model: z.optional(model),
  lookback: z.optional(z.literal([1, 7, 14, 30, 60, 90])),
  direct: z.optional(directRule),
  compare: z.optional(z.enum(["previous", "none"])),
  /** Addresses outside the account's members need a confirmed e-mail of the sender. */
  recipients: z.optional(z.array(email).check(z.maxLength(20))),
  note: optionalLine(1_000),
});
export type CreateReportRequest = z.infer<typeof createReportRequest>;

export const delivery = z.object({
  id: z.string(),
  recipient: z.string(),
  status: z.enum(["pending", "sent", "failed", "unknown"]),
  failure: z.nullable(z.string()),
  sentAt: z.nullable(instant),
});
export type Delivery = z.infer<typeof delivery>;

/** `GET /reports/:id`, `GET /sites/:id/reports?campaign&after&limit`, `DELETE /reports/:id` → 204, `GET /reports/:id/download?format=pdf|csv`. */
export const report = z.object({
  id: z.string(),
  siteId: z.string(),
  campaign: z.nullable(z.object({ id: z.string(), name: z.string() })),
  kind: z.string(),
  title: z.string(),
  range: z.object({ from: day, to: day }),
  model,
  lookbackDays: z.number(),
  status: reportStatus,
  failure: z.nullable(z.string()),
  pdfBytes: z.nullable(z.number()),
  csvBytes: z.nullable(z.number()),
  replacedGlyphs: z.array(z.string()),
  deliveries: z.array(delivery),
  createdAt: instant,
  readyAt: z.nullable(instant),
});
export type Report = z.infer<typeof report>;

export const reportsQuery = z.object({
  campaign: z.optional(z.string()),
  after: z.optional(z.string()),
  limit,
});
export const downloadQuery = z.object({ format: z.optional(z.enum(["pdf", "csv"])) });
