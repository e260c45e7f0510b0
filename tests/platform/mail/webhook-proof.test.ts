import { createHmac } from "node:crypto";
import { expect, it } from "vitest";
import { mailWebhooks } from "#platform/mail/webhook-proof.ts";

const KEY = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const NOW = new Date("2026-03-09T10:00:00.000Z");
const SECONDS = NOW.getTime() / 1_000;
const BODY = '{"type":"email.bounced"}';

const webhooks = mailWebhooks({
  RESEND_WEBHOOK_SECRET: `whsec_${KEY}`,
  POSTMARK_WEBHOOK_SECRET: "pässword:1",
});

/** As Svix signs, by another implementation of HMAC. */
function signed(changes: { id?: string; timestamp?: string; body?: string; key?: string } = {}) {
  const { id = "msg_1", timestamp = String(SECONDS), body = BODY, key = KEY } = changes;
  const text = `${id}.${timestamp}.${body}`;
  const digest = createHmac("sha256", Buffer.from(key, "base64")).update(text).digest("base64");
  return { id, timestamp, signature: `v1,${digest}` };
}

it("agrees with the example of Svix's documentation", async () => {
  const example = {
    id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
    timestamp: "1614265330",
    signature: "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  };
  const at = new Date(1_614_265_330_000);
  expect(await webhooks.proveResend(example, '{"test": 2432232314}', at)).toBe("proven");
  expect(await webhooks.proveResend(example, '{"test": 2432232315}', at)).toBe("not_proven");
});

it("takes a right signature among several, within five minutes", async () => {
  const right = signed();
  expect(await webhooks.proveResend(right, BODY, NOW)).toBe("proven");
  expect(
    await webhooks.proveResend({ ...right, signature: `v1,AAAA v2,x ${right.signature}` }, BODY, NOW),
  ).toBe("proven");
  const early = new Date(NOW.getTime() - 300_000);
  expect(await webhooks.proveResend(right, BODY, early)).toBe("proven");
});

it.each([
  ["another body", signed({ body: `${BODY} ` }), NOW],
  ["another id", { ...signed(), id: "msg_2" }, NOW],
  ["another key", signed({ key: "AAAA9r8GKYqrTwjUPD8ILPZIo2LaLaSw" }), NOW],
  ["another version", { ...signed(), signature: signed().signature.replace("v1", "v2") }, NOW],
  ["a recorded one", signed(), new Date(NOW.getTime() + 301_000)],
  ["a time that is none", signed({ timestamp: "soon" }), NOW],
  ["no signature", { ...signed(), signature: undefined }, NOW],
])("refuses %s", async (_name, headers, now) => {
  expect(await webhooks.proveResend(headers, BODY, now)).toBe("not_proven");
});

it("takes Postmark's password whatever the user is called", () => {
  const basic = (pair: string) => `Basic ${Buffer.from(pair).toString("base64")}`;
  expect(webhooks.provePostmark(basic("postmark:pässword:1"))).toBe("proven");
  expect(webhooks.provePostmark(basic(":pässword:1"))).toBe("proven");
  expect(webhooks.provePostmark(basic("postmark:other"))).toBe("not_proven");
  expect(webhooks.provePostmark("Basic %%%")).toBe("not_proven");
  expect(webhooks.provePostmark("Bearer x")).toBe("not_proven");
  expect(webhooks.provePostmark(undefined)).toBe("not_proven");
});

it("without a secret proves nothing to anybody", async () => {
  const none = mailWebhooks({ POSTMARK_WEBHOOK_SECRET: "" });
  expect(await none.proveResend(signed(), BODY, NOW)).toBe("not_configured");
  expect(none.provePostmark("Basic Og==")).toBe("not_configured");
});
