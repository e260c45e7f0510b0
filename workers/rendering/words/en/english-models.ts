import type { ReportWords } from "#rendering/words/report-words.ts";

export const ENGLISH_MODELS: ReportWords["models"] = {
  first: { name: "First touch", meaning: "the whole credit goes to the first touchpoint of the journey" },
  last: { name: "Last touch", meaning: "the whole credit goes to the last touchpoint before the conversion" },
  last_non_direct: {
    name: "Last non-direct",
    meaning:
      "the whole credit goes to the last touchpoint that is no direct visit; if all are direct, to the last",
  },
  linear: { name: "Linear", meaning: "each touchpoint of the journey gets the same share of the credit" },
  position: {
    name: "Position",
    meaning: "the first and the last touchpoint get the largest shares, those between share the rest",
  },
  time_decay: {
    name: "Time decay",
    meaning: "the nearer a touchpoint to the conversion, the larger its share",
  },
  participation: {
    name: "Participation",
    meaning: "each that took part gets the whole conversion, so the rows add up to more than the total",
  },
  markov: {
    name: "Markov",
    meaning: "each gets what would be lost without it, by the transitions of all journeys of the range",
  },
  shapley: {
    name: "Shapley",
    meaning: "each gets its average contribution over all orders in which the touchpoints could have come",
  },
};
