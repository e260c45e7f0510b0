import { expect, test } from "vitest";
import { readPostmarkEvent, readResendEvent } from "#contract/mail-webhooks.ts";

const NOW = new Date("2026-03-09T10:00:00.000Z");

function resend(type: string, data: object = {}, createdAt = "2026-03-09T09:59:00.000Z") {
  return { type, created_at: createdAt, data: { email_id: "re_1", to: ["a@b.example"], ...data } };
}

test("Resend's events are told in our words", () => {
  const bounce = { type: "Permanent", subType: "General", message: "No such mailbox" };
  expect(readResendEvent(resend("email.bounced", { bounce, tags: { reference: "dlv_1" } }), NOW)).toEqual({
    providerId: "re_1",
    reference: "dlv_1",
    kind: "bounced",
    reason: "No such mailbox",
    at: new Date("2026-03-09T09:59:00.000Z"),
  });
  expect(readResendEvent(resend("email.bounced", { bounce: { type: "Transient" } }), NOW)?.kind).toBe(
    "delayed",
  );
  expect(readResendEvent(resend("email.bounced"), NOW)?.kind).toBe("bounced");
  expect(readResendEvent(resend("email.complained"), NOW)?.kind).toBe("complained");
  expect(readResendEvent(resend("email.delivered"), NOW)?.kind).toBe("accepted");
  expect(readResendEvent(resend("email.sent"), NOW)?.kind).toBe("accepted");
  expect(readResendEvent(resend("email.delivery_delayed"), NOW)?.kind).toBe("delayed");
});

test("a reason is bounded, and holds nothing that a row cannot: no NUL, no half of a character", () => {
  const message = `no\u0000 mailbox ${"x".repeat(287)}🚀`;
  const told = readResendEvent(resend("email.bounced", { bounce: { type: "Permanent", message } }), NOW);
  const postmark = { RecordType: "Bounce", Type: "HardBounce", MessageID: "x", Details: message };
  for (const event of [told, readPostmarkEvent(postmark, NOW)]) {
    expect(event?.reason).toBe(`no mailbox ${"x".repeat(287)}\ufffd`);
    expect(event?.reason?.length).toBeLessThanOrEqual(300);
  }
});

test("tags that come back as a list are read too", () => {
  const tags = [
    { name: "other", value: "x" },
    { name: "reference", value: "dlv_2" },
  ];
  expect(readResendEvent(resend("email.sent", { tags }), NOW)?.reference).toBe("dlv_2");
});

test("what is nothing of ours is nothing", () => {
  expect(readResendEvent(resend("email.opened"), NOW)).toBeNull();
  expect(readResendEvent(resend("contact.created"), NOW)).toBeNull();
  expect(readResendEvent({ hello: 1 }, NOW)).toBeNull();
  expect(readPostmarkEvent({ RecordType: "Open", MessageID: "x" }, NOW)).toBeNull();
  expect(readPostmarkEvent(null, NOW)).toBeNull();
});

test("nothing happened after it was told, and a time that is none is now", () => {
  expect(readResendEvent(resend("email.sent", {}, "2027-01-01T00:00:00.000Z"), NOW)?.at).toEqual(NOW);
  expect(readResendEvent(resend("email.sent", {}, "yesterday"), NOW)?.at).toEqual(NOW);
});

test.each([
  ["Bounce", "HardBounce", "bounced"],
  ["Bounce", "BadEmailAddress", "bounced"],
  ["Bounce", "SoftBounce", "delayed"],
  ["Bounce", "Transient", "delayed"],
  ["Bounce", "SpamComplaint", "complained"],
  ["SpamComplaint", "SpamComplaint", "complained"],
  ["Delivery", undefined, "accepted"],
])("Postmark's %s of type %s is %s", (RecordType, Type, kind) => {
  const body = {
    RecordType,
    Type,
    MessageID: "pm_1",
    Metadata: { reference: "dlv_1" },
    Description: "The server was unable to deliver your message",
    Details: "smtp;550 5.1.1 no such user",
    BouncedAt: "2026-03-09T09:00:00.0000000Z",
    Email: "a@b.example",
  };
  expect(readPostmarkEvent(body, NOW)).toEqual({
    providerId: "pm_1",
    reference: "dlv_1",
    kind,
    reason: "smtp;550 5.1.1 no such user",
    at: new Date("2026-03-09T09:00:00.000Z"),
  });
});
