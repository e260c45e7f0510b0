import type { ProductMetrics } from "#contract/product-metrics.ts";

type Step = ProductMetrics["steps"][number]["step"];

/** What somebody has done who reached the step. */
export const STEP_WORDS: Readonly<Record<Step, string>> = {
  site: "Made a site",
  campaign: "Made a campaign",
  event: "Saw the first event",
  conversion: "Saw an attributed conversion",
  report: "Had a report delivered",
};
