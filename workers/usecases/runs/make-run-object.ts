import type { AttributionReady } from "#contract/attribution.ts";
import type { GroupName } from "#contract/glass-box.ts";
import { firstDayThatCounts } from "#core/spend/first-day-that-counts.ts";
import {
  addCredit,
  runCredit,
  UNATTRIBUTED_GROUP,
  type CreditByGroup,
  type RunItem,
  type RunModel,
} from "#core/attribution/runs/run-item.ts";
import type { JourneyModel } from "#core/attribution/journey-shares.ts";
import type { Model } from "#core/attribution/models.ts";
import type { DayFactor } from "#core/money/day-factors.ts";
import type { Database } from "#db/database.ts";
import type { RunQuestion } from "#db/queries/runs/run-record.ts";
import { loadVersionVector } from "#db/queries/runs/run-versions.ts";
import { journeyQuestion } from "#usecases/attribution/attribution-parts.ts";
import { loadGroupNames, UNATTRIBUTED } from "#usecases/attribution/group-names.ts";
import type { Deps } from "#usecases/deps.ts";
import { currentAnswer } from "./current-answer.ts";
import { itemsByDay } from "./items-by-day.ts";
import { writeRunDay, type GroupSum, type RunObject } from "./run-object.ts";

export type RunMaking = {
  question: RunQuestion;
  models: Model[];
  site: { siteId: number; publicId: string; accountId: number; timeZone: string; currency: string };
  /** Below which its files are kept. */
  folder: string;
  /** Conversions and refunds of the range, as they were counted. */
  items: number;
};

/** Is told every item of the run, day by day. */
export type WatchItems = (day: string, items: readonly RunItem[]) => void;

type MakeDeps = Pick<Deps, "clock" | "reportStore">;

/**
 * The workbench's answer and every conversion and refund that it is of, all of one data version; the items are written as
 * they come. Null when data came in meanwhile, or the site is gone: then nothing is left behind.
 */
export async function makeRunObject(
  deps: MakeDeps,
  db: Database,
  { making, watch }: { making: RunMaking; watch?: WatchItems },
): Promise<RunObject | null> {
  const { question, models, site } = making;
  const range = {
    siteId: site.siteId,
    from: firstDayThatCounts(question.from, question.options.lookbackDays),
    to: question.to,
  };
  const before = await loadVersionVector(db, range);
  const current = await currentAnswer(deps, db, { site, question });
  if (current === null) return null;
  const { answer, factors, rates, spend } = current;
  const kept = await keepItems(deps, db, { making, factors, watch });
  const after = await loadVersionVector(db, range);
  const versions = new Set([before?.dataVersion, answer.basis.dataVersion, after?.dataVersion]);
  if (before === null || versions.size > 1) {
    await Promise.all(kept.days.map(async ({ key }) => await deps.reportStore.delete(key)));
    return null;
  }
  const groups = new Set(Object.values(kept.sums).flatMap((sums) => sums.map(([group]) => group)));
  for (const { campaignId } of question.by === "campaign" ? spend : []) groups.add(String(campaignId));
  const currency = question.currency ?? site.currency;
  return {
    v: 1,
    question,
    models,
    site: { publicId: site.publicId, currency, timeZone: site.timeZone },
    versions: before,
    rates,
    answer: onlyModels(answer, models),
    spend,
    names: await namesOf(db, { making, groups }),
    ...kept,
  };
}

type Kept = Pick<RunObject, "sums" | "days">;
type Keeping = { making: RunMaking; factors: readonly DayFactor[]; watch: WatchItems | undefined };

/** Day by day, and large days in parts, so that never more than some thousand items are in memory. */
async function keepItems(deps: MakeDeps, db: Database, { making, factors, watch }: Keeping): Promise<Kept> {
  const { question, site, folder, items: count } = making;
  const days: RunObject["days"] = [];
  const models = making.models.filter((model): model is JourneyModel => model !== "markov");
  const sums = models.map((model) => ({ model, credits: new Map() as CreditByGroup }));
  const asked = { ...journeyQuestion(site.siteId, question, false), factors };
  for await (const { day, items, part } of itemsByDay(db, asked, { timeZone: site.timeZone, count })) {
    for (const { model, credits } of sums) addItems(credits, items, { model, options: question.options });
    watch?.(day, items);
    const key = await writeRunDay(deps.reportStore, folder, { day, items });
    days.push({ day, key, items: items.length, ...(part === undefined ? {} : { part }) });
  }
  return { days, sums: Object.fromEntries(sums.map(({ model, credits }) => [model, groupSums(credits)])) };
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
  { making: { site, question }, groups }: { making: RunMaking; groups: ReadonlySet<string> },
): Promise<Record<string, GroupName>> {
  const keys = [...groups].filter((group) => group !== UNATTRIBUTED_GROUP).map((group) => group || null);
  const nameGroup = await loadGroupNames(db, { siteId: site.siteId, by: question.by, keys });
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
