import type { SQL } from "drizzle-orm";

import type { JourneyQuestion } from "./journey.ts";
import { wayLinks, wayNodes, type StepLink, type StepNode, type WayStepsQuestion } from "./way-steps.ts";
import { readWayFacts, wayFacts, waysTotal, type WayFacts, type WaysTotal } from "./ways.ts";

/** Statements, and what their answers say together. */
export type FactsStatements<T> = {
  statements: SQL[];
  read(answers: readonly Record<string, unknown>[][]): T;
};

/** What all journeys of a range look like. */
export function waysFacts(question: JourneyQuestion): FactsStatements<WayFacts> {
  return {
    statements: [wayFacts(question)],
    read: ([rows = []]) => readWayFacts(rows as { facts: unknown }[]),
  };
}

export type StepFacts = { nodes: StepNode[]; links: StepLink[]; total: WaysTotal };

/** The ways of a range step by step. */
export function stepFacts(question: WayStepsQuestion): FactsStatements<StepFacts> {
  return {
    statements: [wayNodes(question), wayLinks(question), waysTotal(question)],
    read: ([nodes = [], links = [], total = []]) => {
      const [row] = total as { total: WaysTotal }[];
      if (!row) throw new Error("The ways came without their total");
      return { nodes: nodes as StepNode[], links: links as StepLink[], total: row.total };
    },
  };
}
