import type { Attribution, ModelCredit } from "#contract/attribution.ts";
import { type Credit, RULE_MODELS } from "#core/attribution/credit.ts";
import { ok, type Result } from "#core/result.ts";
import type { AnalyticsDeps, AnalyticsFailure, AnalyticsInput } from "#usecases/analytics/analytics-input.ts";
import type { AttributionQuestion } from "./attribution-question.ts";
import { getRuleCredit } from "./get-rule-credit.ts";

export type AttributionInput = AttributionQuestion & Pick<AnalyticsInput, "site">;

/** Credit of a range under every model, side by side. */
export async function getAttribution(
  deps: AnalyticsDeps,
  input: AttributionInput,
): Promise<Result<Attribution, AnalyticsFailure>> {
  const { options } = input;
  const { lookbackDays, direct } = options;
  const by = input.by === "channel" ? "channel" : "campaign";
  const answer = await getRuleCredit(deps, { ...input, lookbackDays, direct, by });
  if (!answer.ok) return answer;
  const { siteId, range, basis, rows, total } = answer.value;
  const unattributed = rows.find(({ kind }) => kind === "unattributed")?.last;
  const none = { conversions: 0, revenueMinor: 0 };
  const set = { reset: false, convertingJourneys: 0, unattributed: unattributed ?? none };
  return ok({
    status: "ready",
    siteId,
    by,
    range,
    basis: { ...basis, ...options, type: input.type, customer: input.customer },
    models: [...RULE_MODELS],
    absent: [],
    totals: { ...total, spendMinor: null, rules: set, dataDriven: set },
    check: null,
    rows: rows.map(({ kind, key, name, first, last, linear }) => ({
      kind,
      key,
      name,
      spendMinor: null,
      credits: { first: plain(first), last: plain(last), linear: plain(linear) },
      spread: null,
    })),
  });
}

function plain(credit: Credit): ModelCredit {
  const noRatio = { value: null, reason: "no_spend" } as const;
  return {
    ...credit,
    conversionsInterval: null,
    revenueInterval: null,
    cpa: noRatio,
    cpaInterval: null,
    roas: noRatio,
    roasInterval: null,
    roi: noRatio,
    roiInterval: null,
    convertingJourneys: 0,
    tooFew: false,
  };
}
