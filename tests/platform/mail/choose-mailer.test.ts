import { expect, it } from "vitest";
import { chooseMailer } from "#platform/mail/choose-mailer.ts";

const ENV = { MAIL_FROM: "Waymark <r@w.example>", MAIL_API_KEY: "key" };
const EMAIL = { send: async () => ({ messageId: "x" }) };

it.each([
  [{}, "resend", 2],
  [{ MAIL_PROVIDER: "", MAIL_PER_SECOND: "" }, "resend", 2],
  [{ MAIL_PROVIDER: "resend", MAIL_PER_SECOND: "50" }, "resend", 50],
  [{ MAIL_PROVIDER: "postmark" }, "postmark", 10],
  [{ MAIL_PROVIDER: "cloudflare", EMAIL, MAIL_PER_SECOND: "0.5" }, "cloudflare", 0.5],
])("%j sends by %s, %d a second", (env, provider, perSecond) => {
  expect(chooseMailer({ ...ENV, ...env })).toMatchObject({ provider, perSecond });
});

it.each([
  [{ MAIL_PROVIDER: "cloudflare" }, "EMAIL"],
  [{ MAIL_PROVIDER: "smtp" }, "smtp"],
  [{ MAIL_PER_SECOND: "many" }, "many"],
  [{ MAIL_PER_SECOND: "0" }, "0"],
])("%j is refused", (env, word) => {
  expect(() => chooseMailer({ ...ENV, ...env })).toThrow(word);
});
