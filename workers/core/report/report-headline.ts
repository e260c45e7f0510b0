import { roas } from "#core/roi/ratios.ts";
import type { Figures } from "#core/roi/ratios.ts";

import type { ReportHeadline } from "./report-model.ts";
import type { ReportChannelRow } from "./report-tables.ts";

/** The facts of the summary sentence; `previous` are the figures of the comparison range, null without one. */
export function reportHeadline(
  figures: Figures,
  previous: Figures | null,
  channels: readonly ReportChannelRow[],
): ReportHeadline {
  return {
    revenueMinor: figures.revenueMinor,
    previousRevenueMinor: previous?.revenueMinor ?? null,
    conversions: figures.conversions,
    visitors: figures.visitors,
    spendMinor: figures.isSpendForeign ? null : figures.spendMinor,
    roas: roas(figures).value,
    topChannel: topChannel(
      channels.filter(({ kind }) => kind === "group"),
      figures,
    ),
  };
}

/**
 * The channel with the largest share of revenue, or of conversions when nothing was earned or not all of it has a rate;
 * ties to the earlier row.
 */
function topChannel(
  channels: readonly ReportChannelRow[],
  { isRevenueForeign }: Pick<Figures, "isRevenueForeign">,
): ReportHeadline["topChannel"] {
  const byRevenue = isRevenueForeign ? null : largest(channels, "revenue", (row) => row.revenueMinor);
  return byRevenue ?? largest(channels, "conversions", (row) => row.conversions);
}

function largest(
  channels: readonly ReportChannelRow[],
  of: "revenue" | "conversions",
  amount: (row: ReportChannelRow) => number,
): ReportHeadline["topChannel"] {
  const total = channels.reduce((sum, row) => sum + amount(row), 0);
  if (total <= 0) return null;
  const top = channels.reduce((best, row) => (amount(row) > amount(best) ? row : best));
  return { channel: top.channel, share: amount(top) / total, of };
}
