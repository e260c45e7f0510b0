import { cleanText } from "#core/text/clean-text.ts";
import type { MailFailure } from "./mailer.ts";

const DEFAULT_RETRY_AFTER_SECONDS = 2;
const MAX_REASON = 300;
/** `btoa` takes a string: made in pieces, because a call takes only so many arguments. */
const BASE64_CHUNK = 0x8000;

export type PostOptions = { url: string; headers: Record<string, string>; body: unknown; timeoutMs: number };
export type ProviderAnswer = { response: Response; body: Record<string, unknown> };

/** Posts JSON to a provider: its answer, or what it means that there is none. */
export async function postToProvider(options: PostOptions): Promise<ProviderAnswer | MailFailure> {
  const { url, headers, body, timeoutMs } = options;
  let response: Response;
  try {
    response = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", ...headers },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch (error) {
    return failureOfThrow(error);
  }
  return { response, body: await readJson(response) };
}

/**
 * What an answer of the server's own trouble means. Only 503 says that the request was turned away; behind the others
 * the mail may have been taken before something broke.
 */
export function failureOfServer(status: number, reason: string): MailFailure {
  return status === 503 ? { kind: "unavailable", reason } : { kind: "ambiguous", reason };
}

export function rateLimited(response: Response): MailFailure {
  const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
  const isGiven = Number.isFinite(seconds) && seconds >= 0;
  return {
    kind: "rate_limited",
    retryAfterSeconds: isGiven ? Math.ceil(seconds) : DEFAULT_RETRY_AFTER_SECONDS,
  };
}

/** Only a connection that never came about is known to have carried nothing. */
export function failureOfThrow(error: unknown): MailFailure {
  if (!(error instanceof Error)) throw error;
  const cause = error.cause instanceof Error ? error.cause : error;
  const code = "code" in cause ? String(cause.code) : "";
  const reason = shortReason(`${cause.name}: ${cause.message}`);
  const neverConnected = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH"].includes(code);
  return { kind: neverConnected ? "unavailable" : "ambiguous", reason };
}

/** The provider's words, short enough for a row and a screen. */
export function shortReason(reason: string): string {
  return cleanText(reason.slice(0, MAX_REASON));
}

export function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

export function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += BASE64_CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(at, at + BASE64_CHUNK));
  }
  return btoa(binary);
}

async function readJson(response: Response): Promise<Record<string, unknown>> {
  try {
    const answer: unknown = await response.json();
    return typeof answer === "object" && answer !== null ? { ...answer } : {};
  } catch {
    // A page instead of JSON, or a body that was cut off: the status says what is to be known.
    return {};
  }
}
