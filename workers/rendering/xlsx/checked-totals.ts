import { sumsToTotal, type Model } from "#core/attribution/models.ts";
import type { ReportCredit, ReportFigures } from "#core/report/report-tables.ts";

/** Shares of a conversion are doubles; their sum may miss by the last bits. */
const CONVERSIONS_TOLERANCE = 1e-6;

type Sums = { readonly [name: string]: number };

/**
 * The totals of a table, once its rows are known to add up to them. A difference is a mistake of ours: it throws, because
 * no report is better than one whose total is not its sum. Visitors are distinct in the total, so they are not added up;
 * under participation each that took part gets the whole, so credit is not either.
 */
export function checkedTotals<T extends ReportFigures>(
  table: string,
  { rows, totals }: { rows: readonly ReportFigures[]; totals: T },
  model: Model,
): T {
  const sumsOf = (figures: ReportFigures): Sums => ({
    clicks: figures.clicks,
    impressions: figures.impressions,
    // A total of two currencies without a rate is none.
    ...(totals.spendMinor === null ? {} : { spendMinor: figures.spendMinor ?? 0 }),
    ...(sumsToTotal(model) ? { conversions: figures.conversions, revenueMinor: figures.revenueMinor } : {}),
  });
  checkSums(table, each(rows, sumsOf), sumsOf(totals));
  return totals;
}

/** The same of a column of credit. */
export function checkedCredit(
  table: string,
  { credits, total }: { credits: readonly ReportCredit[]; total: ReportCredit },
  model: Model,
): ReportCredit {
  if (!sumsToTotal(model)) return total;
  const sumsOf = ({ conversions, revenueMinor }: ReportCredit): Sums => ({ conversions, revenueMinor });
  checkSums(`${table}, ${model}`, each(credits, sumsOf), sumsOf(total));
  return total;
}

/** Throws unless each number of `totals` is the sum of those of its name. */
export function checkSums(table: string, rows: Iterable<Sums>, totals: Sums): void {
  const sums = new Map(Object.keys(totals).map((name) => [name, 0]));
  for (const row of rows) {
    for (const [name, before] of sums) sums.set(name, before + (row[name] ?? 0));
  }
  for (const [name, total] of Object.entries(totals)) {
    const sum = sums.get(name) ?? 0;
    const tolerance = name === "conversions" ? CONVERSIONS_TOLERANCE * Math.max(1, Math.abs(total)) : 0;
    if (Math.abs(sum - total) <= tolerance) continue;
    throw new Error(
      `Cannot write the report: ${table}.${name} adds up to ${sum}, and its total says ${total}`,
    );
  }
}

function* each<T>(items: Iterable<T>, toSums: (item: T) => Sums): Generator<Sums> {
  for (const item of items) yield toSums(item);
}
