import type { DayFactor } from "#core/money/day-factors.ts";
import { dayFactors } from "#core/money/day-factors.ts";
import { reportRates } from "#core/report/report-rates.ts";
import type { ReportNote, ReportRate } from "#core/report/report-basis.ts";
import { siteDay } from "#core/time/site-day.ts";
import { otherCurrencies } from "#usecases/analytics/figures.ts";
import type { SiteFacts } from "./site-facts.ts";

/** A rollup is a minute behind at most when all is well: less is not worth a sentence. */
const WORTH_SAYING_MS = 5 * 60_000;

/** What a reader must know to read the figures right: days not over, hours not summed up, money converted or left out. */
export function composeNotes(sites: readonly SiteFacts[], generatedAt: Date): ReportNote[] {
  const nowMs = generatedAt.getTime();
  const isOpen = sites.some(({ current }) => current.to >= siteDay(nowMs, current.facts.timeZone));
  const stale = sites.flatMap(({ current }) => current.facts.staleSince ?? []).toSorted();
  const [at] = stale;
  const converted = [...new Set(sites.flatMap(convertedOf))].toSorted();
  const isShapeless = sites.some(
    ({ question, current }) => question.own.length > 0 && !current.credit.isDaily,
  );
  return [
    ...(isOpen ? [{ kind: "last_day_open" } as const] : []),
    ...(at !== undefined && nowMs - Date.parse(at) > WORTH_SAYING_MS ? [{ kind: "as_of", at } as const] : []),
    ...(converted.length > 0 ? [{ kind: "converted", currencies: converted } as const] : []),
    ...leftOut(sites),
    ...(isShapeless ? [{ kind: "no_daily_credit" } as const] : []),
  ];
}

/** What amounts of all sites were converted with. */
export function composeRates(sites: readonly SiteFacts[]): ReportRate[] {
  const known = new Map<string, DayFactor>();
  for (const { current, question } of sites) {
    const { from, to, facts } = current;
    for (const factor of dayFactors(facts.rates, { currency: question.currency, from, to }))
      known.set(`${factor.currency} ${factor.day}`, factor);
  }
  const [first] = sites;
  const factors = [...known.values()].toSorted((a, b) => (a.day < b.day ? -1 : 1));
  return first === undefined
    ? []
    : reportRates(factors, { currency: first.question.currency, occurred: sites.flatMap(convertedOf) });
}

function convertedOf({ current }: SiteFacts): string[] {
  return current.facts.convertedCurrencies;
}

/** Of the report's campaigns alone: what the others earned is nobody's business. */
function leftOut(sites: readonly SiteFacts[]): ReportNote[] {
  const sums = new Map<string, { revenueMinor: number; conversions: number }>();
  for (const { current, question } of sites) {
    const own = new Set(question.own.map(({ id }) => id));
    const isAbout = (campaignId: number | null) =>
      own.size === 0 || (campaignId !== null && own.has(campaignId));
    const credit = current.facts.credit.filter(({ campaignId }) => isAbout(campaignId));
    for (const { currency, ...more } of otherCurrencies(credit, question.currency, "last")) {
      const sum = sums.get(currency) ?? { revenueMinor: 0, conversions: 0 };
      sums.set(currency, {
        revenueMinor: sum.revenueMinor + more.revenueMinor,
        conversions: sum.conversions + more.conversions,
      });
    }
  }
  return [...sums].map(([currency, sum]) => ({ kind: "left_out", currency, ...sum }));
}
