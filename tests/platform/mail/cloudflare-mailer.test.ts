import { expect, it } from "vitest";
import { cloudflareMailer, type CloudflareMessage } from "#platform/mail/cloudflare-mailer.ts";
import type { MailMessage } from "#platform/mail/mailer.ts";

const MESSAGE: MailMessage = { to: "boss@example.com", subject: "Report", html: "<p>Hi</p>", text: "Hi" };

function mailerOf(
  send: (message: CloudflareMessage) => Promise<{ messageId: string }>,
  from = "Waymark <r@w.example>",
) {
  return cloudflareMailer({ binding: { send }, from, timeoutMs: 100 });
}

async function failureOf(code: string | undefined) {
  const error = Object.assign(new Error("No"), code === undefined ? {} : { code });
  const result = await mailerOf(async () => await Promise.reject(error)).send(MESSAGE, "k");
  if (result.ok) throw new Error("Expected a failure");
  return result.error;
}

it("promises nothing of keys, and five megabytes", () => {
  expect(mailerOf(async () => ({ messageId: "x" }))).toMatchObject({
    provider: "cloudflare",
    idempotencyWindowMs: 0,
    maxBytes: 5 * 1024 * 1024,
  });
});

it("hands over sender, headers and attachments as bytes, and answers the binding's id", async () => {
  const seen: CloudflareMessage[] = [];
  const mailer = mailerOf(async (message) => {
    seen.push(message);
    return { messageId: "<1@w.example>" };
  });
  const bytes = new TextEncoder().encode("%PDF");
  const headers = { "List-Unsubscribe": "<https://x.example/u>" };
  const attachments = [{ filename: "a.pdf", contentType: "application/pdf", bytes }];
  expect(await mailer.send({ ...MESSAGE, headers, attachments, reference: "dlv_1" }, "k")).toEqual({
    ok: true,
    value: { providerId: "<1@w.example>" },
  });
  expect(seen).toEqual([
    {
      ...MESSAGE,
      from: { name: "Waymark", email: "r@w.example" },
      headers,
      attachments: [
        { disposition: "attachment", filename: "a.pdf", type: "application/pdf", content: bytes },
      ],
    },
  ]);
});

it("takes a sender without a name", async () => {
  const seen: CloudflareMessage["from"][] = [];
  const send = async ({ from }: CloudflareMessage) => {
    seen.push(from);
    return { messageId: "x" };
  };
  await mailerOf(send, "r@w.example").send(MESSAGE, "k");
  await mailerOf(send, "<r@w.example>").send(MESSAGE, "k");
  expect(seen).toEqual(["r@w.example", "r@w.example"]);
});

it.each([
  ["E_RATE_LIMIT_EXCEEDED", { kind: "rate_limited", retryAfterSeconds: 10 }],
  ["E_DAILY_LIMIT_EXCEEDED", { kind: "rate_limited", retryAfterSeconds: 900 }],
  ["E_RECIPIENT_SUPPRESSED", { kind: "suppressed" }],
  ["E_SENDER_NOT_VERIFIED", { kind: "rejected", isPermanent: false }],
  ["E_VALIDATION_ERROR", { kind: "rejected", isPermanent: true }],
  ["E_CONTENT_TOO_LARGE", { kind: "rejected", isPermanent: true }],
  ["E_DELIVERY_FAILED", { kind: "ambiguous" }],
  ["E_INTERNAL_SERVER_ERROR", { kind: "ambiguous" }],
  [undefined, { kind: "ambiguous" }],
])("tells what %s means", async (code, expected) => {
  expect(await failureOf(code)).toMatchObject(expected);
});

it("calls a binding that never answers ambiguous", async () => {
  const mailer = mailerOf(async () => await new Promise(() => undefined));
  expect(await mailer.send(MESSAGE, "k")).toMatchObject({ ok: false, error: { kind: "ambiguous" } });
});
