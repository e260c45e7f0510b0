import type { Attribution } from "#contract/attribution.ts";
import { ok, type Result } from "#core/result.ts";
import type { AnalyticsFailure } from "#usecases/analytics/analytics-input.ts";
import { attributionBasis, attributionReady } from "./attribution-answer.ts";
import type { AttributionInput } from "./attribution-question.ts";
import { knownCredit, type AttributionDeps } from "./known-credit.ts";
import { RETRY_AFTER_MS } from "./patience.ts";
import { settleState } from "./settle-state.ts";

/**
 * Credit of a range under every model, side by side; or, where that takes long, `computing`: a job works it out, and the
 * next answer has it.
 */
export async function getAttribution(
  deps: AttributionDeps,
  input: AttributionInput,
): Promise<Result<Attribution, AnalyticsFailure>> {
  const credit = await knownCredit(deps, input);
  if (!credit.ok) return credit;
  const { known, ...answer } = credit.value;
  const { site, by, from, to } = input;
  if (known) {
    const db = deps.databases.named(site.database);
    const { siteId } = site;
    const state = await settleState(db, answer.state, { siteId, from, to, now: answer.now });
    return ok(await attributionReady(db, { ...answer, state, known }));
  }
  return ok({
    status: "computing",
    siteId: site.publicId,
    by,
    range: { from, to },
    basis: attributionBasis(answer, {
      dataVersion: answer.state.version,
      foreign: { converted: [], others: [] },
      spendCurrencies: [],
    }),
    retryAfterMs: RETRY_AFTER_MS,
  });
}
