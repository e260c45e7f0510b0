import type { LinkFigures, LinkFiguresRow } from "#contract/links.ts";
import { dayFactors } from "#core/money/day-factors.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { BreakdownRow } from "#db/queries/analytics/breakdown-rows.ts";
import { loadLinkCounts } from "#db/queries/links/link-counts.ts";
import { loadRatesInUse } from "#db/queries/spend/rate-rows.ts";
import { isRange } from "#usecases/analytics/load-ranges.ts";
import { measuresOf, NOTHING } from "#usecases/analytics/measures.ts";
import type { Deps } from "#usecases/deps.ts";
import type { PageKey } from "#usecases/page.ts";
import { pageOfLinks, type ListLinksInput, type UnknownCampaign } from "./list-links.ts";

export type LinkFiguresInput = ListLinksInput & { from: string; to: string };
/** `invalid_range`: `from` lies after `to`, or the range is longer than 800 days. */
export type LinkFiguresFailure = UnknownCampaign | { kind: "invalid_range" };
export type LinkFiguresPage = Omit<LinkFigures, "next"> & { next: PageKey | null };

/** What came through each link of a page of links, and what was sold in those visits, on the days of a range. */
export async function getLinkFigures(
  deps: Pick<Deps, "databases" | "clock">,
  input: LinkFiguresInput,
): Promise<Result<LinkFiguresPage, LinkFiguresFailure>> {
  if (!isRange(input)) return fail({ kind: "invalid_range" });
  const page = await pageOfLinks(deps, input);
  if (!page.ok) return page;
  const { site, from, to } = input;
  const { siteId, currency } = site;
  const db = deps.databases.named(site.database);
  const rates = await loadRatesInUse(db, { siteId, from, to });
  const { bySlug, hasRest, staleSince } = await loadLinkCounts(db, {
    siteId,
    slugs: page.value.items.map(({ slug }) => slug),
    from,
    to,
    currency,
    factors: dayFactors(rates, { from, to, currency }),
  });
  const figuresOf = (slug: string) => figures(bySlug.get(slug) ?? (hasRest ? null : NOTHING));
  return ok({
    siteId: site.publicId,
    range: { from, to },
    currency,
    asOf: staleSince ?? deps.clock.now().toISOString(),
    items: page.value.items.map(({ publicId, slug }) => ({
      linkId: publicId,
      slug,
      figures: figuresOf(slug),
    })),
    next: page.value.next,
  });
}

function figures(row: BreakdownRow | null): LinkFiguresRow["figures"] {
  if (row === null) return null;
  const { impressions: _, ...measures } = measuresOf(row, { scope: "site", dimension: "link" });
  return measures;
}
