import { fail, ok, type Result } from "#core/result.ts";
import { claimQuestion, releaseQuestion, type Question } from "#db/queries/mail-addresses/write-addresses.ts";
import type { Mailer, MailFailure } from "#platform/mail/mailer.ts";
import type { SecretTokens } from "#platform/session-token.ts";
import { renderAskAddressMail } from "#rendering/mail/render-ask-address-mail.ts";
import { controlDatabase, type Deps } from "#usecases/deps.ts";
import { QUESTION_DAYS } from "./answer-question.ts";

export type AskAddressDeps = Pick<Deps, "databases" | "clock" | "mailer" | "log" | "settings"> & {
  tokens: SecretTokens;
};

/** `addressId`: public id. `asks`: how often it was asked before. */
export type AskAddressInput = { addressId: string; asks: number };

export type AskLater = { kind: "ask_later"; afterSeconds: number };

const RETRY_SECONDS = 30;

/**
 * Mails the question whether an address wants an account's reports. Whoever comes second with the same count finds it
 * asked. A mail that surely was not sent is tried again with another link; one that may have been sent is not, since
 * only the last link works.
 */
export async function askAddress(
  deps: AskAddressDeps,
  { addressId, asks }: AskAddressInput,
): Promise<Result<{ kind: "asked" | "nothing_to_do" | "failed" }, AskLater>> {
  const control = controlDatabase(deps);
  const token = deps.tokens.make();
  const question = await claimQuestion(control, {
    publicId: addressId,
    asks,
    tokenHash: deps.tokens.hash(token),
    at: deps.clock.now(),
  });
  if (question === null) return ok({ kind: "nothing_to_do" });

  const failure = await send(deps, question, token);
  if (failure === null) return ok({ kind: "asked" });
  deps.log("warn", "question_mail_failed", { addressId, failure: failure.kind });
  if (failure.kind !== "rate_limited" && failure.kind !== "unavailable") return ok({ kind: "failed" });
  await releaseQuestion(control, question);
  const afterSeconds = failure.kind === "rate_limited" ? failure.retryAfterSeconds : RETRY_SECONDS;
  return fail({ kind: "ask_later", afterSeconds });
}

async function send(deps: AskAddressDeps, question: Question, token: string): Promise<MailFailure | null> {
  const { accountName, language, askedBy, askedFor, publicId } = question;
  const questionUrl = `${deps.settings.appOrigin}/confirm-address?token=${token}`;
  const mail = renderAskAddressMail({
    accountName,
    language,
    askedBy,
    askedFor,
    questionUrl,
    daysValid: QUESTION_DAYS,
  });
  const message = { to: question.address, ...mail, reference: publicId };
  const key = `ask:${deps.tokens.hash(token)}`;
  const first = await deps.mailer.send(message, key);
  if (first.ok) return null;
  // The link is known to this run alone: the provider's memory of keys is of use now or never.
  if (first.error.kind !== "ambiguous" || !remembersKeys(deps.mailer)) return first.error;
  const second = await deps.mailer.send(message, key);
  return second.ok ? null : first.error;
}

function remembersKeys({ idempotencyWindowMs }: Mailer): boolean {
  return idempotencyWindowMs > 0;
}
