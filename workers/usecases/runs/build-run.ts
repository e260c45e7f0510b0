import type { AttributionReady } from "#contract/attribution.ts";
import type { GroupName } from "#contract/glass-box.ts";
import { firstDayThatCounts } from "#core/spend/first-day-that-counts.ts";
import { daysOf } from "#core/time/site-day.ts";
import {
  addCredit,
  runCredit,
  UNATTRIBUTED_GROUP,
  type CreditByGroup,
  type RunItem,
  type RunModel,
} from "#core/attribution/runs/run-item.ts";
import type { DayFactor } from "#core/money/day-factors.ts";
import type { JourneyModel } from "#core/attribution/journey-shares.ts";
import type { Database } from "#db/database.ts";
import { countItems } from "#db/queries/attribution/credited-items.ts";
import type { ItemPart } from "#db/queries/attribution/journey.ts";
import { findPendingRun, findRun, type RunWork } from "#db/queries/runs/find-run.ts";
import { loadRunItems } from "#db/queries/runs/run-items.ts";
import { loadVersionVector } from "#db/queries/runs/run-versions.ts";
import { markRunFailed, markRunReady } from "#db/queries/runs/write-run.ts";
import { journeyQuestion } from "#usecases/attribution/attribution-parts.ts";
import { loadGroupNames, UNATTRIBUTED } from "#usecases/attribution/group-names.ts";
import type { Deps } from "#usecases/deps.ts";
import { currentAnswer } from "./current-answer.ts";
import {
  deleteRunObject,
  readRunObject,
  writeRunDay,
  writeRunObject,
  type GroupSum,
  type RunObject,
} from "./run-object.ts";

export type BuildRunDeps = Pick<Deps, "databases" | "clock" | "reportStore">;
export type BuildRunInput = { database: string; runId: string };

/** More than this is not kept item by item. */
const MOST_ITEMS = 500_000;
/** With their contacts some 20 MB, as they come from Postgres, as they are worked with and as they are kept. */
const PART_ITEMS = 4_000;
/** As many as there are values of the byte that tells them apart. */
const MOST_PARTS = 256;
/** Data may come in while a run is made: a few tries find a moment without. */
const MAX_TRIES = 3;

/**
 * Makes a run: the workbench's answer, and every conversion and refund that it is of, all of one data version, as one
 * object that is never written again. A run that is made already, or deleted, needs nothing. Throws when something is out of
 * reach: to be run again.
 */
export async function buildRun(deps: BuildRunDeps, { database, runId }: BuildRunInput): Promise<void> {
  const db = deps.databases.named(database);
  const work = await findPendingRun(db, runId);
  if (work === null) return;
  const { siteId } = work.site;
  const { from, to } = work.run.question;
  if ((await countItems(db, { siteId, from, to, most: MOST_ITEMS + 1 })) > MOST_ITEMS) {
    await markRunFailed(
      db,
      runId,
      `The range holds more than ${MOST_ITEMS} conversions and refunds; take fewer days`,
    );
    return;
  }
  const made = await makeInPeace(deps, db, work);
  if (made === null) {
    await markRunFailed(db, runId, "Data kept coming in while it was made; take a range that ends yesterday");
    return;
  }
  await keep(deps, db, { work, made });
}

async function makeInPeace(deps: BuildRunDeps, db: Database, work: RunWork): Promise<RunObject | null> {
  for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
    // oxlint-disable-next-line no-await-in-loop -- each try is a reaction to the one before.
    const made = await makeObject(deps, db, work);
    if (made !== null) return made;
  }
  return null;
}

/** Null when data came in meanwhile. */
async function makeObject(
  deps: BuildRunDeps,
  db: Database,
  { run, site }: RunWork,
): Promise<RunObject | null> {
  const { question, models } = run;
  const range = {
    siteId: site.siteId,
    from: firstDayThatCounts(question.from, question.options.lookbackDays),
    to: question.to,
  };
  const before = await loadVersionVector(db, range);
  const current = await currentAnswer(deps, db, { site, question });
  if (current === null) return null;
  const { answer, factors, rates, spend } = current;
  const kept = await keepItems(deps, db, { work: { run, site }, factors });
  const after = await loadVersionVector(db, range);
  const versions = new Set([before?.dataVersion, answer.basis.dataVersion, after?.dataVersion]);
  if (before === null || versions.size > 1) {
    await Promise.all(kept.days.map(async ({ key }) => await deps.reportStore.delete(key)));
    return null;
  }
  const groups = new Set(Object.values(kept.sums).flatMap((sums) => sums.map(([group]) => group)));
  for (const { campaignId } of question.by === "campaign" ? spend : []) groups.add(String(campaignId));
  return {
    v: 1,
    question,
    models,
    site: { publicId: site.publicId, currency: site.currency, timeZone: site.timeZone },
    versions: before,
    rates,
    answer: onlyModels(answer, models),
    spend,
    names: await namesOf(db, { run, groups }),
    ...kept,
  };
}

type Kept = Pick<RunObject, "sums" | "days">;

/** Day by day, and large days in parts, so that never more than some thousand items are in memory. */
async function keepItems(
  deps: BuildRunDeps,
  db: Database,
  { work: { run, site }, factors }: { work: RunWork; factors: readonly DayFactor[] },
): Promise<Kept> {
  const { question } = run;
  const days: RunObject["days"] = [];
  const models = run.models.filter((model): model is JourneyModel => model !== "markov");
  const sums = models.map((model) => ({ model, credits: new Map() as CreditByGroup }));
  for (const day of daysOf(question.from, question.to)) {
    const ofDay = factors.filter((factor) => factor.day === day);
    const asked = { ...journeyQuestion(site.siteId, question, false), from: day, to: day, factors: ofDay };
    // oxlint-disable-next-line no-await-in-loop
    for (const part of await partsOfDay(db, site.siteId, day)) {
      // oxlint-disable-next-line no-await-in-loop -- one part's items are in memory at a time.
      const items = await loadRunItems(db, { ...asked, part });
      if (items.length === 0) continue;
      for (const { model, credits } of sums) addItems(credits, items, { model, options: question.options });
      // oxlint-disable-next-line no-await-in-loop
      const key = await writeRunDay(deps.reportStore, folderOf({ run, site }), { day, items });
      days.push({ day, key, items: items.length, part });
    }
  }
  return { days, sums: Object.fromEntries(sums.map(({ model, credits }) => [model, groupSums(credits)])) };
}

/** One part, or so many that none of them holds many more than it may; a day without items has none. */
async function partsOfDay(db: Database, siteId: number, day: string): Promise<ItemPart[]> {
  const count = await countItems(db, { siteId, from: day, to: day, most: MOST_ITEMS });
  if (count === 0) return [];
  let of = 1;
  while (count / of > PART_ITEMS && of < MOST_PARTS) of *= 2;
  return Array.from({ length: of }, (_, at) => ({ of, at }));
}

function addItems(credits: CreditByGroup, items: readonly RunItem[], model: RunModel): void {
  for (const item of items) {
    for (const [group, credit] of runCredit(item, model)) addCredit(credits, group, credit);
  }
}

function groupSums(credits: CreditByGroup): GroupSum[] {
  return [...credits].map(([group, { conversions, revenueMinor }]) => [group, conversions, revenueMinor]);
}

async function namesOf(
  db: Database,
  { run, groups }: { run: RunWork["run"]; groups: ReadonlySet<string> },
): Promise<Record<string, GroupName>> {
  const keys = [...groups].filter((group) => group !== UNATTRIBUTED_GROUP).map((group) => group || null);
  const nameGroup = await loadGroupNames(db, { siteId: run.siteId, by: run.question.by, keys });
  const names = keys.map((key): [string, GroupName] => [key ?? "", nameGroup(key)]);
  return Object.fromEntries([...names, [UNATTRIBUTED_GROUP, UNATTRIBUTED]]);
}

/** What was not asked for is not kept. */
function onlyModels(answer: AttributionReady, models: RunObject["models"]): AttributionReady {
  return {
    ...answer,
    models: answer.models.filter((model) => models.includes(model)),
    absent: answer.absent.filter(({ model }) => models.includes(model)),
    check: models.includes("markov") ? answer.check : null,
    rows: answer.rows.map((row) => ({
      ...row,
      credits: Object.fromEntries(
        models.flatMap((model) => {
          const credit = row.credits[model];
          return credit ? [[model, credit]] : [];
        }),
      ),
    })),
  };
}

/** Below the account a folder for each run: deleting one takes its files along and no other's. */
function folderOf({ run, site }: RunWork): string {
  return `${site.accountId}/${run.publicId}`;
}

/** Another run of this job may have been faster, or somebody deleted it: then what was made here goes. */
async function keep(
  deps: BuildRunDeps,
  db: Database,
  { work, made }: { work: RunWork; made: RunObject },
): Promise<void> {
  const { run, site } = work;
  const objectKey = await writeRunObject(deps.reportStore, folderOf(work), made);
  const items = made.days.reduce((sum, day) => sum + day.items, 0);
  const { dataVersion } = made.versions;
  const isMine = await markRunReady(db, run, { objectKey, dataVersion, items, readyAt: deps.clock.now() });
  if (isMine) return;
  const now = await findRun(db, { accountId: site.accountId, publicId: run.publicId });
  if (now?.objectKey === objectKey) return;
  const other = now?.objectKey ? await readRunObject(deps.reportStore, now.objectKey) : null;
  await deleteRunObject(deps.reportStore, objectKey, new Set(other?.days.map(({ key }) => key)));
}
