import type { Context } from "hono";

import { cleanText } from "#core/text/clean-text.ts";
import { problem } from "./problem.ts";

const JSON_TYPE = /^application\/([a-z0-9.+-]+\+)?json\s*(;|$)/i;

/** The body's text, or the answer that refuses it. */
export async function readBodyText(c: Context, maxBytes: number): Promise<string | Response> {
  const bytes = await readBodyBytes(c, maxBytes);
  return bytes instanceof Response ? bytes : new TextDecoder().decode(bytes);
}

/**
 * The body as it is, or the answer that refuses it. Kept for whoever comes next in the same request, because a body can be
 * read only once.
 */
export async function readBodyBytes(c: Context, maxBytes: number): Promise<Uint8Array | Response> {
  const known: unknown = c.get("bodyBytes");
  if (known instanceof Uint8Array) return known;

  const announced = Number(c.req.header("content-length") ?? 0);
  if (announced > maxBytes) return tooLarge(c, maxBytes);
  const bytes = await readBounded(c.req.raw.body, maxBytes);
  if (bytes === null) return tooLarge(c, maxBytes);
  c.set("bodyBytes", bytes);
  return bytes;
}

/** The JSON of the body, all its texts cleaned, or the answer that refuses it. */
export async function readBody(c: Context, maxBytes: number): Promise<{ value: unknown } | Response> {
  // A form or plain text is what another site's page can send without asking: JSON only.
  if (!JSON_TYPE.test(c.req.header("content-type") ?? "")) return problem(c, "unsupported_media_type");
  const text = await readBodyText(c, maxBytes);
  if (text instanceof Response) return text;
  try {
    return {
      value: JSON.parse(text, (_key, value: unknown) =>
        typeof value === "string" ? cleanText(value) : value,
      ),
    };
  } catch {
    return problem(c, "invalid_json");
  }
}

async function readBounded(
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
): Promise<Uint8Array | null> {
  if (body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return joined(chunks, length);
    length += value.length;
    if (length > maxBytes) {
      await reader.cancel();
      return null;
    }
    chunks.push(value);
  }
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

function tooLarge(c: Context, maxBytes: number): Response {
  return problem(c, "body_too_large", { detail: `The body has more than ${maxBytes} bytes` });
}
