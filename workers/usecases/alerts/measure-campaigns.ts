import type { CampaignRow } from "#contract/analytics.ts";
import { judgeCpa, judgePacing } from "#core/alerts/judge-campaigns.ts";
import { numberOf, type AlertNumbers } from "#core/alerts/alert-parameters.ts";
import { addDays, siteDay } from "#core/time/site-day.ts";
import { listCampaignSites, type CampaignSite } from "#db/queries/alerts/list-campaign-sites.ts";
import { DEAL_MODEL } from "#core/spend/deal.ts";
import { listTargets } from "#db/queries/campaigns/list-targets.ts";
import { getSiteAnalytics } from "#usecases/analytics/get-site-analytics.ts";
import type { Deps } from "#usecases/deps.ts";
import { eachApart } from "#usecases/each-apart.ts";
import { getPacing } from "#usecases/spend/get-pacing.ts";
import type { DatabaseLook } from "./measure-database.ts";
import { goneOf, MINUTE_MS, openOf, type Measured } from "./measured.ts";
import type { RuleBook } from "./rule-book.ts";

/** Each site once an hour: spend comes in by the day. */
const TURNS = 60;
/** What is open is looked at more often, so that it is known soon when it is over. */
const OPEN_EVERY_MS = 10 * MINUTE_MS;
const SITES_A_RUN = 200;
const KINDS = ["overspend", "under-delivery", "cpa-above-target"] as const;

export type MeasureCampaignsDeps = Pick<Deps, "databases" | "clock" | "log">;
/** `failure`: what went wrong for some sites; null: nothing. */
export type CampaignMeasures = { measured: Measured[]; failure: Error | null };

/**
 * Budgets and target CPAs of the sites whose turn it is. One statement finds the few that have any; their figures then
 * are what the screens of spend and campaigns show (deals, rates and credit included), because a message that says another
 * number than the page it leads to is wrong, whichever is right. What fails for one site is left out, so that nothing of
 * it is resolved, and harms no other.
 */
export async function measureCampaigns(
  deps: MeasureCampaignsDeps,
  { db, at, ...open }: DatabaseLook,
  book: RuleBook,
): Promise<CampaignMeasures> {
  const alerts = openOf(open, KINDS).filter(({ lookedAtMs }) => lookedAtMs <= at.getTime() - OPEN_EVERY_MS);
  const sites = await listCampaignSites(db, {
    share: { of: TURNS, remainder: Math.floor(at.getTime() / MINUTE_MS) % TURNS },
    openSiteIds: [...new Set(alerts.flatMap(({ siteId }) => siteId ?? []))],
    limit: SITES_A_RUN + 1,
  });
  if (sites.length > SITES_A_RUN) deps.log("warn", "alerts_not_all_measured", { database: open.database });

  const measured: Measured[] = [];
  let failure: Error | null = null;
  const looked = new Set<number>();
  try {
    await eachApart(sites.slice(0, SITES_A_RUN), async (site) => {
      const ofSite = await measureSite(
        { ...deps, clock: { now: () => at } },
        { site, database: open.database, at, book },
      );
      measured.push(...ofSite);
      looked.add(site.siteId);
    });
  } catch (error) {
    failure = error instanceof Error ? error : new Error("A site's campaigns could not be measured");
  }
  const found = new Set(sites.map(({ siteId }) => siteId));
  const settled = alerts.filter(({ siteId }) => siteId === null || looked.has(siteId) || !found.has(siteId));
  return { measured: [...measured, ...goneOf(settled, measured)], failure };
}

type SiteLook = { site: CampaignSite; database: string; at: Date; book: RuleBook };

async function measureSite(deps: MeasureCampaignsDeps, look: SiteLook): Promise<Measured[]> {
  const [budgets, targets] = await Promise.all([
    look.site.hasBudget ? measureBudgets(deps, look) : [],
    look.site.hasTarget ? measureTargets(deps, look) : [],
  ]);
  return [...budgets, ...targets];
}

async function measureBudgets(deps: MeasureCampaignsDeps, look: SiteLook): Promise<Measured[]> {
  const { site, database } = look;
  const today = siteDay(look.at.getTime(), site.timeZone);
  const yesterday = addDays(today, -1);
  const [now, before] = await Promise.all([
    getPacing(deps, { ...site, database }),
    getPacing(deps, { ...site, database }, yesterday),
  ]);
  const spentBefore = new Map(before.items.map(({ campaignId, spentMinor }) => [campaignId, spentMinor]));
  return now.items.flatMap((row) => {
    const facts = {
      ...row,
      campaign: row.name,
      isActive: row.status === "active",
      isSpendForeign: row.spent.reason === "currency_mismatch",
      today,
      yesterday,
      spentUntilYesterdayMinor: spentBefore.get(row.campaignId) ?? null,
    };
    return (["overspend", "under-delivery"] as const).map((kind) => ({
      ...ofCampaign(look, { kind, campaignId: row.campaignId }),
      judge: (numbers: AlertNumbers) => judgePacing(kind, facts, numbers),
    }));
  });
}

/** Whole days until yesterday: today's conversions and spend do not come in together. */
async function measureTargets(deps: MeasureCampaignsDeps, look: SiteLook): Promise<Measured[]> {
  const { site, database, at, book } = look;
  const { numbers } = book({ kind: "cpa-above-target", accountId: site.accountId, siteId: site.siteId });
  const days = numberOf(numbers, "days");
  const to = addDays(siteDay(at.getTime(), site.timeZone), -1);
  const range = { from: addDays(to, 1 - days), to, days };
  const targets = await listTargets(deps.databases.named(database), site.siteId);
  const currencies = [...new Set(targets.map(({ currency }) => currency))];
  const rows = await Promise.all(
    currencies.map(async (currency) => await campaignRows(deps, look, { ...range, currency })),
  );
  const rowOf = new Map(rows.flat());
  return targets.map(({ publicId, name, status, targetCpaMinor, currency }) => {
    const { conversions = 0, spendMinor = null, cpa } = rowOf.get(`${publicId} ${currency}`) ?? {};
    const facts = {
      ...range,
      campaignId: publicId,
      campaign: name,
      currency,
      isActive: status === "active",
      targetMinor: targetCpaMinor,
      spentMinor: spendMinor,
      isSpendForeign: cpa?.reason === "currency_mismatch",
      conversions,
    };
    return {
      ...ofCampaign(look, { kind: "cpa-above-target", campaignId: publicId }),
      judge: (ruleNumbers: AlertNumbers) => judgeCpa(facts, ruleNumbers),
    };
  });
}

type MoneyRange = { from: string; to: string; currency: string };

/** The campaigns' figures in the currency that their target is in, as their pages show them. */
async function campaignRows(
  deps: MeasureCampaignsDeps,
  { site, database }: SiteLook,
  { from, to, currency }: MoneyRange,
): Promise<[string, CampaignRow][]> {
  const question = {
    site: { ...site, database },
    from,
    to,
    compare: "none",
    currency,
    ...DEAL_MODEL,
  } as const;
  const analytics = await getSiteAnalytics(deps, question);
  if (!analytics.ok)
    throw new Error(`Figures of site ${site.publicId} cannot be read: ${analytics.error.kind}`);
  return analytics.value.campaigns.map((row) => [`${row.campaignId} ${currency}`, row]);
}

type OfCampaign = { kind: (typeof KINDS)[number]; campaignId: string };

function ofCampaign({ site, database }: SiteLook, { kind, campaignId }: OfCampaign): Omit<Measured, "judge"> {
  const { siteId, accountId, publicId, name } = site;
  return {
    kind,
    siteId,
    accountId,
    subject: campaignId,
    site: { publicId, name },
    database,
    everyMs: TURNS * MINUTE_MS,
  };
}
