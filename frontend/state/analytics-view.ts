import { useMemo } from "preact/hooks";

import type { DirectRule, Model } from "#contract/analytics.ts";
import type { Site } from "#contract/sites.ts";
import type { AnalyticsOptions } from "#frontend/api/paths.ts";
import { comparisonLabel, readRangeChoice, resolveRange } from "./date-range.ts";
import type { RangeChoice } from "./date-range.ts";
import { useQuery } from "./use-query.ts";
import { todayAt } from "./workspace.ts";

export const MODELS: readonly { value: Model; label: string; short: string; explanation: string }[] = [
  {
    value: "last",
    label: "Last touch",
    short: "Last",
    explanation: "All credit to the last touchpoint before the conversion.",
  },
  {
    value: "first",
    label: "First touch",
    short: "First",
    explanation: "All credit to the first touchpoint in the lookback window.",
  },
  {
    value: "linear",
    label: "Linear",
    short: "Linear",
    explanation: "Credit in equal parts to every touchpoint in the lookback window.",
  },
];

export const LOOKBACKS = [1, 7, 14, 30, 60, 90] as const;
export const DEFAULT_LOOKBACK = 30;
export const DEFAULT_MODEL: Model = "last";

/** What the URL says about how figures are computed. */
export function readOptions(query: Readonly<Record<string, string>>): Omit<AnalyticsOptions, "from" | "to"> {
  const model = MODELS.find((candidate) => candidate.value === query.model)?.value ?? DEFAULT_MODEL;
  const lookback = LOOKBACKS.find((days) => String(days) === query.lookback) ?? DEFAULT_LOOKBACK;
  const direct: DirectRule = query.direct === "exclude_unless_only" ? "exclude_unless_only" : "keep";
  return { model, lookback, direct, compare: query.compare === "none" ? "none" : "previous" };
}

export type AnalyticsView = {
  choice: RangeChoice;
  options: AnalyticsOptions;
  today: string;
  /** "previous 30 days". */
  than: string;
  /** The range is today alone: what came before is a whole day. */
  isRunning: boolean;
};

/** Range and options of a data page, from the URL. */
export function useAnalyticsView(site: Site): AnalyticsView {
  const [query] = useQuery();
  const today = todayAt(site);
  return useMemo(() => {
    const choice = readRangeChoice(query);
    const range = resolveRange(choice, today);
    const options = { ...range, ...readOptions(query) };
    return { choice, options, today, than: comparisonLabel(range), isRunning: range.from === today };
  }, [query, today]);
}
