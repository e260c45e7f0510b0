import type { ReportAttributionModel, ReportHowComputed, ReportKind } from "#core/report/report-model.ts";

export const KIND_WORDS: { readonly [kind in ReportKind]: string } = {
  "campaign-performance": "Campaign performance",
};

export const MODEL_WORDS: { readonly [model in ReportAttributionModel]: string } = {
  first: "First touch",
  last: "Last touch",
  linear: "Linear",
};

export const MODEL_MEANING: { readonly [model in ReportAttributionModel]: string } = {
  first: "the whole credit goes to the first touchpoint of the journey",
  last: "the whole credit goes to the last touchpoint before the conversion",
  linear: "each touchpoint of the journey gets the same share of the credit",
};

export const DIRECT_RULE_WORDS: { readonly [rule in ReportHowComputed["directRule"]]: string } = {
  keep: "Direct visits count like any other touchpoint.",
  exclude_unless_only: "Direct visits earn credit only when a journey has nothing else.",
};
