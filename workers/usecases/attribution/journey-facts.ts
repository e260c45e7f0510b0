import type { DayFactor } from "#core/money/day-factors.ts";
import type { JourneyQuestion } from "#db/queries/attribution/journey.ts";
import {
  stepFacts,
  waysFacts,
  type FactsStatements,
  type StepFacts,
} from "#db/queries/attribution/facts-statements.ts";
import type { WayStepsQuestion } from "#db/queries/attribution/way-steps.ts";
import type { WayFacts } from "#db/queries/attribution/ways.ts";
import { journeyQuestion } from "./attribution-parts.ts";
import type { AttributionQuestion } from "./attribution-question.ts";

/** Facts to be had from statements about a question, and the text under which they are kept. */
export type WantedFacts<T> = {
  options: string;
  question: JourneyQuestion;
  /** With what converts the money of the question's days. */
  ask(factors: readonly DayFactor[]): FactsStatements<T>;
};

export type StepsShape = Pick<WayStepsQuestion, "positions" | "top" | "align">;

/** Raised when the facts change their shape or meaning: what was kept before is not read any more. */
const FACTS_VERSION = 3;

/** What all journeys look like. Reset is off unless said, so that the last contacts are the workbench's last touch. */
export function wantedWays(siteId: number, asked: AttributionQuestion): WantedFacts<WayFacts> {
  const question = waysQuestion(siteId, asked);
  return {
    options: named("ways", question, []),
    question,
    ask: (factors) => waysFacts({ ...question, factors }),
  };
}

/** The ways step by step. */
export function wantedSteps(
  siteId: number,
  asked: AttributionQuestion,
  { positions, top, align }: StepsShape,
): WantedFacts<StepFacts> {
  const question = { ...waysQuestion(siteId, asked), positions, top, align };
  return {
    options: named("way-steps", question, [positions, top, align]),
    question,
    ask: (factors) => stepFacts({ ...question, factors }),
  };
}

function waysQuestion(siteId: number, asked: AttributionQuestion): JourneyQuestion {
  const { reset, markov } = asked.options;
  return { ...journeyQuestion(siteId, asked, reset ?? false), nullJourneys: markov.nullJourneys };
}

function named(kind: string, question: JourneyQuestion, rest: readonly unknown[]): string {
  const { by, lookbackDays, direct, reset, type, customer, nullJourneys, currency } = question;
  const told = [by, lookbackDays, direct, reset, type, customer, nullJourneys];
  return JSON.stringify([
    kind,
    FACTS_VERSION,
    ...told,
    ...rest,
    ...(currency === undefined ? [] : [currency]),
  ]);
}
