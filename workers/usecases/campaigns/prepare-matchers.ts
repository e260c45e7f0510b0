import type { Matcher } from "#contract/campaigns.ts";
import { normaliseMatcher } from "#core/campaigns/normalise-matcher.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { CampaignRefusal } from "./campaign-refusal.ts";

type InvalidMatcher = Extract<CampaignRefusal, { kind: "invalid_matcher" }>;

/** The matchers as they are kept, each once; the first that could never match anything refuses them all. */
export function prepareMatchers(matchers: readonly Matcher[]): Result<Matcher[], InvalidMatcher> {
  const kept = new Map<string, Matcher>();
  for (const [index, matcher] of matchers.entries()) {
    const value = normaliseMatcher(matcher.kind, matcher.value);
    if (!value.ok) {
      return fail({ kind: "invalid_matcher", path: `matchers.${index}.value`, matcher, reason: value.error });
    }
    kept.set(`${matcher.kind} ${value.value}`, { kind: matcher.kind, value: value.value });
  }
  return ok([...kept.values()]);
}
