import * as z from "zod/mini";

import { DIRECT_RULES, MAX_LOOKBACK_DAYS, MIN_LOOKBACK_DAYS } from "#core/attribution/options.ts";
import { COMPARISONS } from "#core/report/comparison-range.ts";
import { REPORT_FORMATS } from "#core/report/report-format.ts";
import { REPORT_KINDS, REPORT_LANGUAGES, REPORT_SECTIONS } from "#core/report/report-model.ts";
import { attributionModel } from "./attribution.ts";
import { currency, optionalLine } from "./primitives.ts";

export const reportKind = z.enum(REPORT_KINDS);
export const reportSection = z.enum(REPORT_SECTIONS);
export const reportLanguage = z.enum(REPORT_LANGUAGES);

/** Files of a report; the mail carries those that were asked for. */
export const reportFormat = z.enum(REPORT_FORMATS);
export type { ReportFormat } from "#core/report/report-format.ts";

export const comparison = z.enum(COMPARISONS);
export type { Comparison } from "#core/report/comparison-range.ts";

/** `#rrggbb`. */
export const accent = z.string().check(z.regex(/^#[0-9a-f]{6}$/));
/** The id that `POST /report-logos` answered. */
export const logoId = z.string().check(z.regex(/^[0-9a-f]{64}\.(png|jpg)$/));

/** How a report of one order or schedule looks, where it is not as the account's settings say. */
export const brandingRequest = z.object({
  /** Null: Waymark's own sign. */
  logo: z.optional(z.nullable(logoId)),
  accent: z.optional(z.nullable(accent)),
  footer: optionalLine(200),
});

/** What an order and a schedule have in common. What is left out is as the account's settings or the kind say. */
export const reportContent = {
  kind: z.optional(reportKind),
  /** Left out: all sites of the account, for an executive summary only. */
  siteId: z.optional(z.string()),
  /** Left out: all. A sponsor report needs at least one. */
  campaignIds: z.optional(z.array(z.string()).check(z.maxLength(50))),
  title: optionalLine(160),
  preparedFor: optionalLine(160),
  model: z.optional(attributionModel),
  lookback: z.optional(z.number().check(z.int(), z.minimum(MIN_LOOKBACK_DAYS), z.maximum(MAX_LOOKBACK_DAYS))),
  direct: z.optional(z.enum(DIRECT_RULES)),
  compare: z.optional(comparison),
  sections: z.optional(z.array(reportSection)),
  language: z.optional(reportLanguage),
  /** BCP 47, such as `de-CH`. */
  locale: z.optional(z.string().check(z.maxLength(35))),
  /** The site's unless said. */
  currency: z.optional(currency),
  branding: z.optional(brandingRequest),
} as const;
