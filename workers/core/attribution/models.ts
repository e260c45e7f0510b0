/** Models whose credit for one conversion depends on nothing but its own journey: additive over conversions and days. */
export const RULE_MODELS = [
  "first",
  "last",
  "last_non_direct",
  "linear",
  "position",
  "time_decay",
  "participation",
] as const;

/** Models that are summed journey by journey: the rules, and Shapley by its closed form. */
export const SUMMED_MODELS = [...RULE_MODELS, "shapley"] as const;
export type SummedModel = (typeof SUMMED_MODELS)[number];

/**
 * The attribution models, in the order in which screens list them; what each gives to whom stands in
 * docs/attribution.md.
 */
export const MODELS = [...RULE_MODELS, "markov", "shapley"] as const;
export type Model = (typeof MODELS)[number];

export type RuleModel = (typeof RULE_MODELS)[number];
export type DataDrivenModel = Exclude<Model, RuleModel>;

/** Markov and Shapley: worked out from all journeys of the range together. */
export function isDataDriven(model: Model): model is DataDrivenModel {
  return model === "markov" || model === "shapley";
}

/** Whether credit and (unattributed) add up to the conversions. Participation counts each that took part, so it does not. */
export function sumsToTotal(model: Model): boolean {
  return model !== "participation";
}
