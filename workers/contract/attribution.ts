import * as z from "zod/mini";

import { MODELS } from "#core/attribution/models.ts";
import { MARKOV_ORDERS } from "#core/attribution/options.ts";
import { figuresBasis, isRevenueForeign, ratio } from "./analytics.ts";
import { attributionOptionsQuery, customerKind, directRule, grouping } from "./attribution-options.ts";
import { day } from "./primitives.ts";

export const attributionModel = z.enum(MODELS);
export type AttributionModel = z.infer<typeof attributionModel>;

/** `GET /sites/:id/attribution`: every model, side by side, or one of them. */
export const attributionQuery = z.extend(attributionOptionsQuery, {
  /** Its credits alone, and the rows in its order. */
  model: z.optional(attributionModel),
});
export type AttributionQuery = z.infer<typeof attributionQuery>;

/** `GET /sites/:id/conversion-types`: what `type` may be, of conversions in these days. */
export const conversionTypesQuery = z.object({ from: day, to: day });

export const conversionTypes = z.object({
  siteId: z.string(),
  range: z.object({ from: day, to: day }),
  /** The most frequent first, 200 at most; test conversions are not counted. */
  items: z.array(z.object({ type: z.string(), conversions: z.number() })),
  /** False where the range holds more than 100,000 conversions: then the latest of them are counted. */
  isWhole: z.boolean(),
});
export type ConversionTypes = z.infer<typeof conversionTypes>;

/** Absent in runs of before it was told. */
const isForeign = { isRevenueForeign: z.optional(isRevenueForeign) };

export const credit = z.object({ conversions: z.number(), revenueMinor: z.number(), ...isForeign });
export type Credit = z.infer<typeof credit>;

/** The ends of a 95 % interval. */
const interval = z.object({ low: z.number(), high: z.number() });
export type Interval = z.infer<typeof interval>;

/** What a row earned under one model. An interval is null where it cannot be told: too few journeys, or no base. */
export const modelCredit = z.object({
  conversions: z.number(),
  conversionsInterval: z.nullable(interval),
  revenueMinor: z.number(),
  ...isForeign,
  revenueInterval: z.nullable(interval),
  /** Minor units a conversion. */
  cpa: ratio,
  cpaInterval: z.nullable(interval),
  roas: ratio,
  roasInterval: z.nullable(interval),
  roi: ratio,
  roiInterval: z.nullable(interval),
  /** Markov: the share of conversions that would be lost without the group, 0 to 1. */
  removalEffect: z.optional(z.number()),
  /** Converting journeys that the group is part of. */
  convertingJourneys: z.number(),
  /** Fewer than 30 of them: show it grey. */
  tooFew: z.boolean(),
});
export type ModelCredit = z.infer<typeof modelCredit>;

/**
 * Lowest and highest figure over the models that share out one total. `agree`: another model would hardly change a
 * decision; `too_few`: below 30 converting journeys there is no verdict.
 */
const spread = z.object({
  low: z.number(),
  high: z.number(),
  verdict: z.enum(["agree", "disagree", "too_few"]),
});
export type Spread = z.infer<typeof spread>;

/**
 * `kind`: a group that earned credit or cost money; contacts that are in no group; conversions with no eligible
 * touchpoint; or all groups beyond the first 500 together.
 */
export const attributionRow = z.object({
  kind: z.enum(["group", "other", "none", "unattributed"]),
  /** Campaign id, channel code, page id, or the text itself; null for the other kinds. */
  key: z.nullable(z.string()),
  name: z.string(),
  /** Of campaigns; null where no spend row says it, and by anything else. */
  spendMinor: z.nullable(z.number()),
  /** By model; a model that has no figures for the range is missing. */
  credits: z.partialRecord(attributionModel, modelCredit),
  spread: z.nullable(z.object({ conversions: spread, revenueMinor: spread })),
});
export type AttributionRow = z.infer<typeof attributionRow>;

/** How the figures came about. */
export const attributionBasis = z.object({
  ...z.omit(figuresBasis, { model: true, asOf: true }).shape,
  direct: directRule,
  /** Null: off for rule models, on for Markov and Shapley. */
  reset: z.nullable(z.boolean()),
  position: z.object({ first: z.number(), middle: z.number(), last: z.number() }),
  halfLifeDays: z.number(),
  markov: z.object({ order: z.literal(MARKOV_ORDERS), nullJourneys: z.boolean() }),
  /** Null: conversions of every type. */
  type: z.nullable(z.string()),
  /** Null: new and returning customers. */
  customer: z.nullable(customerKind),
  asOf: figuresBasis.shape.asOf,
});
export type AttributionBasis = z.infer<typeof attributionBasis>;

/** The journeys that a family of models shares out. */
const journeySet = z.object({
  reset: z.boolean(),
  convertingJourneys: z.number(),
  unattributed: credit,
});

/** All conversions of the range, and its revenue after refunds: the same for every model, unattributed included. */
const attributionTotals = z.object({
  conversions: z.number(),
  revenueMinor: z.number(),
  ...isForeign,
  spendMinor: z.nullable(z.number()),
  /** Whether some of the spend has no rate, which is why `spendMinor` is null; absent in runs of before it was told. */
  isSpendForeign: z.optional(z.boolean()),
  rules: journeySet,
  dataDriven: journeySet,
});

/** Markov: P(conversion) from the chain must be the share of journeys that convert; it is checked with every answer. */
const markovCheck = z.object({
  pConversion: z.number(),
  empirical: z.number(),
  /** Of the chain: groups, or runs of two or three. */
  states: z.number(),
});

const head = {
  siteId: z.string(),
  by: grouping,
  range: z.object({ from: day, to: day }),
  basis: attributionBasis,
};

/** The first time that much data is asked for: the answer is being worked out, and is there when it is asked for again. */
const attributionComputing = z.object({ status: z.literal("computing"), ...head, retryAfterMs: z.number() });

export const attributionReady = z.object({
  status: z.literal("ready"),
  ...head,
  models: z.array(attributionModel),
  /** Models without figures, and why: more states than a chain may have (group by something coarser), or no conversions. */
  absent: z.array(
    z.object({ model: attributionModel, reason: z.enum(["too_many_states", "no_conversions"]) }),
  ),
  totals: attributionTotals,
  check: z.nullable(markovCheck),
  rows: z.array(attributionRow),
});
export type AttributionReady = z.infer<typeof attributionReady>;

export const attribution = z.discriminatedUnion("status", [attributionComputing, attributionReady]);
export type Attribution = z.infer<typeof attribution>;
