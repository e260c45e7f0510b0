import type { DayFactor } from "#core/money/day-factors.ts";
import { resets } from "#core/attribution/options.ts";
import type { JourneyQuestion } from "#db/queries/attribution/journey.ts";
import type { WantedPart } from "#db/queries/attribution/load-parts.ts";
import type { MarkovStepsQuestion } from "#db/queries/attribution/markov-steps.ts";
import type { RuleSumsQuestion } from "#db/queries/attribution/rule-sums.ts";
import type { AttributionQuestion } from "./attribution-question.ts";

/**
 * What an answer is put together from: each part is worked out by one statement and kept by itself, under all that
 * decides it and nothing else. Rule models and Shapley are one part where both begin anew at a conversion, or neither.
 */
export type AttributionParts = {
  rules: Part<RuleSumsQuestion>;
  /** Shapley's journeys, and how many of them each group is part of. */
  dataDriven: Part<RuleSumsQuestion>;
  markov: Part<MarkovStepsQuestion>;
};

export type Part<Q extends JourneyQuestion> = { options: string; question: Q };

/** Raised when what a part holds changes its shape or meaning: what was kept before is not read any more. */
const PART_VERSION = 3;

/** The parts of a question; `options` are the same text whenever the same is asked. */
export function attributionParts(siteId: number, question: AttributionQuestion): AttributionParts {
  const { options } = question;
  const { position, halfLifeDays, markov } = options;
  const sums = (reset: boolean): Part<RuleSumsQuestion> => {
    const asked = { ...journeyQuestion(siteId, question, reset), position, halfLifeDays };
    const { first, middle, last } = position;
    return { options: named("rules", asked, [first, middle, last, halfLifeDays]), question: asked };
  };
  const reset = resets("markov", options);
  const steps = { ...journeyQuestion(siteId, question, reset), markov };
  return {
    rules: sums(resets("linear", options)),
    dataDriven: sums(reset),
    markov: { options: named("markov", steps, [markov.order, markov.nullJourneys]), question: steps },
  };
}

/** The statements of an answer, each once, with what converts the money of its days. */
export function wantedParts(
  { rules, dataDriven, markov }: AttributionParts,
  factors: readonly DayFactor[],
): [WantedPart, ...WantedPart[]] {
  const sums = (part: Part<RuleSumsQuestion>): WantedPart => ({
    kind: "rules",
    options: part.options,
    question: { ...part.question, factors },
  });
  const { options, question } = markov;
  const isOne = rules.options === dataDriven.options;
  return [
    sums(rules),
    ...(isOne ? [] : [sums(dataDriven)]),
    { kind: "markov", options, question: { ...question, factors } },
  ];
}

/** The journeys of a question, with or without those of before a person's previous conversion; money as it came. */
export function journeyQuestion(
  siteId: number,
  { from, to, by, options, type, customer, currency }: AttributionQuestion,
  reset: boolean,
): JourneyQuestion {
  const { lookbackDays, direct } = options;
  return { siteId, from, to, lookbackDays, direct, reset, type, customer, by, currency };
}

function named(kind: string, journeys: JourneyQuestion, rest: readonly unknown[]): string {
  const { by, lookbackDays, direct, reset, type, customer, currency } = journeys;
  const told = [by, lookbackDays, direct, reset, type, customer, ...rest];
  return JSON.stringify([kind, PART_VERSION, ...told, ...(currency === undefined ? [] : [currency])]);
}
