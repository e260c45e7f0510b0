import { sql, type SQL } from "drizzle-orm";

import { DEFAULT_OPTIONS } from "#core/attribution/options.ts";
import type { Database } from "#db/database.ts";
import { creditedItems, creditedTotal, pageDaysStatement } from "#db/queries/attribution/credited-items.ts";
import { groupJourneys, groupSteps } from "#db/queries/attribution/group-steps.ts";
import { itemTouchpoints } from "#db/queries/attribution/item-touchpoints.ts";
import type { JourneyQuestion } from "#db/queries/attribution/journey.ts";
import { wayLinks, wayNodes } from "#db/queries/attribution/way-steps.ts";
import { wayFacts } from "#db/queries/attribution/ways.ts";
import { runItems } from "#db/queries/runs/run-items.ts";

/** The statements behind the glass box, the shape of journeys and runs, for tests of their plans. */
export async function journeyStatements(
  db: Database,
  question: JourneyQuestion,
): Promise<Record<string, SQL>> {
  const { position, halfLifeDays } = DEFAULT_OPTIONS;
  const { siteId, from, to } = question;
  const { rows } = await db.execute<{ id: string }>(
    sql`select conversion_id as id from site.conversions where site_id = ${siteId} order by at desc limit 25`,
  );
  const itemIds = rows.map(({ id }) => id);
  const credit = { ...question, model: "time_decay", position, halfLifeDays } as const;
  const group = { kind: "group", key: "email" } as const;
  const page = { ...credit, group, order: "value", after: null, limit: 26 } as const;
  const withNulls = { ...question, nullJourneys: true };
  const steps = { ...withNulls, positions: 5, top: 6, align: "end" } as const;
  return {
    "items of a figure": creditedItems(page),
    "the sum of a figure": creditedTotal({ ...credit, group, model: "shapley" }),
    "days of a page": pageDaysStatement({ siteId, from, to, beforeMs: null, window: 100 }),
    "touchpoints of items": itemTouchpoints({ siteId, itemIds, lookbackDays: 90, by: "campaign" }),
    "steps of a group": groupSteps(withNulls, "email"),
    "journeys of a group": groupJourneys(withNulls, "email"),
    "the shape of journeys": wayFacts(withNulls),
    "ways by step": wayNodes(steps),
    "ways from step to step": wayLinks(steps),
    "items of a run": runItems({ ...question, customer: null }),
  };
}
