import type { Context, MiddlewareHandler } from "hono";
import { validator } from "hono/validator";
import type { z } from "zod/mini";

import { cleanText } from "#core/text/clean-text.ts";
import { fieldErrors, summaryOf } from "./field-errors.ts";
import { problem, type FieldError } from "./problem.ts";
import { readBody } from "./read-body.ts";
import { unknownMembers } from "./unknown-members.ts";

/** Without the input an issue cannot tell a missing field from a wrong one. */
const NAME_MISSING = { reportInput: true };
const MAX_BODY_BYTES = 256 * 1024;
/** A body may have any number; the first say enough. */
const MAX_UNKNOWN = 20;

type Checked<Target extends "json" | "query", T extends z.ZodMiniType> = {
  in: { [K in Target]: z.input<T> };
  out: { [K in Target]: z.output<T> };
};

/** How much of a body is read, and whether members that the schema has no name for are let be. */
type BodyRule = { maxBytes?: number; isOpen?: boolean };

/**
 * The JSON body by a schema of the contract: `validJson(createSiteRequest)`, then `c.req.valid("json")`. Refuses
 * another content type (415), a body over `maxBytes` (413), no JSON (400 `invalid_json`) and what the schema refuses or has
 * no name for (400 `invalid_request`, each field by name): a misspelt one would change nothing and say nothing. NUL and lone surrogates are gone from every text (decisions 6).
 */
export function validJson<T extends z.ZodMiniType>(
  schema: T,
  { maxBytes = MAX_BODY_BYTES, isOpen = false }: BodyRule = {},
): MiddlewareHandler<object, string, Checked<"json", T>> {
  return async (c, next) => {
    const body = await readBody(c, maxBytes);
    if (body instanceof Response) return body;
    const parsed = schema.safeParse(body.value, NAME_MISSING);
    if (!parsed.success) return refuse(c, fieldErrors(parsed.error));
    const unknown = isOpen ? [] : unknownMembers(schema, body.value);
    if (unknown.length > 0) return refuse(c, unknown.slice(0, MAX_UNKNOWN).map(unknownError));

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
    return parsed.success ? parsed.data : refuse(c, fieldErrors(parsed.error));
  }) as unknown as MiddlewareHandler<object, string, Checked<"query", T>>;
}

function unknownError(path: string): FieldError {
  return { path, code: "unknown_member", message: "is nothing that can be said here" };
}

function refuse(c: Context, errors: FieldError[]): Response {
  return problem(c, "invalid_request", { detail: summaryOf(errors), errors });
}
