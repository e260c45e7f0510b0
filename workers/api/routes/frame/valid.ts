import type { Context, MiddlewareHandler } from "hono";
import { validator } from "hono/validator";
import type { z } from "zod/mini";

import { cleanText } from "#core/text/clean-text.ts";
import { fieldErrors, summaryOf } from "./field-errors.ts";
import { problem } from "./problem.ts";
import { readBody } from "./read-body.ts";

/** Without the input an issue cannot tell a missing field from a wrong one. */
const NAME_MISSING = { reportInput: true };
const MAX_BODY_BYTES = 256 * 1024;

type Checked<Target extends "json" | "query", T extends z.ZodMiniType> = {
  in: { [K in Target]: z.input<T> };
  out: { [K in Target]: z.output<T> };
};

/**
 * The JSON body by a schema of the contract: `validJson(createSiteRequest)`, then `c.req.valid("json")`. Refuses
 * another content type (415), a body over `maxBytes` (413), no JSON (400 `invalid_json`) and what the schema refuses
 * (400 `invalid_request`, each field by name). NUL and lone surrogates are gone from every text (decisions 6).
 */
export function validJson<T extends z.ZodMiniType>(
  schema: T,
  maxBytes: number = MAX_BODY_BYTES,
): MiddlewareHandler<object, string, Checked<"json", T>> {
  return async (c, next) => {
    const body = await readBody(c, maxBytes);
    if (body instanceof Response) return body;
    const parsed = schema.safeParse(body.value, NAME_MISSING);
    if (!parsed.success) return refuse(c, parsed.error);

    c.req.addValidatedData("json", parsed.data as object);
    await next();
    return undefined;
  };
}

/** The query string by a schema of the contract, then `c.req.valid("query")`. A name given twice counts once. */
export function validQuery<T extends z.ZodMiniType>(
  schema: T,
): MiddlewareHandler<object, string, Checked<"query", T>> {
  return validator("query", (value, c) => {
    const cleaned = Object.fromEntries(
      Object.entries(value).map(([name, text]) => [
        name,
        cleanText(String(Array.isArray(text) ? text[0] : text)),
      ]),
    );
    const parsed = schema.safeParse(cleaned, NAME_MISSING);
    return parsed.success ? parsed.data : refuse(c, parsed.error);
  }) as unknown as MiddlewareHandler<object, string, Checked<"query", T>>;
}

function refuse(c: Context, error: z.core.$ZodError): Response {
  const errors = fieldErrors(error);
  return problem(c, "invalid_request", { detail: summaryOf(errors), errors });
}
