import type { ServerResponse } from "node:http";

import { describe, expect, it } from "vitest";

import type { MailMessage } from "#platform/mail/mailer.ts";
import { resendMailer } from "#platform/mail/resend-mailer.ts";
import { startMailCatcher } from "#scripts/stack/mail/mail-catcher.ts";

import { closeLater, closeProviders, json, provider } from "./fake-provider.ts";

const MESSAGE: MailMessage = { to: "boss@example.com", subject: "Report", html: "<p>Hi</p>", text: "Hi" };
function mailerAt(apiUrl: string, timeoutMs = 2_000) {
  return resendMailer({ apiKey: "re_secret", from: "Waymark <reports@waymark.example>", apiUrl, timeoutMs });
}

async function failureOf(answer: (response: ServerResponse) => void, timeoutMs?: number) {
  const { url } = await provider(answer);
  const result = await mailerAt(url, timeoutMs).send(MESSAGE, "key-1");
  if (result.ok) throw new Error("Expected a failure");
  return result.error;
}

describe("the mailer", () => {
  it("posts one message with bearer key, idempotency key and base64 attachments, and answers the provider's id", async () => {
    const { seen, url } = await provider(json(200, { id: "mail_1" }));
    const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => index % 256);
    const attachments = [{ filename: "Bericht Łódź.pdf", contentType: "application/pdf", bytes }];
    const headers = { "List-Unsubscribe": "<https://x.example/u>" };
    const result = await mailerAt(`${url}/`).send(
      { ...MESSAGE, replyTo: "ada@example.com", headers, attachments, reference: "dlv_1" },
      "report/rep_1/boss",
    );

    expect(result).toEqual({ ok: true, value: { providerId: "mail_1" } });
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({ method: "POST", url: "/emails" });
    expect(seen[0]?.headers).toMatchObject({
      authorization: "Bearer re_secret",
      "idempotency-key": "report/rep_1/boss",
    });
    const body = JSON.parse(seen[0]?.body ?? "{}");
    expect(body).toMatchObject({
      from: "Waymark <reports@waymark.example>",
      to: ["boss@example.com"],
      subject: "Report",
      reply_to: "ada@example.com",
      headers,
      tags: [{ name: "reference", value: "dlv_1" }],
    });
    expect(body.attachments[0]).toMatchObject({
      filename: "Bericht Łódź.pdf",
      content_type: "application/pdf",
    });
    expect(Buffer.from(body.attachments[0].content, "base64").equals(Buffer.from(bytes))).toBe(true);
  });

  it("tells a rate limit with the time to wait", async () => {
    const limited = { statusCode: 429, name: "rate_limit_exceeded", message: "Too many requests" };
    expect(await failureOf(json(429, limited, { "retry-after": "7" }))).toEqual({
      kind: "rate_limited",
      retryAfterSeconds: 7,
    });
    expect(await failureOf(json(429, limited, { "retry-after": "soon" }))).toMatchObject({
      retryAfterSeconds: 2,
    });
  });

  it("tells a refused message from a refused key", async () => {
    const refused = { statusCode: 422, name: "validation_error", message: "Invalid `to` field." };
    expect(await failureOf(json(422, refused))).toEqual({
      kind: "rejected",
      reason: "validation_error: Invalid `to` field. (status 422)",
      isPermanent: true,
    });
    expect(
      await failureOf(json(403, { name: "invalid_api_key", message: "API key is invalid" })),
    ).toMatchObject({
      kind: "rejected",
      isPermanent: false,
    });
    expect(await failureOf(json(409, { name: "invalid_idempotent_request", message: "x" }))).toEqual({
      kind: "key_reused",
      reason: "invalid_idempotent_request: x (status 409)",
    });
  });

  it("takes only a provider that turns requests away for one that took nothing", async () => {
    expect(await failureOf(json(503, { name: "application_error", message: "Oops" }))).toMatchObject({
      kind: "unavailable",
    });
    expect(await failureOf(json(500, { name: "application_error", message: "Oops" }))).toMatchObject({
      kind: "ambiguous",
    });
    expect(await failureOf((response) => response.writeHead(502).end("<html>Bad gateway</html>"))).toEqual({
      kind: "ambiguous",
      reason: "status 502",
    });
    expect(
      await failureOf(json(409, { name: "concurrent_idempotent_requests", message: "x" })),
    ).toMatchObject({
      kind: "ambiguous",
    });
  });

  it("calls a silence ambiguous: the mail may have been sent", async () => {
    expect(await failureOf(() => undefined, 100)).toMatchObject({ kind: "ambiguous" });
  });

  it("calls a connection that broke after the request ambiguous, one that never was unavailable", async () => {
    expect(await failureOf((response) => response.destroy())).toMatchObject({ kind: "ambiguous" });
    const { url } = await provider(json(200, {}));
    await closeProviders();
    expect(await mailerAt(url).send(MESSAGE, "k")).toMatchObject({
      ok: false,
      error: { kind: "unavailable" },
    });
  });

  it("never puts the key into a reason", async () => {
    const reasons = [
      await failureOf(json(403, { name: "invalid_api_key", message: "API key is invalid" })),
      await failureOf((response) => response.destroy()),
    ];
    expect(JSON.stringify(reasons)).not.toContain("re_secret");
  });

  it("sends through the local catcher, once for a key however often it is tried", async () => {
    const catcher = await startMailCatcher({ apiKey: "re_secret" });
    closeLater(async () => await catcher.close());
    const mailer = mailerAt(catcher.url);
    const [first, second] = [await mailer.send(MESSAGE, "same"), await mailer.send(MESSAGE, "same")];
    expect(first.ok).toBe(true);
    expect(second).toEqual(first);
    expect(await mailer.send({ ...MESSAGE, subject: "Other" }, "same")).toMatchObject({
      ok: false,
      error: { kind: "key_reused" },
    });
    expect(await mailer.send({ ...MESSAGE, to: "nobody" }, "k2")).toMatchObject({
      error: { kind: "rejected" },
    });
  });
});
