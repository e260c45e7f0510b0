import type { AttributionModel } from "#contract/attribution.ts";

export type ModelWords = { label: string; short: string; explanation: string };

/** Each model in a line that needs no other. Formulas and sources stand in the documentation. */
const WORDS: Readonly<Record<AttributionModel, ModelWords>> = {
  first: {
    label: "First touch",
    short: "First",
    explanation: "All credit to the touch that began the journey: who finds new people.",
  },
  last: {
    label: "Last touch",
    short: "Last",
    explanation: "All credit to the last touch before the conversion: who closes.",
  },
  last_non_direct: {
    label: "Last non-direct",
    short: "Non-direct",
    explanation: "As last touch, but a direct visit earns nothing where another touch came before it.",
  },
  linear: {
    label: "Linear",
    short: "Linear",
    explanation: "Credit in equal parts to every touch of the journey.",
  },
  position: {
    label: "Position",
    short: "Position",
    explanation: "Most credit to the first and the last touch, the rest shared by those between.",
  },
  time_decay: {
    label: "Time decay",
    short: "Decay",
    explanation: "The closer to the conversion, the more credit: it halves with each half-life.",
  },
  participation: {
    label: "Participation",
    short: "Took part",
    explanation:
      "Each that took part counts the whole conversion, so this column adds up to more than the total.",
  },
  markov: {
    label: "Markov",
    short: "Markov",
    explanation:
      "Credit by what would be lost without it, worked out from all journeys, also those that did not convert.",
  },
  shapley: {
    label: "Shapley",
    short: "Shapley",
    explanation: "Each conversion in equal parts to all that were in its journey, however often.",
  },
};

export function modelWords(model: AttributionModel): ModelWords {
  return WORDS[model];
}
