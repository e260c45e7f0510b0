import * as z from "zod/mini";

import { cleanText } from "#core/text/clean-text.ts";

/** The public collect protocol, version 1. It changes only by addition. */
export const MAX_BODY_BYTES = 64_000;
export const MAX_EVENTS_PER_BODY = 50;
export const MAX_PROPS = 30;
export const MAX_PROPS_BYTES = 4_000;
const MAX_URL = 4_096;
const MAX_TEXT = 512;
/** In characters, of what identifies: cut off it would name something else, so it is refused, and docs/developers say so. */
export const MAX_ID = 128;
export const MAX_NAME = 64;
export const MAX_CUSTOMER = 512;

/** A string that Postgres can hold: NUL and lone surrogates are gone. */
const cleaned = z.pipe(
  z.string(),
  z.transform((value: string) => cleanText(value)),
);

/** The same, of a bounded length. */
const text = (max: number) =>
  z.pipe(
    z.string().check(z.maxLength(max)),
    z.transform((value: string) => cleanText(value)),
  );

/** Texts that only describe are cut, not refused: a long title must not cost a page view. */
const clipped = (max: number) =>
  z.pipe(
    z.string(),
    z.transform((value: string) => cleanText(value.slice(0, max))),
  );

/** A reference of the sender's own; shops number their orders, so a number will do. */
const referenceText = (max: number) =>
  z.pipe(
    z.union([z.string().check(z.maxLength(max)), z.number()]),
    z.transform((value: string | number) => cleanText(String(value)).trim()),
  );
const reference = (max: number) => referenceText(max).check(z.refine((value) => value !== ""));

/** A template without a value sends an empty text: that is none, and no reason to refuse the conversion. */
const orNone = <T extends z.ZodMiniType>(schema: T) =>
  z.optional(
    z.union([
      z.pipe(
        z.literal(""),
        z.transform((): undefined => undefined),
      ),
      schema,
    ]),
  );
/** The same for a reference, which may be blank too. */
const referenceOrNone = (max: number) =>
  z.optional(
    z.pipe(
      referenceText(max),
      z.transform((value: string) => (value === "" ? undefined : value)),
    ),
  );

/** Upper case is accepted and kept as lower case, so that one id has one spelling. */
const uuid = z.pipe(
  z.string().check(z.regex(/^[\dA-Fa-f]{8}-([\dA-Fa-f]{4}-){3}[\dA-Fa-f]{12}$/)),
  z.transform((value: string) => value.toLowerCase()),
);

/** `http:` and `https:` only: what a page can be. Ad networks make addresses without end; the rest is cut off. */
const pageUrl = clipped(MAX_URL).check(
  z.refine((value) => /^https?:\/\/[^/]/i.test(value) && URL.canParse(value)),
);

function utf8Bytes(json: string): number {
  return new TextEncoder().encode(json).length;
}

/** All of them together are bounded, and none by itself. */
const propValue = z.union([cleaned, z.number(), z.boolean(), z.null()]);
export const props = z.pipe(
  z.record(z.string(), propValue).check(
    z.refine((value) => Object.keys(value).length <= MAX_PROPS),
    z.refine((value) => utf8Bytes(JSON.stringify(value)) <= MAX_PROPS_BYTES),
  ),
  z.transform((value) =>
    Object.fromEntries(Object.entries(value).map(([key, inner]) => [cleanText(key), inner])),
  ),
);

/** Major units, as a decimal string or a number; whole minor units are made of it in core. */
const majorUnits = z.union([
  z.string().check(z.regex(/^\d{1,15}(\.\d{1,20})?$/)),
  z.number().check(z.minimum(0)),
]);
const currency = z.pipe(
  z.string().check(z.regex(/^[A-Za-z]{3}$/)),
  z.transform((value: string) => value.toUpperCase()),
);

const common = {
  id: uuid,
  at: z.number().check(z.int()),
  url: z.optional(pageUrl),
  referrer: orNone(clipped(MAX_URL)),
  title: z.optional(clipped(MAX_TEXT)),
  campaign: z.optional(text(MAX_ID)),
  promoCode: referenceOrNone(MAX_ID),
  props: z.optional(props),
};

/** Only the bulk API, which a key authenticates, may name these itself. */
const named = { visitor: z.optional(uuid), channel: z.optional(text(MAX_NAME)) };

const conversionBody = z.object({
  type: orNone(text(MAX_NAME)),
  value: orNone(majorUnits),
  currency: orNone(currency),
  orderId: referenceOrNone(MAX_ID),
  promoCode: referenceOrNone(MAX_ID),
  test: z.optional(z.boolean()),
});

/** An empty value is refused here: a refund without one is in full, and a template may have lost it. */
const refundBody = z
  .object({
    orderId: referenceOrNone(MAX_ID),
    conversionId: z.optional(uuid),
    value: z.optional(majorUnits),
    currency: z.optional(currency),
  })
  .check(z.refine(({ orderId, conversionId }) => orderId !== undefined || conversionId !== undefined));

const pixelEvents = [
  z.object({ ...common, type: z.literal("pageview"), url: pageUrl }),
  z.object({
    ...common,
    type: z.literal("click"),
    link: z.optional(clipped(MAX_URL)),
    text: z.optional(clipped(MAX_TEXT)),
  }),
  z.object({ ...common, type: z.literal("impression") }),
  z.object({ ...common, type: z.literal("conversion"), conversion: z.optional(conversionBody) }),
  z.object({ ...common, type: z.literal("custom"), name: text(MAX_NAME).check(z.minLength(1)) }),
  z.object({ ...common, type: z.literal("identify"), customer: reference(MAX_CUSTOMER) }),
  z.object({ ...common, type: z.literal("consent"), state: z.enum(["granted", "denied"]) }),
] as const;

export const pixelEvent = z.discriminatedUnion("type", [...pixelEvents]);

const [pageview, click, impression, conversion, custom, identify] = pixelEvents;
/** `POST /api/v1/events`: the pixel's events with any past `at`, plus refunds and names. */
export const importedEvent = z.discriminatedUnion("type", [
  z.extend(pageview, { ...named, url: z.optional(pageUrl) }),
  z.extend(click, named),
  z.extend(impression, named),
  z.extend(conversion, named),
  z.extend(custom, named),
  z.extend(identify, named),
  z.object({ ...common, ...named, type: z.literal("refund"), refund: refundBody }),
]);

export type PixelEvent = z.infer<typeof pixelEvent>;
export type ImportedEvent = z.infer<typeof importedEvent>;

/** The envelope; its events are parsed one by one, so that one bad event refuses only itself. */
export const collectBody = z.object({
  v: z.literal(1),
  site: z.string().check(z.minLength(1), z.maxLength(64)),
  sentAt: z.optional(z.number().check(z.int())),
  visitor: z.optional(uuid),
  consent: z.optional(z.enum(["granted", "denied"])),
  events: z.array(z.unknown()).check(z.minLength(1), z.maxLength(MAX_EVENTS_PER_BODY)),
});
export type CollectBody = z.infer<typeof collectBody>;

/** Why an event was refused; counted in the ledger under this name. */
export const REJECTION_CODES = [
  "invalid_event",
  "invalid_id",
  "invalid_url",
  "invalid_value",
  "invalid_currency",
  "invalid_props",
  "invalid_type",
  "not_allowed",
  "no_consent",
  "opted_out",
  "too_old",
  "unknown_campaign",
] as const;
export type RejectionCode = (typeof REJECTION_CODES)[number];

export type CollectAnswer = {
  accepted: number;
  rejected: { index: number; code: RejectionCode; message: string }[];
  silence?: true;
};
