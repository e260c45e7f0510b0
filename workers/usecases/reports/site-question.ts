import { DEFAULT_OPTIONS } from "#core/attribution/options.ts";
import { MODELS, type Model } from "#core/attribution/models.ts";
import type { CampaignName } from "#db/queries/campaigns/find-campaign.ts";
import type { ReportOptions } from "#db/queries/reports/report-options.ts";
import type { ReportSite } from "#db/queries/reports/report-sites.ts";
import type { RunQuestion } from "#db/queries/runs/run-record.ts";

/** What a report asks of one of its sites. */
export type SiteQuestion = {
  site: ReportSite;
  database: string;
  /** The campaigns that the report is about; empty: all. */
  own: readonly CampaignName[];
  options: ReportOptions;
  /** That all money is told in. */
  currency: string;
  /** Whether it is the report's only site: then a run is kept and journeys are told. */
  isAlone: boolean;
  withPacing: boolean;
  /** Below which a run's files are kept. */
  folder: string;
};

/** What the report is about, as runs ask. */
export function runQuestion({ options, currency, site }: SiteQuestion): RunQuestion {
  const { from, to, lookbackDays, direct } = options;
  return {
    from,
    to,
    by: "campaign",
    options: { ...DEFAULT_OPTIONS, lookbackDays, direct },
    type: null,
    customer: null,
    ...(currency === site.currency ? {} : { currency }),
  };
}

/** The models that a report shows beside each other: its own, and those that most people know. */
export function shownModels(model: Model): Model[] {
  const shown = new Set<Model>(["first", "last", "linear", model]);
  return MODELS.filter((one) => shown.has(one));
}
