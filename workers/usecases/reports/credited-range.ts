import type { AttributionReady } from "#contract/attribution.ts";
import { CampaignJourneys } from "#core/report/campaign-journeys.ts";
import type { ReportJourneys } from "#core/report/report-journeys.ts";
import type { Database } from "#db/database.ts";
import { countItems } from "#db/queries/attribution/credited-items.ts";
import { loadTotalSquares, type TotalSquares } from "#db/queries/attribution/total-squares.ts";
import type { CampaignName } from "#db/queries/campaigns/find-campaign.ts";
import type { RunQuestion } from "#db/queries/runs/run-record.ts";
import type { Ranges } from "#usecases/analytics/load-ranges.ts";
import type { SettledFacts } from "#usecases/analytics/settle-money.ts";
import { journeyQuestion } from "#usecases/attribution/attribution-parts.ts";
import { factorsOf } from "#usecases/attribution/settle-state.ts";
import type { Deps } from "#usecases/deps.ts";
import { MOST_ITEMS } from "#usecases/runs/build-run.ts";
import { currentAnswer } from "#usecases/runs/current-answer.ts";
import { makeRunObject } from "#usecases/runs/make-run-object.ts";
import type { RunObject } from "#usecases/runs/run-object.ts";
import { channelJourneys } from "./channel-journeys.ts";
import { answeredCredit, isKept, ItemCredit, loadRangeCredit, type RangeCredit } from "./range-credit.ts";
import { runQuestion, shownModels, type SiteQuestion } from "./site-question.ts";

export type Reading = { question: SiteQuestion; ranges: Ranges };
type CreditDeps = Pick<Deps, "clock" | "reportStore">;

export type Credited = {
  credit: RangeCredit;
  answer: AttributionReady | null;
  run: RunObject | null;
  /** Of the report's campaigns, from the run's items. */
  ways: ReportJourneys | null;
};

/** The credit of the range from the items of a run; without one from what is kept or answered. */
export async function creditedRange(
  deps: CreditDeps,
  db: Database,
  reading: Reading,
): Promise<Credited | null> {
  const { question, ranges } = reading;
  const { site, options, isAlone, folder } = question;
  const asked = runQuestion(question);
  const { from, to } = asked;
  const items = await countItems(db, { siteId: site.siteId, from, to, most: MOST_ITEMS + 1 });
  if (!isAlone || items > MOST_ITEMS) return await answeredRange(deps, db, reading);
  const { model } = options;
  const sums = model === "markov" ? null : new ItemCredit(model, asked.options);
  const ways = waysOf(question, asked);
  const making = { question: asked, models: shownModels(model), site, folder, items };
  const run = await makeRunObject(deps, db, {
    making,
    watch: (day, ofDay) => {
      sums?.add(day, ofDay);
      ways?.add(ofDay);
    },
  });
  if (run === null) return null;
  const { answer } = run;
  const credit =
    sums?.credit(question.currency) ?? answeredCredit(answer, { model, idOf: campaignIds(ranges.current) });
  return { credit, answer, run, ways: ways?.report() ?? null };
}

/** Journeys by campaign are told of some campaigns; null where they are not asked for. */
function waysOf({ own, options }: SiteQuestion, asked: RunQuestion): CampaignJourneys | null {
  const isTold = own.length > 0 && options.sections.includes("journeys");
  return isTold ? new CampaignJourneys(own.map(ownCampaign), asked.options) : null;
}

async function answeredRange(
  deps: CreditDeps,
  db: Database,
  { question, ranges }: Reading,
): Promise<Credited | null> {
  const { site, options } = question;
  const asked = runQuestion(question);
  const current = await currentAnswer(deps, db, { site, question: asked });
  if (current === null) return null;
  const { model } = options;
  const facts = ranges.current;
  const credit = await loadRangeCredit(deps, db, { site, facts, question: asked, model });
  return { credit, answer: current.answer, run: null, ways: null };
}

function campaignIds({ campaigns }: SettledFacts): ReadonlyMap<string, number> {
  return new Map(campaigns.map(({ publicId, id }) => [publicId, id]));
}

function ownCampaign({ id, publicId, name }: CampaignName) {
  return { key: String(id), publicId, name };
}

/** By channel, of a site as a whole, where the model's credit is not kept. */
export async function channelAnswer(
  deps: CreditDeps,
  db: Database,
  question: SiteQuestion,
): Promise<AttributionReady | null> {
  const { site, options, own } = question;
  if (isKept(options.model) || own.length > 0) return null;
  const asked: RunQuestion = { ...runQuestion(question), by: "channel" };
  return (await currentAnswer(deps, db, { site, question: asked }))?.answer ?? null;
}

export async function squaresOf(db: Database, { question, ranges }: Reading): Promise<TotalSquares | null> {
  if (!question.isAlone || question.own.length > 0) return null;
  const asked = runQuestion(question);
  const factors = factorsOf(ranges.current, asked);
  return await loadTotalSquares(db, { ...journeyQuestion(question.site.siteId, asked, false), factors });
}

export async function journeysOf(
  deps: CreditDeps,
  db: Database,
  { question, ranges }: Reading,
): Promise<ReportJourneys | null> {
  const { isAlone, own, options, site } = question;
  if (!isAlone || own.length > 0 || !options.sections.includes("journeys")) return null;
  const { options: attribution, ...asked } = runQuestion(question);
  const markov = { ...attribution.markov, nullJourneys: false };
  const factors = factorsOf(ranges.current, asked);
  return await channelJourneys(
    { db, clock: deps.clock },
    {
      siteId: site.siteId,
      asked: { ...asked, by: "channel", options: { ...attribution, markov } },
      factors,
    },
  );
}
