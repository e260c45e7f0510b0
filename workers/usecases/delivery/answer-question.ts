import type { AddressQuestion, ConfirmAddressRequest } from "#contract/report-addresses.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { releaseWaiting } from "#db/queries/deliveries/release-waiting.ts";
import { answerQuestion, findQuestion } from "#db/queries/mail-addresses/answer-question.ts";
import type { AccountDeps } from "#usecases/deps.ts";
import { controlDatabase } from "#usecases/deps.ts";
import { askAgain } from "./ask-again.ts";

const DAY_MS = 86_400_000;
/** How long the link in the mail works. */
export const QUESTION_DAYS = 30;

export type InvalidToken = { kind: "invalid_token" };
type AnswerDeps = Pick<AccountDeps, "databases" | "clock" | "tokens" | "workQueue" | "log">;

/** What the page behind the link asks; nothing is agreed by looking at it. */
export async function showQuestion(
  deps: AnswerDeps,
  token: string,
): Promise<Result<AddressQuestion, InvalidToken>> {
  const tokenHash = deps.tokens.hash(token);
  const question = await findQuestion(controlDatabase(deps), { tokenHash, since: oldest(deps) });
  if (question === null) return fail({ kind: "invalid_token" });
  const { address, accountName, language, askedBy, askedFor } = question;
  return ok({ address, accountName, language, askedBy, askedFor });
}

/** What the owner of an address says to it. Once they agree, what waited for it is sent. */
export async function confirmAddress(
  deps: AnswerDeps,
  { token, agrees }: ConfirmAddressRequest,
): Promise<Result<null, InvalidToken>> {
  const at = deps.clock.now();
  const tokenHash = deps.tokens.hash(token);
  const answered = await answerQuestion(controlDatabase(deps), {
    tokenHash,
    since: oldest(deps),
    agrees,
    at,
  });
  if (answered === null) return fail({ kind: "invalid_token" });

  const { accountId, database, address } = answered;
  const released = await releaseWaiting(deps.databases.named(database), { accountId, address, at });
  await Promise.all(
    released.map(async (deliveryId) => await askAgain(deps, { database, deliveryId, at, now: at })),
  );
  return ok(null);
}

function oldest({ clock }: Pick<AnswerDeps, "clock">): Date {
  return new Date(clock.now().getTime() - QUESTION_DAYS * DAY_MS);
}
