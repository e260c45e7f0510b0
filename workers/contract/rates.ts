import * as z from "zod/mini";

import { parseRate, RATE_BASE } from "#core/money/exchange-rate.ts";
import { currency, day, limit, line } from "./primitives.ts";

const exactDecimal = z.string().check(
  z.regex(/^\d{1,12}(\.\d{1,12})?$/, { abort: true, error: "must be a decimal such as 1.0834" }),
  z.refine((text) => parseRate(text) !== null, "must be above zero"),
);

/** `GET /rates?from&to&currency&after&limit`: units of the currency for one euro, newest day first. */
export const exchangeRate = z.object({
  currency: z.string(),
  day,
  /** An exact decimal. */
  rate: z.string(),
  /** Where it comes from: `ECB`, a file's name. */
  source: z.string(),
  /** The account's own, which goes before the shared one; false: the installation's. */
  isOwn: z.boolean(),
});
export type ExchangeRate = z.infer<typeof exchangeRate>;

export const ratesQuery = z.object({
  from: z.optional(day),
  to: z.optional(day),
  currency: z.optional(currency),
  after: z.optional(z.string()),
  limit,
});

/**
 * `PUT /rates` (the account's own) and `PUT /admin/rates` (everybody's): each replaces that of its currency and day.
 * `DELETE /rates/:currency/:day` → 204 lets the shared one hold again.
 */
export const putRatesRequest = z.object({
  rates: z
    .array(
      z.object({
        currency: currency.check(
          z.refine((code) => code !== RATE_BASE, "must be another than EUR: the euro needs no rate"),
        ),
        day,
        rate: exactDecimal,
        source: z.optional(line(80)),
      }),
    )
    .check(z.minLength(1), z.maxLength(5_000)),
});
export type PutRatesRequest = z.infer<typeof putRatesRequest>;

/** How many are new or different: the same again changes nothing. */
export const putRatesAnswer = z.object({ changed: z.number() });
export type PutRatesAnswer = z.infer<typeof putRatesAnswer>;
