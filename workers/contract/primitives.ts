import * as z from "zod/mini";

import { CHANNELS } from "#core/channels/channel.ts";
import { cleanText } from "#core/text/clean-text.ts";
import { isDay } from "#core/time/site-day.ts";

/** Shapes that every resource is made of. */

const NO_DAY = "must be a day of the calendar, such as 2026-03-09";
export const day = z
  .string()
  .check(
    z.regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, { abort: true, error: NO_DAY }),
    z.refine(isDay, NO_DAY),
  );
const NO_INSTANT = "must be an instant such as 2026-03-09T00:00:00.000Z";
export const instant = z
  .string()
  .check(
    z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/, { abort: true, error: NO_INSTANT }),
    z.refine(isInstant, NO_INSTANT),
  );
export const currency = z.string().check(z.regex(/^[A-Z]{3}$/));
export const minor = z
  .number()
  .check(z.int(), z.minimum(-Number.MAX_SAFE_INTEGER), z.maximum(Number.MAX_SAFE_INTEGER));
export const money = z.object({ minor, currency });
export type Money = z.infer<typeof money>;

/** What is left of revenue after the cost of goods, per cent, to a hundredth. */
export const percent = z.number().check(z.minimum(0.01), z.maximum(100));

export const channel = z.enum(CHANNELS as unknown as [string, ...string[]]);

/** A required line of text that a person typed, without what Postgres cannot hold (decisions 6). */
export const line = (max: number) =>
  z.string().check(z.overwrite(cleanText), z.trim(), z.minLength(1), z.maxLength(max));
/** A line that may be absent: null clears it. */
export const optionalLine = (max: number) =>
  z.optional(z.nullable(z.string().check(z.overwrite(cleanText), z.trim(), z.maxLength(max))));

export const email = z
  .string()
  .check(
    z.trim(),
    z.toLowerCase(),
    z.maxLength(254),
    z.regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, "must be an address, such as you@shop.example"),
  );

/** A whole number of a query string. One beyond its bounds is told them, so that more digits than they have are read. */
export const wholeNumber = (min: number, max: number) =>
  z
    .pipe(
      z.string().check(z.regex(/^-?\d{1,15}$/, "must be a whole number")),
      z.transform((text: string) => Number(text)),
    )
    .check(z.minimum(min), z.maximum(max));

/** `limit` of a list, from a query string. */
export const limit = z.optional(wholeNumber(1, 200));

/** `after` and `limit` of a list that takes nothing else. */
export const pageQuery = z.object({ after: z.optional(z.string()), limit });

export const list = <T extends z.ZodMiniType>(entry: T) =>
  z.object({ items: z.array(entry), next: z.nullable(z.string()) });

/** What may be any JSON; the words say what it holds where OpenAPI describes it. */
export const anyJson = (description: string) => z.unknown().check(z.meta({ description }));

/** `lookback` of a query string, whole days. */
export const lookback = z.optional(
  z.pipe(
    z.enum(["1", "7", "14", "30", "60", "90"]),
    z.transform((text: "1" | "7" | "14" | "30" | "60" | "90") => Number(text)),
  ),
);

/** Whether it names one: 30 February is read as 2 March, so that only what is written back the same is one. */
function isInstant(text: string): boolean {
  const atMs = Date.parse(text);
  return Number.isFinite(atMs) && new Date(atMs).toISOString() === text;
}
