import * as z from "zod/mini";

import { asciiMatcher } from "./ascii-matcher.ts";
import {
  channel,
  currency,
  day,
  instant,
  limit,
  line,
  minor,
  money,
  optionalLine,
  percent,
} from "./primitives.ts";

export const campaignStatus = z.enum(["draft", "active", "paused", "completed"]);
export type CampaignStatus = z.infer<typeof campaignStatus>;

export const matcherKind = z.enum(["utm_campaign", "utm_pair", "click_id", "promo_code", "referrer"]);
/** A utm pair is written `source / medium`; a click id by its parameter (`gclid`); a referrer by its host. */
export const matcher = z.object({ kind: matcherKind, value: line(256) });
export type Matcher = z.infer<typeof matcher>;

const fields = {
  channel,
  startsOn: z.optional(z.nullable(day)),
  endsOn: z.optional(z.nullable(day)),
  budgetMinor: z.optional(z.nullable(minor.check(z.minimum(0)))),
  /** Of budget, targets and spend; absent: the site's. */
  currency: z.optional(currency),
  goal: optionalLine(120),
  targetCpaMinor: z.optional(z.nullable(minor.check(z.minimum(0)))),
  targetRoas: z.optional(z.nullable(z.number().check(z.minimum(0)))),
  /** Gross margin of what the campaign sells; null: the site's. */
  marginPercent: z.optional(z.nullable(percent)),
  owner: optionalLine(120),
  notes: optionalLine(4_000),
  /** The whole set; a value that belongs to another campaign of the site is 409 `matcher_taken`. */
  matchers: z.optional(z.array(matcher.check(z.overwrite(asciiMatcher))).check(z.maxLength(100))),
};

/** `GET /campaigns/:id`, `GET /sites/:id/campaigns?status&q&after&limit`. */
export const campaign = z.object({
  id: z.string(),
  siteId: z.string(),
  name: z.string(),
  channel,
  status: campaignStatus,
  startsOn: z.nullable(day),
  endsOn: z.nullable(day),
  budget: z.nullable(money),
  currency: z.string(),
  goal: z.nullable(z.string()),
  targetCpa: z.nullable(money),
  targetRoas: z.nullable(z.number()),
  marginPercent: z.nullable(z.number()),
  owner: z.nullable(z.string()),
  notes: z.nullable(z.string()),
  matchers: z.array(matcher),
  createdAt: instant,
  updatedAt: instant,
  archivedAt: z.nullable(instant),
});
export type Campaign = z.infer<typeof campaign>;

export const campaignsQuery = z.object({
  status: z.optional(campaignStatus),
  q: z.optional(z.string().check(z.maxLength(120))),
  after: z.optional(z.string()),
  limit,
});

/** `POST /sites/:id/campaigns` → 201. Without matchers, the name itself becomes a `utm_campaign` matcher. */
export const createCampaignRequest = z.object({
  name: line(120),
  status: z.optional(z.enum(["draft", "active"])),
  ...fields,
});
export type CreateCampaignRequest = z.infer<typeof createCampaignRequest>;

/** `PATCH /campaigns/:id`; `status` pauses, resumes and completes. `DELETE /campaigns/:id` → 204 archives. */
export const updateCampaignRequest = z.partial(
  z.object({ name: line(120), status: campaignStatus, ...fields }),
);
export type UpdateCampaignRequest = z.infer<typeof updateCampaignRequest>;

/**
 * `GET /campaigns/:id/spend?from&to` (without days: all of it), `PUT /campaigns/:id/spend` (upsert by day and source),
 * `DELETE /campaigns/:id/spend/:day?source=` → 204.
 */
export const spendRow = z.object({
  day,
  amount: money,
  source: z.string(),
  note: z.nullable(z.string()),
  updatedAt: instant,
});
export type SpendRow = z.infer<typeof spendRow>;
export const putSpendRequest = z.object({
  rows: z
    .array(
      z.object({
        day,
        amountMinor: minor.check(z.minimum(0)),
        currency: z.optional(currency),
        source: z.optional(line(40)),
        note: optionalLine(500),
      }),
    )
    .check(z.minLength(1), z.maxLength(1_000)),
});
export type PutSpendRequest = z.infer<typeof putSpendRequest>;

export const putSpendAnswer = z.object({ written: z.number() });
export type PutSpendAnswer = z.infer<typeof putSpendAnswer>;

export const spendQuery = z.object({
  from: z.optional(day),
  to: z.optional(day),
  after: z.optional(z.string()),
  limit,
});

/** Absent: the source of rows that were typed in, `manual`. */
export const deleteSpendQuery = z.object({ source: z.optional(line(40)) });
