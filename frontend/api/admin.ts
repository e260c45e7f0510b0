import type { DeadLetterDetail, ReplayAnswer, ReplayRequest } from "#contract/admin.ts";
import { call, invalidate } from "./client.ts";

const LETTERS = "/admin/dead-letters";

/** The letter's message in clear; that it was asked for is kept in the audit log. */
export async function discloseDeadLetter(letterId: string): Promise<DeadLetterDetail> {
  return await call<DeadLetterDetail>({
    method: "POST",
    path: `${LETTERS}/${letterId}/disclosures`,
    body: {},
  });
}

export async function replayDeadLetters(request: ReplayRequest): Promise<ReplayAnswer> {
  const answer = await call<ReplayAnswer>({ method: "POST", path: `${LETTERS}/replay`, body: request });
  invalidate(LETTERS);
  return answer;
}
