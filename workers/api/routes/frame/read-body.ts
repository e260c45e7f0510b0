import type { Context } from "hono";

import { cleanText } from "#core/text/clean-text.ts";
import { problem } from "./problem.ts";

const JSON_TYPE = /^application\/([a-z0-9.+-]+\+)?json\s*(;|$)/i;

/** The body's text, kept for whoever comes next in the same request: a body can be read only once. */
export async function readBodyText(c: Context, maxBytes: number): Promise<string | Response> {
  const known: unknown = c.get("bodyText");
  if (typeof known === "string") return known;

  const bytes = await readBodyBytes(c, maxBytes);
  if (bytes instanceof Response) return bytes;
  const text = new TextDecoder().decode(bytes);
  c.set("bodyText", text);
  return text;
}

/** The body as it is, or the answer that refuses it. */
export async function readBodyBytes(c: Context, maxBytes: number): Promise<Uint8Array | Response> {
  const announced = Number(c.req.header("content-length") ?? 0);
  if (announced > maxBytes) return tooLarge(c, maxBytes);
  return (await readBounded(c.req.raw.body, maxBytes)) ?? tooLarge(c, maxBytes);
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
