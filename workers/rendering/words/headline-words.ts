import type { Phrase } from "./phrases.ts";

/** Whom a sentence is about: a site, an account, or campaigns. */
export type Subject = { readonly text: string; readonly isPlural: boolean };

/** The summary sentences. Each is whole, with its full stop, and without a blank around it. */
export type HeadlineWords = {
  /** "Spring, Summer and 3 other campaigns": `more` counts those that are not named. */
  readonly campaigns: (names: readonly string[], more: number) => string;
  readonly visitors: (count: number, written: string) => string;
  readonly conversions: (count: number, written: string) => string;
  readonly noVisitors: (subject: Subject) => Phrase[];
  readonly noConversions: (subject: Subject, visitors: string) => Phrase[];
  /** `change` is one of the three below, or empty. */
  readonly earned: (subject: Subject, facts: EarnedFacts) => Phrase[];
  readonly up: (size: string, before: string) => Phrase[];
  readonly down: (size: string, before: string) => Phrase[];
  readonly same: (before: string) => Phrase[];
  readonly spend: (spend: string) => Phrase[];
  readonly spendWithReturn: (spend: string, roas: string) => Phrase[];
  /** The first sentences of an ROI report. */
  readonly returned: (subject: Subject, facts: ReturnedFacts) => Phrase[];
  readonly cameFrom: (facts: Omit<EarnedFacts, "revenue">) => Phrase[];
  readonly topOfRevenue: (channel: string, share: string) => Phrase[];
  readonly topOfConversions: (channel: string, share: string) => Phrase[];
};

export type EarnedFacts = {
  readonly revenue: string;
  /** "276 conversions". */
  readonly conversions: string;
  readonly visitors: string;
  readonly change: readonly Phrase[];
};

export type ReturnedFacts = {
  readonly spend: string;
  readonly revenue: string;
  /** Of revenue and spend, without a sign. */
  readonly difference: string;
  readonly outcome: "gain" | "loss" | "even";
  readonly roi: string;
};
