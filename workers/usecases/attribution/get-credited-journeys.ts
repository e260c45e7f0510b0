import type { CreditedJourneys } from "#contract/glass-box.ts";
import type { Model } from "#core/attribution/models.ts";
import { resets } from "#core/attribution/options.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { Database } from "#db/database.ts";
import { countItems, type CreditedItemsQuestion } from "#db/queries/attribution/credited-items.ts";
import type { AnalyticsFailure } from "#usecases/analytics/analytics-input.ts";
import { isRange } from "#usecases/analytics/load-ranges.ts";
import type { PageKey } from "#usecases/page.ts";
import type { SiteRef } from "#usecases/sites/site-ref.ts";
import type { AttributionQuestion } from "./attribution-question.ts";
import { groupedParts } from "./attribution-answer.ts";
import { loadChainOfGroup } from "./chain-of-group.ts";
import { namedGroups } from "./credit-groups.ts";
import { explainItems } from "./explain-items.ts";
import { loadGroupNames, OTHER, readGroup, UNATTRIBUTED, type AskedGroup } from "./group-names.ts";
import { loadCreditedPage, loadCreditedTotal } from "./credited-page.ts";
import { journeyQuestion } from "./attribution-parts.ts";
import { loadJourneysLook, type JourneysLook } from "./journeys-look.ts";
import { knownCredit, type AttributionDeps } from "./known-credit.ts";

/** More conversions and refunds than this are not put in order of their credit, nor added up anew. */
export const MOST_SORTED_ITEMS = 100_000;

export type CreditedJourneysInput = AttributionQuestion & {
  site: Pick<SiteRef, "siteId" | "publicId" | "database">;
  model: Model;
  group: AskedGroup;
  order: "time" | "value";
  /** The page key: when the last item was, or what it got; and its id. */
  after: CreditedItemsQuestion["after"];
  limit: number;
};

export type CreditedJourneysFailure =
  | AnalyticsFailure
  | { kind: "unknown_group" }
  | { kind: "still_computing" }
  | { kind: "too_many_to_sort"; most: number };

export type CreditedJourneysPage = Omit<CreditedJourneys, "next"> & { next: PageKey | null };

/**
 * What made a figure of the workbench: the conversions and refunds that gave credit to a group, each with its contacts,
 * their shares, and why a contact did not count. All pages together add up to the figure.
 */
export async function getCreditedJourneys(
  deps: AttributionDeps,
  input: CreditedJourneysInput,
): Promise<Result<CreditedJourneysPage, CreditedJourneysFailure>> {
  if (!isRange(input)) return fail({ kind: "invalid_range" });
  const { site, model, order, by } = input;
  const db = deps.databases.named(site.database);
  const { siteId } = site;
  const group = await askedGroup(deps, input);
  if (!group.ok) return group;
  const most = MOST_SORTED_ITEMS + 1;
  const isLarge =
    (await countItems(db, { siteId, from: input.from, to: input.to, most })) > MOST_SORTED_ITEMS;
  if (order === "value" && isLarge) return fail({ kind: "too_many_to_sort", most: MOST_SORTED_ITEMS });
  const look = await loadJourneysLook(db, { siteId, now: deps.clock.now(), question: input });
  if (!look) return fail({ kind: "not_found" });

  const found = await loadPage(deps, { input, group: group.value, isLarge, factors: look.factors });
  return ok({
    siteId: site.publicId,
    model,
    by,
    group: await nameOf(db, input, group.value),
    range: { from: input.from, to: input.to },
    basis: look.basis,
    ...found,
  });
}

/** The row as queries ask for it. The rest is told by the groups that the workbench names: it has to be known first. */
async function askedGroup(
  deps: AttributionDeps,
  input: CreditedJourneysInput,
): Promise<Result<CreditedItemsQuestion["group"], CreditedJourneysFailure>> {
  const { site, by } = input;
  const { kind, key } = input.group;
  if (kind !== "other")
    return await readGroup(deps.databases.named(site.database), {
      siteId: site.siteId,
      by,
      group: { kind, key },
    });
  const credit = await knownCredit(deps, input);
  if (!credit.ok) return credit;
  const { parts, known } = credit.value;
  if (known === null) return fail({ kind: "still_computing" });
  const named = namedGroups(groupedParts(parts, known));
  return named === null ? fail({ kind: "unknown_group" }) : ok({ kind, named });
}

type PageToLoad = Pick<JourneysLook, "factors"> & {
  input: CreditedJourneysInput;
  group: CreditedItemsQuestion["group"];
  isLarge: boolean;
};

async function loadPage(
  deps: AttributionDeps,
  { input, group, isLarge, factors }: PageToLoad,
): Promise<Pick<CreditedJourneysPage, "total" | "chain" | "items" | "next">> {
  const db = deps.databases.named(input.site.database);
  const question = { ...itemsQuestion(input, group), factors };
  const isFirst = input.after === null;
  const isMarkov = input.model === "markov";
  const [page, total, chain] = await Promise.all([
    loadCreditedPage(db, question),
    isFirst && !isLarge && !isMarkov ? loadCreditedTotal(db, question) : null,
    isFirst && isMarkov ? loadChainOfGroup(deps, { ...input, ofGroup: group, factors }) : null,
  ]);
  return { total, chain, items: await explainItems(db, { input, rows: page.rows, group }), next: page.next };
}

function itemsQuestion(
  input: CreditedJourneysInput,
  group: CreditedItemsQuestion["group"],
): CreditedItemsQuestion {
  const { site, options, model, order, after, limit } = input;
  const { position, halfLifeDays } = options;
  const journeys = journeyQuestion(site.siteId, input, resets(model, options));
  return { ...journeys, model, position, halfLifeDays, group, order, after, limit };
}

async function nameOf(
  db: Database,
  { site, by }: CreditedJourneysInput,
  group: CreditedItemsQuestion["group"],
): Promise<CreditedJourneys["group"]> {
  if (group.kind === "unattributed") return UNATTRIBUTED;
  if (group.kind === "other") return OTHER;
  const key = group.kind === "group" ? group.key : null;
  const nameGroup = await loadGroupNames(db, { siteId: site.siteId, by, keys: [key] });
  return nameGroup(key);
}
