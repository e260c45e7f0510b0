import { timingSafeEqual } from "node:crypto";

import { webCryptoHash } from "#platform/keyed-hash.ts";

/** `not_configured`: no secret is set, so nobody can prove anything. */
export type Proof = "proven" | "not_proven" | "not_configured";

export type SvixHeaders = {
  id: string | undefined;
  timestamp: string | undefined;
  signature: string | undefined;
};

/** Whether a webhook comes from the mail provider. */
export type MailWebhooks = {
  /** Resend signs with HMAC as Svix does: https://docs.svix.com/receiving/verifying-payloads/how-manual. */
  proveResend(headers: SvixHeaders, body: string, now: Date): Promise<Proof>;
  /** Postmark has no signature; it sends a user and a password: https://postmarkapp.com/developer/webhooks/webhooks-overview. */
  provePostmark(authorization: string | undefined): Proof;
};

export type WebhookSecrets = { RESEND_WEBHOOK_SECRET?: string; POSTMARK_WEBHOOK_SECRET?: string };

/** An older message may be one that somebody else recorded. */
const TOLERANCE_SECONDS = 5 * 60;

export function mailWebhooks(secrets: WebhookSecrets): MailWebhooks {
  return {
    async proveResend(headers, body, now) {
      const secret = secrets.RESEND_WEBHOOK_SECRET;
      if (!secret) return "not_configured";
      const { id, timestamp, signature } = headers;
      if (id === undefined || timestamp === undefined || signature === undefined) return "not_proven";
      const ageSeconds = Math.abs(now.getTime() / 1_000 - Number(timestamp));
      if (!(ageSeconds <= TOLERANCE_SECONDS)) return "not_proven";
      const key = fromBase64(secret.replace(/^whsec_/, ""));
      const expected = await webCryptoHash.hmacSha256(key, `${id}.${timestamp}.${body}`);
      // Several, while a secret is being replaced: `v1,<base64> v1,<base64>`.
      const given = signature.split(" ").map((one) => one.split(","));
      return given.some(([version, text]) => version === "v1" && isSame(toBase64(expected), text ?? ""))
        ? "proven"
        : "not_proven";
    },
    provePostmark(authorization) {
      const secret = secrets.POSTMARK_WEBHOOK_SECRET;
      if (!secret) return "not_configured";
      const [, encoded = ""] = /^Basic +(\S+)$/i.exec(authorization ?? "") ?? [];
      return isSame(secret, passwordOf(encoded)) ? "proven" : "not_proven";
    },
  };
}

/** The user's name may be anything. */
function passwordOf(encoded: string): string {
  try {
    const pair = new TextDecoder().decode(fromBase64(encoded));
    return pair.slice(pair.indexOf(":") + 1);
  } catch {
    // Not base64: nobody's password.
    return "";
  }
}

function isSame(expected: string, given: string): boolean {
  const [a, b] = [expected, given].map((text) => new TextEncoder().encode(text));
  return a !== undefined && b !== undefined && a.length === b.length && timingSafeEqual(a, b);
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
