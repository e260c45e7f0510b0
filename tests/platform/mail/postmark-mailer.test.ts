import type { ServerResponse } from "node:http";
import { expect, it } from "vitest";
import type { MailMessage } from "#platform/mail/mailer.ts";
import { postmarkMailer } from "#platform/mail/postmark-mailer.ts";
import { json, provider } from "./fake-provider.ts";

const MESSAGE: MailMessage = { to: "boss@example.com", subject: "Report", html: "<p>Hi</p>", text: "Hi" };
const SENT = { To: "boss@example.com", SubmittedAt: "2026-03-09T10:00:00Z", MessageID: "pm_1", ErrorCode: 0 };

function mailerAt(apiUrl: string) {
  return postmarkMailer({ apiKey: "pm_secret", from: "Waymark <r@waymark.example>", apiUrl, timeoutMs: 300 });
}

async function failureOf(answer: (response: ServerResponse) => void) {
  const { url } = await provider(answer);
  const result = await mailerAt(url).send(MESSAGE, "key-1");
  if (result.ok) throw new Error("Expected a failure");
  return result.error;
}

it("promises nothing of keys", () => {
  expect(mailerAt("http://x")).toMatchObject({ provider: "postmark", idempotencyWindowMs: 0 });
});

it("posts one message with token, headers, reference and base64 attachments", async () => {
  const { seen, url } = await provider(json(200, SENT));
  const bytes = new TextEncoder().encode("%PDF");
  const result = await mailerAt(url).send(
    {
      ...MESSAGE,
      replyTo: "ada@example.com",
      headers: { "List-Unsubscribe": "<https://x.example/u>" },
      reference: "dlv_1",
      attachments: [{ filename: "a.pdf", contentType: "application/pdf", bytes }],
    },
    "key-1",
  );
  expect(result).toEqual({ ok: true, value: { providerId: "pm_1" } });
  expect(seen[0]).toMatchObject({ method: "POST", url: "/email" });
  expect(seen[0]?.headers).toMatchObject({ "x-postmark-server-token": "pm_secret" });
  expect(JSON.parse(seen[0]?.body ?? "")).toEqual({
    From: "Waymark <r@waymark.example>",
    To: "boss@example.com",
    Subject: "Report",
    HtmlBody: "<p>Hi</p>",
    TextBody: "Hi",
    MessageStream: "outbound",
    ReplyTo: "ada@example.com",
    Headers: [{ Name: "List-Unsubscribe", Value: "<https://x.example/u>" }],
    Metadata: { reference: "dlv_1" },
    Attachments: [{ Name: "a.pdf", ContentType: "application/pdf", Content: "JVBERg==" }],
  });
});

it.each([
  ["an inactive recipient", { status: 422, code: 406 }, { kind: "suppressed" }],
  ["a refused message", { status: 422, code: 300 }, { kind: "rejected", isPermanent: true }],
  ["a sender that is not set up", { status: 422, code: 400 }, { kind: "rejected", isPermanent: false }],
  ["an account without credit", { status: 422, code: 405 }, { kind: "rejected", isPermanent: false }],
  ["a wrong token", { status: 401, code: 10 }, { kind: "rejected", isPermanent: false }],
  ["maintenance", { status: 422, code: 100 }, { kind: "unavailable" }],
  ["a rate limit", { status: 429, code: 429 }, { kind: "rate_limited", retryAfterSeconds: 2 }],
  ["a service that turns away", { status: 503, code: 0 }, { kind: "unavailable" }],
  ["a broken server", { status: 500, code: 0 }, { kind: "ambiguous" }],
  ["an error under status 200", { status: 200, code: 406 }, { kind: "suppressed" }],
])("tells %s", async (_name, { status, code }, expected) => {
  expect(await failureOf(json(status, { ErrorCode: code, Message: "No" }))).toMatchObject(expected);
});

it("calls silence and a broken connection ambiguous", async () => {
  expect(await failureOf(() => undefined)).toMatchObject({ kind: "ambiguous" });
  expect(await failureOf((response) => response.destroy())).toMatchObject({ kind: "ambiguous" });
});
