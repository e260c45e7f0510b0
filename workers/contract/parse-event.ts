import type { z } from "zod/mini";

import { fail, ok, type Result } from "#core/result.ts";

import {
  importedEvent,
  MAX_CUSTOMER,
  MAX_ID,
  MAX_NAME,
  MAX_PROPS,
  MAX_PROPS_BYTES,
  pixelEvent,
  type ImportedEvent,
  type PixelEvent,
  type RejectionCode,
} from "./collect.ts";

/** Why one event of a body was refused, in words for whoever sent it. */
export type EventRefusal = { code: RejectionCode; message: string };

/** One event as the pixel and other browsers send it. */
export function parsePixelEvent(raw: unknown): Result<PixelEvent, EventRefusal> {
  if (typeOf(raw) === "refund") {
    return fail({ code: "not_allowed", message: "type: a refund is taken from API keys only" });
  }
  const parsed = pixelEvent.safeParse(raw);
  return parsed.success ? ok(parsed.data) : fail(refusalOf(raw, parsed.error));
}

/** One event as the bulk API takes it. */
export function parseImportedEvent(raw: unknown): Result<ImportedEvent, EventRefusal> {
  const parsed = importedEvent.safeParse(raw);
  return parsed.success ? ok(parsed.data) : fail(refusalOf(raw, parsed.error));
}

type FieldRule = { code: RejectionCode; expected: string };

const A_TEXT: FieldRule = { code: "invalid_event", expected: "must be a text" };
const A_UUID: FieldRule = { code: "invalid_event", expected: "must be a uuid" };
const A_SHORT_NAME: FieldRule = {
  code: "invalid_event",
  expected: `must be a text of at most ${MAX_NAME} characters`,
};
const A_REFERENCE: FieldRule = {
  code: "invalid_event",
  expected: `must be a text or number of at most ${MAX_ID} characters`,
};

/** By the last name in the path of what is wrong. */
const FIELD_RULES: Readonly<Record<string, FieldRule>> = {
  id: { code: "invalid_id", expected: "must be a UUIDv7" },
  type: { code: "invalid_type", expected: "must be a known kind of event" },
  url: {
    code: "invalid_url",
    expected: "must be an absolute http or https address",
  },
  value: { code: "invalid_value", expected: "must be zero or more in major units, such as 49.90" },
  currency: { code: "invalid_currency", expected: "must be a currency of ISO 4217, such as EUR" },
  props: {
    code: "invalid_props",
    expected: `must be at most ${MAX_PROPS} texts, numbers, booleans or nulls in at most ${MAX_PROPS_BYTES} bytes`,
  },
  at: { code: "invalid_event", expected: "must be whole epoch milliseconds" },
  visitor: A_UUID,
  conversionId: A_UUID,
  name: { code: "invalid_event", expected: `must be a text of 1 to ${MAX_NAME} characters` },
  customer: {
    code: "invalid_event",
    expected: `must be a text or number of 1 to ${MAX_CUSTOMER} characters`,
  },
  campaign: { code: "invalid_event", expected: `must be a text of at most ${MAX_ID} characters` },
  channel: A_SHORT_NAME,
  orderId: A_REFERENCE,
  promoCode: A_REFERENCE,
  referrer: A_TEXT,
  title: A_TEXT,
  link: A_TEXT,
  text: A_TEXT,
  conversion: { code: "invalid_event", expected: "must be an object" },
  test: { code: "invalid_event", expected: "must be true or false" },
  state: { code: "invalid_event", expected: "must be granted or denied" },
  refund: { code: "invalid_event", expected: "must name an orderId or a conversionId" },
};

function refusalOf(raw: unknown, error: z.core.$ZodError): EventRefusal {
  const path = error.issues[0]?.path ?? [];
  if (path.length === 0) {
    const isObject = typeof raw === "object" && raw !== null && !Array.isArray(raw);
    return {
      code: "invalid_event",
      message: isObject ? "the event has no valid shape" : "an event is a JSON object",
    };
  }
  const rule = ruleFor(path);
  return { code: rule.code, message: `${path.map(String).join(".")}: ${rule.expected}` };
}

function ruleFor(path: readonly PropertyKey[]): FieldRule {
  const isProp = path[0] === "props";
  // `conversion.type` is the shop's own word; only the top `type` names the kind of event.
  const isInnerType = path.length > 1 && path.at(-1) === "type";
  if (isInnerType && !isProp) return A_SHORT_NAME;
  const name = isProp ? "props" : String(path.at(-1));
  return FIELD_RULES[name] ?? { code: "invalid_event", expected: "has a wrong type" };
}

function typeOf(raw: unknown): unknown {
  return typeof raw === "object" && raw !== null && "type" in raw ? raw.type : undefined;
}
