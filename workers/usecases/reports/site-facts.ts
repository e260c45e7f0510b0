import type { AttributionReady } from "#contract/attribution.ts";
import type { PacingRow } from "#contract/spend.ts";
import type { ReportJourneys } from "#core/report/report-journeys.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { firstDayThatCounts } from "#core/spend/first-day-that-counts.ts";
import type { Database } from "#db/database.ts";
import type { TotalSquares } from "#db/queries/attribution/total-squares.ts";
import { loadCampaignTraffic, type CampaignTraffic } from "#db/queries/reports/campaign-traffic.ts";
import { loadVersionVector } from "#db/queries/runs/run-versions.ts";
import type { AnalyticsFailure } from "#usecases/analytics/analytics-input.ts";
import { loadRanges, type Ranges } from "#usecases/analytics/load-ranges.ts";
import type { SettledFacts } from "#usecases/analytics/settle-money.ts";
import type { Deps } from "#usecases/deps.ts";
import type { RunObject } from "#usecases/runs/run-object.ts";
import { getPacing } from "#usecases/spend/get-pacing.ts";
import { channelAnswer, creditedRange, journeysOf, squaresOf } from "./credited-range.ts";
import { isKept, keptCredit, loadRangeCredit, type RangeCredit } from "./range-credit.ts";
import { runQuestion, type SiteQuestion } from "./site-question.ts";

export type FactsDeps = Pick<Deps, "databases" | "clock" | "reportStore">;

/** A range with the credit of the report's model and the traffic of the report's campaigns. */
export type RangeOfSite = {
  from: string;
  to: string;
  facts: SettledFacts;
  credit: RangeCredit;
  /** Of its campaigns; empty where it is about all. */
  traffic: CampaignTraffic[];
};

/** Everything a report says of a site, of one data version. */
export type SiteFacts = {
  question: SiteQuestion;
  current: RangeOfSite;
  previous: RangeOfSite | null;
  /** By campaign, every model that the report shows; null where there is none of this version. */
  answer: AttributionReady | null;
  /** By channel, where the model's credit is not kept by channel. */
  byChannel: AttributionReady | null;
  /** Of the site as a whole, for its intervals. */
  squares: TotalSquares | null;
  journeys: ReportJourneys | null;
  run: RunObject | null;
  pacing: readonly PacingRow[];
};

/** `no_chain`: the model is Markov, and the site has more groups than a chain may have. */
export type FactsFailure = AnalyticsFailure | { kind: "no_chain" };

/** Events may come in between two reads; on a busy site a few tries find a moment without. */
const MAX_TRIES = 4;

/**
 * A site's facts, all of one data version, so that the report's tables add up. Where the days do not hold still, as today
 * does on a busy site, what is told is what one read says: no run, no intervals. Throws when the model needs more than
 * that: the caller tries again later.
 */
export async function loadSiteFacts(
  deps: FactsDeps,
  question: SiteQuestion,
): Promise<Result<SiteFacts, FactsFailure>> {
  const needsMore = question.isAlone || !isKept(question.options.model);
  for (let attempt = 0; needsMore && attempt < MAX_TRIES; attempt += 1) {
    // oxlint-disable-next-line no-await-in-loop -- each try is a reaction to the one before.
    const tried = await readFacts(deps, question);
    if (!tried.ok || tried.value !== null) return tried as Result<SiteFacts, FactsFailure>;
  }
  if (!isKept(question.options.model))
    throw new Error(`Cannot read the figures of site ${question.site.siteId} in one data version`);
  return await readKept(deps, question);
}

async function rangesOf(deps: FactsDeps, question: SiteQuestion): Promise<Result<Ranges, AnalyticsFailure>> {
  const { site, database, options, currency } = question;
  const { from, to, lookbackDays, direct, compare } = options;
  const asked = {
    site: { ...site, database },
    from,
    to,
    compare,
    model: "last",
    lookbackDays,
    direct,
  } as const;
  return await loadRanges(deps, { ...asked, currency }, null);
}

/** What is kept for each day says it all. */
async function readKept(deps: FactsDeps, question: SiteQuestion): Promise<Result<SiteFacts, FactsFailure>> {
  const ranges = await rangesOf(deps, question);
  if (!ranges.ok) return ranges;
  const { options } = question;
  const { current, previous } = ranges.value;
  const { model } = options;
  if (!isKept(model)) throw new Error(`Credit under ${model} is not kept`);
  const range = async (days: { from: string; to: string }, facts: SettledFacts): Promise<RangeOfSite> => ({
    from: days.from,
    to: days.to,
    facts,
    credit: keptCredit(facts, model),
    traffic: await trafficOf(deps, question, days),
  });
  return ok({
    question,
    current: await range(options, current),
    previous: previous && (await range(previous.range, previous.facts)),
    answer: null,
    byChannel: null,
    squares: null,
    journeys: null,
    run: null,
    pacing: await pacingOf(deps, question),
  });
}

/** Null where data came in meanwhile. */
async function readFacts(
  deps: FactsDeps,
  question: SiteQuestion,
): Promise<Result<SiteFacts | null, FactsFailure>> {
  const ranges = await rangesOf(deps, question);
  if (!ranges.ok) return ranges;
  const db = deps.databases.named(question.database);
  const read = await readAround(deps, db, { question, ranges: ranges.value });
  if (read === null) return ok(null);
  const isChainless = read.answer?.absent.some(
    ({ model, reason }) => model === question.options.model && reason === "too_many_states",
  );
  // A day's version only ever grows: what is the same at both ends did not change in between.
  const isSteady = (await versionOf(db, question)) === ranges.value.current.version;
  if (isSteady && !isChainless) return ok(read);
  await forget(deps, read.run);
  return isChainless ? fail({ kind: "no_chain" }) : ok(null);
}

async function versionOf(db: Database, { site, options }: SiteQuestion): Promise<string | null> {
  const from = firstDayThatCounts(options.from, options.lookbackDays);
  const vector = await loadVersionVector(db, { siteId: site.siteId, from, to: options.to });
  return vector?.dataVersion ?? null;
}

/** A run that nobody will know of leaves no files. */
async function forget({ reportStore }: FactsDeps, run: RunObject | null): Promise<void> {
  await Promise.all((run?.days ?? []).map(async ({ key }) => await reportStore.delete(key)));
}

type Reading = { question: SiteQuestion; ranges: Ranges };

async function readAround(
  deps: FactsDeps,
  db: Database,
  { question, ranges }: Reading,
): Promise<SiteFacts | null> {
  const { options } = question;
  const [credited, traffic, previous, byChannel, squares, journeys, pacing] = await Promise.all([
    creditedRange(deps, db, { question, ranges }),
    trafficOf(deps, question, options),
    previousRange(deps, db, { question, ranges }),
    channelAnswer(deps, db, question),
    squaresOf(db, { question, ranges }),
    journeysOf(deps, db, { question, ranges }),
    pacingOf(deps, question),
  ]);
  if (credited === null) return null;
  const { credit, answer, run, ways } = credited;
  const { from, to } = options;
  return {
    question,
    current: { from, to, facts: ranges.current, credit, traffic },
    previous,
    answer,
    run,
    byChannel,
    squares,
    journeys: ways ?? journeys,
    pacing,
  };
}

async function previousRange(
  deps: FactsDeps,
  db: Database,
  { question, ranges: { previous } }: Reading,
): Promise<RangeOfSite | null> {
  if (previous === null) return null;
  const { range, facts } = previous;
  const { site, options } = question;
  const asked = { ...runQuestion(question), ...range };
  const [credit, traffic] = await Promise.all([
    loadRangeCredit(deps, db, { site, facts, question: asked, model: options.model }),
    trafficOf(deps, question, range),
  ]);
  return { ...range, facts, credit, traffic };
}

async function trafficOf(
  deps: FactsDeps,
  { site, database, own }: SiteQuestion,
  { from, to }: { from: string; to: string },
): Promise<CampaignTraffic[]> {
  const campaignIds = own.map(({ id }) => id);
  return await loadCampaignTraffic(deps.databases.named(database), {
    siteId: site.siteId,
    campaignIds,
    from,
    to,
  });
}

async function pacingOf(deps: FactsDeps, question: SiteQuestion): Promise<readonly PacingRow[]> {
  const { site, database, options, withPacing } = question;
  return withPacing ? (await getPacing(deps, { ...site, database }, options.to)).items : [];
}
