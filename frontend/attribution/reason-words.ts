import type { DifferenceReason } from "#contract/runs.ts";

/** Why two runs differ, as a line of the list and the sentence behind it. */
export function reasonWords(reason: DifferenceReason): { label: string; explanation: string } {
  switch (reason) {
    case "late":
      return {
        label: "Late or corrected data",
        explanation: "Events that came in, or were put right, after the earlier run.",
      };
    case "refund":
      return { label: "Refunds", explanation: "Money given back since; each touch gives back its share." };
    case "matcher":
      return {
        label: "Campaign rules",
        explanation: "A campaign's matchers changed, so that touches belong to another one now.",
      };
    case "spend":
      return { label: "Spend", explanation: "Spend was entered, corrected or taken away." };
    case "rates":
      return {
        label: "Exchange rates",
        explanation: "What was paid in another currency is converted by another rate of its day.",
      };
    case "erased":
      return { label: "Erased visitors", explanation: "Visitors who asked to be forgotten." };
    case "options":
      return { label: "Other options", explanation: "The two runs were asked differently." };
    case "chain":
      return {
        label: "The whole chain",
        explanation: "Markov credit comes from all journeys together: its change has no single reasons.",
      };
  }
}

const OPTION_NAMES: Readonly<Record<string, string>> = {
  range: "days",
  lookbackDays: "lookback window",
  direct: "direct visits",
  reset: "whether journeys start anew",
  position: "position shares",
  halfLifeDays: "half-life",
  markov: "Markov options",
  type: "type of conversion",
  customer: "customers",
};

/** What an option of a run is called on screen; one that this version does not know keeps its name. */
export function optionName(option: string): string {
  return OPTION_NAMES[option] ?? option;
}
